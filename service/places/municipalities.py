"""The 19 municipalities: names, postcodes, and which of them a point lies in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from service.places.data_files import read_rows, read_text
from service.places.polygons import Area, area_from_geojson, areas_holding

ENGLISH_NAMES: Mapping[str, str] = {"21004": "City of Brussels"}
"""English has no names of its own but this one; English pages show the French name, which
is what English writing about Brussels does."""


@dataclass(frozen=True, slots=True)
class MunicipalityFacts:
    """What open data says about a municipality; `refnis` keeps its five digits as text."""

    refnis: str
    name_fr: str
    name_nl: str
    main_postcode: str
    postcodes: tuple[str, ...]

    def name(self, language: str) -> str:
        """The name on a page in `nl`, `fr` or `en` (any other language reads the English)."""
        if language == "nl":
            return self.name_nl
        if language == "fr":
            return self.name_fr
        return ENGLISH_NAMES.get(self.refnis, self.name_fr)


@cache
def municipalities() -> Mapping[str, MunicipalityFacts]:
    """All 19, by REFNIS in ascending order."""
    rows = sorted(read_rows("municipalities.csv"), key=lambda row: row["refnis"])
    return {
        row["refnis"]: MunicipalityFacts(
            refnis=row["refnis"],
            name_fr=row["name_fr"],
            name_nl=row["name_nl"],
            main_postcode=row["main_postcode"],
            postcodes=tuple(row["all_postcodes"].split()),
        )
        for row in rows
    }


@cache
def postcode_hints() -> Mapping[str, tuple[str, ...]]:
    """Per postcode the REFNIS codes it may stand for: one, or two for 1040 and 1050."""
    hints: dict[str, list[str]] = {}
    for row in read_rows("postcode_municipality.csv"):
        hints.setdefault(row["postcode"], []).append(row["refnis"])
    return {postcode: tuple(sorted(codes)) for postcode, codes in sorted(hints.items())}


def municipality_of(*, lat: float, lon: float, postcode: str = "") -> str | None:
    """REFNIS of the municipality whose polygon holds the point; None outside the Region.

    The polygons overlap their neighbours by a few metres. There the postcode decides if it
    names one of those that hold the point, else the one the point lies deepest in, else the
    lowest REFNIS: the same point always gives the same answer.
    """
    holding = areas_holding(_areas(), lat=lat, lon=lon)
    if len(holding) > 1:
        hinted = [area for area in holding if area.key in postcode_hints().get(postcode, ())]
        holding = sorted(
            hinted or holding, key=lambda area: (-area.metres_to_edge(lat=lat, lon=lon), area.key)
        )
    return holding[0].key if holding else None


def municipality_areas() -> tuple[Area, ...]:
    """The outlines of all 19, by REFNIS."""
    return _areas()


@cache
def _areas() -> tuple[Area, ...]:
    features = json.loads(read_text("municipalities.geojson"))["features"]
    return tuple(
        sorted(
            (area_from_geojson(f["properties"]["refnis"], f["geometry"]) for f in features),
            key=lambda area: area.key,
        )
    )
