"""Minutes of the way between a draft's visits, as its plan's problem has them: no street search."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import msgspec

from service.database.sql import fetch_all, fetch_value
from service.rounds.week import place_code
from service.teams.states import TravelMode


class Somewhere(Protocol):
    """A visit, drafted or published: where it takes place, and for which appointment (ids)."""

    @property
    def place(self) -> int: ...
    @property
    def appointment(self) -> int | None: ...


class _Table(msgspec.Struct):
    mode: str
    minutes: list[list[int]]


class _Matrix(msgspec.Struct):
    places: list[str]
    tables: list[_Table]


class _Stored(msgspec.Struct):
    """What of a stored problem matters here."""

    matrix: _Matrix | None = None


@dataclass(frozen=True, slots=True)
class Travel:
    """Travel minutes by mode between places (ids); None where the plan did not know them.

    `detours`: where an accompaniment begins and ends, by appointment id.
    """

    base: int | None
    index: Mapping[str, int]
    tables: Mapping[str, list[list[int]]]
    detours: Mapping[int, tuple[int, int]]

    def ways(
        self, mode: TravelMode, visits: Sequence[Somewhere], *, back: bool = False
    ) -> list[int | None]:
        """The way to each visit of a day in order, from the base on; with `back` also home."""
        found, at = [], self.base
        for visit in visits:
            begins, ends = self._ends(visit)
            found.append(self._between(mode, at, begins))
            at = ends
        if back and visits:
            found.append(self._between(mode, at, self.base))
        return found

    def _ends(self, visit: Somewhere) -> tuple[int, int]:
        if visit.appointment is None:
            return visit.place, visit.place
        return self.detours.get(visit.appointment, (visit.place, visit.place))

    def _between(self, mode: TravelMode, start: int | None, end: int | None) -> int | None:
        if start is None or end is None:
            return None
        i, j = self.index.get(place_code(start)), self.index.get(place_code(end))
        table = self.tables.get(mode.value)
        return None if table is None or i is None or j is None else table[i][j]


async def read_travel(roster: int | None, base: int | None) -> Travel:
    """Read the travel times of the plan that a roster's draft came from, in two queries."""
    problem = await fetch_value(
        "select p.problem from rosters r join plan_runs p on p.id = r.plan_run where r.id = $1",
        roster,
    )
    stored = msgspec.json.decode(problem, type=_Stored) if problem else _Stored()
    matrix = stored.matrix or _Matrix(places=[], tables=[])
    appointments = await fetch_all(_DETOURS, roster)
    return Travel(
        base=base,
        index={code: i for i, code in enumerate(matrix.places)},
        tables={table.mode: table.minutes for table in matrix.tables},
        detours={row["id"]: (row["begins"], row["ends"]) for row in appointments},
    )


_DETOURS = """
select a.id, coalesce(a.pick_up, a.place) as begins, coalesce(a.end_place, a.place) as ends
from visits v join appointments a on a.id = v.appointment where v.roster = $1
"""
