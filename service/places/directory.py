"""Places one can choose: those known already, and the hospitals, courts and town halls there are.

A choice is a text: a place's id, or `open:N` for the N-th public place of the open data, which
gets its row when it is first chosen.
"""

from collections.abc import Collection
from dataclasses import dataclass

from service import clock
from service.database.sql import execute, fetch_all, fetch_value
from service.people.names import fold
from service.places.anchors import Anchor, public_places, stops
from service.places.municipalities import municipalities, municipality_of
from service.places.states import PlaceKind

_OPEN = "open:"
_KINDS = {
    "hospital": PlaceKind.HOSPITAL,
    "courthouse": PlaceKind.COURT,
    "townhall": PlaceKind.OFFICE,
}
LISTED = frozenset(PlaceKind) - {PlaceKind.HOME, PlaceKind.BASE, PlaceKind.PHARMACY}
"""The kinds that are a directory; nobody's home is ever offered."""


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place to choose: what is sent, what it is called, in which municipality."""

    value: str
    kind: PlaceKind
    name_fr: str
    name_nl: str
    refnis: str

    def name(self, language: str) -> str:
        """Its name in `nl`, else in French."""
        return self.name_nl if language == "nl" else self.name_fr


async def place_choices(kinds: Collection[PlaceKind]) -> list[PlaceChoice]:
    """The places of these kinds, by name: known ones, then those of the open data."""
    rows = await fetch_all(
        "select id, kind, name_fr, name_nl, municipality as refnis, lat, lon from places"
        " where kind = any($1::text[]) and name_fr <> '' order by name_fr, id",
        [kind.value for kind in kinds if kind in LISTED],
    )
    known = [
        PlaceChoice(
            value=str(row["id"]),
            kind=PlaceKind(row["kind"]),
            name_fr=row["name_fr"],
            name_nl=row["name_nl"] or row["name_fr"],
            refnis=row["refnis"],
        )
        for row in rows
    ]
    there = {(round(row["lat"], 4), round(row["lon"], 4)) for row in rows}
    open_data = [
        PlaceChoice(f"{_OPEN}{n}", _KINDS[a.kind], a.name_fr, a.name_nl or a.name_fr, a.refnis)
        for n, a in enumerate(public_places())
        if a.name_fr and _KINDS.get(a.kind) in kinds
        if (round(a.lat, 4), round(a.lon, 4)) not in there
    ]
    return known + open_data


async def chosen_place(value: str) -> int | None:
    """The id of the place that was chosen, with a row made for it if need be; None for no place.

    Joins the unit of work.
    """
    if value.isdecimal() and len(value) < 10:
        found: int | None = await fetch_value(
            "select id from places where id = $1 and kind = any($2::text[])",
            int(value),
            [kind.value for kind in LISTED],
        )
        return found
    number = value.removeprefix(_OPEN)
    if value == number or not number.isdecimal() or len(number) > 5:
        return None
    anchors = public_places()
    if int(number) >= len(anchors) or anchors[int(number)].kind not in _KINDS:
        return None
    anchor = anchors[int(number)]
    await ensure_municipality(anchor.refnis)
    made: int = await fetch_value(_INSERT, *_row(anchor), clock.now())
    return made


async def ensure_municipality(refnis: str) -> None:
    """Put a municipality into the database if nobody lived there until now; joins the unit."""
    facts = municipalities()[refnis]
    await execute(
        "insert into municipalities (refnis, name_fr, name_nl, main_postcode)"
        " values ($1, $2, $3, $4) on conflict do nothing",
        refnis,
        facts.name_fr,
        facts.name_nl,
        facts.main_postcode,
    )


@dataclass(frozen=True, slots=True)
class Point:
    """Where a new place is; degrees, and the municipality it lies in."""

    lat: float
    lon: float
    refnis: str


def point_near(stop: str) -> Point | None:
    """The point of a street stop by its name in either language, however it is typed."""
    asked = fold(stop.strip())
    for anchor in stops():
        if asked and asked in {fold(anchor.name_fr), fold(anchor.name_nl)}:
            return Point(anchor.lat, anchor.lon, anchor.refnis)
    return None


def point_of(text: str) -> Point | None:
    """The point of 'latitude, longitude' as a phone's map copies it; None outside the Region."""
    try:
        lat, lon = (round(float(part), 5) for part in text.replace(";", ",").split(","))
    except ValueError:
        return None
    refnis = municipality_of(lat=lat, lon=lon) if abs(lat) < 90 and abs(lon) < 180 else None
    return None if refnis is None else Point(lat, lon, refnis)


def stop_names(language: str) -> list[str]:
    """The names of the street stops in a language, each once, in alphabetical order."""
    names = {anchor.name_nl if language == "nl" else anchor.name_fr for anchor in stops()}
    return sorted(name for name in names if name)


def _row(anchor: Anchor) -> tuple[object, ...]:
    return (
        _KINDS[anchor.kind].value,
        anchor.name_fr,
        anchor.name_nl or anchor.name_fr,
        anchor.street_fr,
        anchor.street_nl,
        anchor.house_number,
        anchor.postcode,
        anchor.refnis,
        anchor.lat,
        anchor.lon,
        anchor.opening_hours,
    )


_INSERT = """
insert into places (kind, name_fr, name_nl, street_fr, street_nl, house_number, postcode,
    municipality, lat, lon, opening_hours, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning id
"""
