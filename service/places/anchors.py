"""Known points of the Region (street stops, public places) that made-up addresses hang on."""

from dataclasses import dataclass
from functools import cache

from service.places.data_files import read_rows


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stop or a public place; `kind` is `stop` or the open data's word for the place."""

    kind: str
    name_fr: str
    name_nl: str
    refnis: str
    lat: float
    lon: float
    street_fr: str = ""
    street_nl: str = ""
    house_number: str = ""
    postcode: str = ""
    opening_hours: str = ""


@cache
def stops() -> tuple[Anchor, ...]:
    """Street stops and platforms, in the order of the file; several may bear one name."""
    return tuple(
        Anchor(
            kind="stop",
            name_fr=row["name_fr"],
            name_nl=row["name_nl"],
            refnis=row["refnis"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
        )
        for row in read_rows("stops.csv")
    )


@cache
def public_places() -> tuple[Anchor, ...]:
    """Hospitals, clinics, pharmacies, courthouses, town halls and the like, by kind and name."""
    return tuple(
        Anchor(
            kind=row["kind"],
            name_fr=row["name_fr"],
            name_nl=row["name_nl"],
            refnis=row["refnis"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            street_fr=row["street_fr"],
            street_nl=row["street_nl"],
            house_number=row["house_number"],
            postcode=row["postcode"],
            opening_hours=row["opening_hours"],
        )
        for row in read_rows("public_places.csv")
    )
