"""Travel-time providers: whoever knows how long it takes from place to place, one at a time or in
bulk.

A provider answers in whole minutes, not yet on a grid. A problem never holds a provider: it holds
the parameters of the straight line, or a matrix that `matrix_of` made from any provider. Minutes
are rounded up to the grid, so that a plan can be walked; two different points are at least one grid
step apart, equal points none.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from scheduling.problem import Matrix, Mode, ModeMinutes, Place, Problem, StraightLine

EARTH_DIAMETER_KM = 12742.0
Minutes = tuple[tuple[int, ...], ...]


class TravelTimes(Protocol):
    """Minutes from place to place by a mode; may be asymmetric; 0 from a place to itself."""

    def minutes(self, start: Place, end: Place, mode: Mode) -> int:
        """Door-to-door minutes, rounded up to a whole minute."""
        ...

    def matrix(self, places: Sequence[Place], mode: Mode) -> Minutes:
        """`[i][j]`: minutes from `places[i]` to `places[j]`; equal to `minutes` for every pair."""
        ...


def kilometres(start: Place, end: Place) -> float:
    """Great-circle distance (haversine)."""
    a, b = math.radians(start.lat / 1e6), math.radians(end.lat / 1e6)
    turn = math.radians((end.lon - start.lon) / 1e6)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(turn / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(math.sqrt(h))


@dataclass(frozen=True, slots=True)
class StraightLineTravel:
    """Great circle times a detour, at the mode's speed plus its overhead; walking if that is
    faster.

    A mode without a speed of its own is walked.
    """

    line: StraightLine

    def exact(self, start: Place, end: Place, mode: Mode) -> float:
        """Minutes before any rounding."""
        if (start.lat, start.lon) == (end.lat, end.lon):
            return 0.0
        distance = self.line.detour_percent / 100 * kilometres(start, end)
        times = [
            distance / (speed.metres_per_hour / 1000) * 60 + speed.overhead
            for speed in self.line.speeds
            if speed.mode in (mode, Mode.WALK)
        ]
        return min(times)

    def minutes(self, start: Place, end: Place, mode: Mode) -> int:
        """Door-to-door minutes, rounded up to a whole minute."""
        return round_up(self.exact(start, end, mode), 1)

    def matrix(self, places: Sequence[Place], mode: Mode) -> Minutes:
        """`[i][j]`: minutes from `places[i]` to `places[j]`."""
        return tuple(tuple(self.minutes(a, b, mode) for b in places) for a in places)


def round_up(minutes: float, grid: int) -> int:
    """The first multiple of the grid that is not smaller (a billionth of a step is forgiven)."""
    return math.ceil(minutes / grid - 1e-9) * grid


def matrix_of(
    provider: TravelTimes, places: Sequence[Place], *, modes: Sequence[Mode], grid: int
) -> Matrix:
    """A problem's matrix from any provider: places in the order given, minutes up to the grid."""

    def cell(i: int, j: int, minutes: int) -> int:
        same = (places[i].lat, places[i].lon) == (places[j].lat, places[j].lon)
        return 0 if same else max(grid, round_up(minutes, grid))

    tables = []
    for mode in modes:
        raw = provider.matrix(places, mode)
        minutes = tuple(
            tuple(cell(i, j, value) for j, value in enumerate(row)) for i, row in enumerate(raw)
        )
        tables.append(ModeMinutes(mode=mode, minutes=minutes))
    return Matrix(places=tuple(place.code for place in places), tables=tuple(tables))


class ProblemTravel:
    """The minutes a problem itself gives between two place codes: what rules, search and score use.

    From the matrix when the problem has one (KeyError for a mode or place it lacks), else from its
    straight line, rounded up to the grid once per pair.
    """

    def __init__(self, problem: Problem) -> None:
        """Read the problem's travel data; pairs are looked up lazily."""
        self._grid = problem.grid
        self._line = StraightLineTravel(problem.straight_line)
        self._places: Mapping[str, Place] = {place.code: place for place in problem.places}
        self._known: dict[tuple[str, str, Mode], int] = {}
        self._tables: dict[Mode, Minutes] | None = None
        if problem.matrix is not None:
            self._tables = {table.mode: table.minutes for table in problem.matrix.tables}
            self._index = {code: i for i, code in enumerate(problem.matrix.places)}

    def minutes(self, start: str, end: str, mode: Mode) -> int:
        """Minutes on the grid from one place code to another."""
        if self._tables is not None:
            return self._tables[mode][self._index[start]][self._index[end]]
        key = (start, end, mode)
        if key not in self._known:
            exact = self._line.exact(self._places[start], self._places[end], mode)
            self._known[key] = max(self._grid, round_up(exact, self._grid)) if exact else 0
        return self._known[key]
