"""The 19 municipalities: their facts, and the polygons against points whose place is known."""

import pytest

from service.places.anchors import public_places, stops
from service.places.municipalities import municipalities, municipality_of, postcode_hints
from service.places.queries import municipality_choices, municipality_name


def test_there_are_nineteen_with_two_names_and_their_postcode() -> None:
    facts = municipalities()
    assert list(facts) == [str(code) for code in range(21001, 21020)]
    assert all(f.name_fr and f.name_nl and f.main_postcode in f.postcodes for f in facts.values())


@pytest.mark.parametrize(
    ("language", "name"),
    [("nl", "Brussel"), ("fr", "Bruxelles"), ("en", "City of Brussels")],
)
def test_the_city_has_a_name_in_each_language(language: str, name: str) -> None:
    assert municipality_name("21004", language) == name


def test_english_pages_show_the_french_name_elsewhere() -> None:
    assert municipality_name("21009", "en") == "Ixelles"
    assert municipality_name("21009", "nl") == "Elsene"


def test_choices_are_sorted_in_the_reader_s_language() -> None:
    dutch = [name for _, name in municipality_choices("nl")]
    assert dutch[:3] == ["Anderlecht", "Brussel", "Elsene"]
    assert len(municipality_choices("fr")) == 19


@pytest.mark.parametrize(
    ("lat", "lon", "refnis"),
    [
        (50.846506, 4.351757, "21004"),  # the City's town hall
        (50.832485, 4.367537, "21009"),  # that of Ixelles
        (50.824476, 4.345708, "21013"),  # that of Saint-Gilles
        (50.803556, 4.333212, "21016"),  # that of Uccle
        (50.850701, 4.369608, "21014"),  # that of Saint-Josse
    ],
)
def test_town_halls_lie_in_their_municipality(lat: float, lon: float, refnis: str) -> None:
    assert municipality_of(lat=lat, lon=lon) == refnis


def test_every_shipped_stop_and_public_place_lies_where_its_file_says() -> None:
    for anchor in (*stops(), *public_places()):
        found = municipality_of(lat=anchor.lat, lon=anchor.lon, postcode=anchor.postcode)
        assert found == anchor.refnis, anchor.name_fr


def test_both_parts_of_ixelles_are_ixelles() -> None:
    # The avenue Louise belongs to the City and cuts Ixelles in two.
    assert municipality_of(lat=50.8195, lon=4.3585) == "21009"  # west of it, at the Bailli
    assert municipality_of(lat=50.8276, lon=4.3720) == "21009"  # east of it, at Flagey
    assert municipality_of(lat=50.8235, lon=4.3680) == "21004"  # between them


def test_where_two_polygons_overlap_the_postcode_hints_and_else_the_deeper_one_counts() -> None:
    # Inside Auderghem by 0.67 m and inside Ixelles by 1.21 m, after the simplified outlines.
    lat, lon = 50.81709407513976, 4.39766320426106
    assert municipality_of(lat=lat, lon=lon) == "21009"
    assert municipality_of(lat=lat, lon=lon, postcode="1160") == "21002"
    assert municipality_of(lat=lat, lon=lon, postcode="1050") == "21009"
    assert municipality_of(lat=lat, lon=lon, postcode="1070") == "21009"


def test_the_postcode_does_not_decide() -> None:
    assert postcode_hints()["1050"] == ("21004", "21009")
    assert postcode_hints()["1040"] == ("21004", "21005")
    assert municipality_of(lat=50.846506, lon=4.351757, postcode="1050") == "21004"
    assert municipality_of(lat=50.846506, lon=4.351757, postcode="1070") == "21004"


def test_outside_the_region_is_nowhere() -> None:
    assert municipality_of(lat=50.8798, lon=4.7005) is None  # Leuven
    assert municipality_of(lat=0, lon=0) is None
