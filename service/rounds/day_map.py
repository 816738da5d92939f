"""A day's rounds on a map of the municipalities: lines from stop to stop, codes and no addresses.

Points are rounded to about two hundred metres: enough to see which round crosses which.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import cos, radians

from service.database.sql import fetch_all, fetch_one
from service.places.queries import municipality_areas
from service.rounds.types import BoardRow

WIDTH = 640
MIDDLE = 50.85
COARSE = 0.002
APART = 3
KINDS = 8
"""How many kinds of lines there are to tell rounds apart."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A municipality: its code and the path of its outline."""

    refnis: str
    path: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A stop of a round: its number in the day, and whose it is (a code)."""

    number: int
    tenant: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A worker's round: `points` for a line from the base and back, and its stops."""

    worker: str
    first_name: str
    kind: int
    points: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class DayMap:
    """The map: its size, the outlines, the rounds."""

    width: int
    height: int
    outlines: tuple[Outline, ...]
    rounds: tuple[RoundLine, ...]
    base: tuple[float, float] | None


@cache
def _frame() -> tuple[float, float, float, int]:
    """West and north ends, units per degree of latitude, height."""
    found = municipality_areas()
    west, east = min(a.west for a in found), max(a.east for a in found)
    south, north = min(a.south for a in found), max(a.north for a in found)
    scale = WIDTH / ((east - west) * cos(radians(MIDDLE)))
    return west, north, scale, int((north - south) * scale) + 1


def project(lat: float, lon: float) -> tuple[float, float]:
    """Where a point stands on the map."""
    west, north, scale, _ = _frame()
    return (
        round((lon - west) * cos(radians(MIDDLE)) * scale, 1),
        round((north - lat) * scale, 1),
    )


@cache
def outlines() -> tuple[Outline, ...]:
    """The outlines of all municipalities, drawn once."""
    return tuple(
        Outline(
            area.key,
            " ".join(
                "M" + " L".join(f"{x} {y}" for x, y in _thinned(ring)) + "Z"
                for part in area.parts
                for ring in part
            ),
        )
        for area in municipality_areas()
    )


def _thinned(ring: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners of a ring on the map, without those that cannot be seen apart."""
    found: list[tuple[float, float]] = []
    for lon, lat in ring:
        x, y = project(lat, lon)
        if not found or abs(x - found[-1][0]) + abs(y - found[-1][1]) >= APART:
            found.append((x, y))
    return found


async def day_map(rows: Iterable[BoardRow], day: date, *, roster: int, base: int | None) -> DayMap:
    """The rounds of a board's day on the map."""
    points = {
        row["id"]: project(_coarse(row["lat"]), _coarse(row["lon"]))
        for row in await fetch_all(
            "select v.id, p.lat, p.lon from visits v join places p on p.id = v.place"
            " where v.roster = $1",
            roster,
        )
    }
    start = await fetch_one("select lat, lon from places where id = $1", base)
    home = project(start["lat"], start["lon"]) if start else None
    return DayMap(
        width=WIDTH,
        height=_frame()[3],
        outlines=outlines(),
        rounds=tuple(_rounds(rows, day, points, home)),
        base=home,
    )


def _rounds(
    rows: Iterable[BoardRow],
    day: date,
    points: Mapping[int, tuple[float, float]],
    home: tuple[float, float] | None,
) -> Iterable[RoundLine]:
    for i, row in enumerate(rows):
        visits = [v for cell in row.cells if cell.day == day for v in cell.visits]
        if not visits:
            continue
        dots = tuple(Dot(n, v.tenant, *points[v.id]) for n, v in enumerate(visits, start=1))
        ends = [home] if home else []
        line = [*ends, *((dot.x, dot.y) for dot in dots), *ends]
        yield RoundLine(
            worker=row.worker,
            first_name=row.first_name,
            kind=i % KINDS,
            points=" ".join(f"{x},{y}" for x, y in line),
            dots=dots,
        )


def _coarse(degrees: float) -> float:
    return round(degrees / COARSE) * COARSE
