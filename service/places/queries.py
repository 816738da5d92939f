"""Reading places: points for the planner, names of municipalities for pages."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.database.sql import fetch_all
from service.places.municipalities import municipalities, municipality_areas
from service.places.states import PlaceKind

__all__ = [
    "PlacePoint",
    "municipality_areas",
    "municipality_choices",
    "municipality_name",
    "place_points",
]


@dataclass(frozen=True, slots=True)
class PlacePoint:
    """Where a place is: degrees (WGS84) and REFNIS; no name and no address."""

    id: int
    kind: PlaceKind
    municipality: str
    lat: float
    lon: float


async def place_points(place_ids: Sequence[int]) -> dict[int, PlacePoint]:
    """The points of the places that exist among `place_ids`, by id."""
    points = await fetch_all(
        """
        select id, kind, municipality, lat, lon
        from places
        where id = any($1::integer[])
        order by id
        """,
        list(place_ids),
        into=PlacePoint,
    )
    return {point.id: point for point in points}


def municipality_name(refnis: str, language: str) -> str:
    """A municipality's name on a page in `nl`, `fr` or `en`.

    Raises:
        KeyError: no municipality of the Region has this REFNIS code.
    """
    return municipalities()[refnis].name(language)


def municipality_choices(language: str) -> list[tuple[str, str]]:
    """(REFNIS, name) of all 19, by name as that language sorts it."""
    choices = [(facts.refnis, facts.name(language)) for facts in municipalities().values()]
    return sorted(choices, key=lambda choice: (choice[1].casefold(), choice[0]))
