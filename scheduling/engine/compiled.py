"""The problem as immutable integer tables: what the search reads, and nothing else.

Workers, places, tenants, visits, lanes and resources are positions in tuples. Workers and visits
are ordered by content and then by code, so that the order of the input changes nothing. Sets of
workers are bit masks. A *call* is one seat of a visit: one worker, one start. A *stop* is a call,
or a busy time numbered after the calls.
"""

from dataclasses import dataclass, field
from typing import NamedTuple

from scheduling.engine.kernel import Array
from scheduling.engine.layout import LATE, OUT
from scheduling.plan import Reason
from scheduling.problem import Problem

Ranges = tuple[tuple[int, int], ...]
"""Allowed starts: inclusive (first, last) pairs, in order, apart."""

Table = tuple[tuple[int, ...], ...]


class Lane(NamedTuple):
    """One interval of one worker's working time, walked from base to base."""

    number: int
    worker: int
    day: int
    start: int
    end: int
    lunch: bool
    base: int
    travel: Table
    busy: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledStop:
    """One call (one seat of a visit), or a busy time (then `visit` is OUT and `ranges` its start).

    `ranges[day]`: possible starts by windows; `narrow[day]`: the cheapest of them, None if all cost
    the same. `start_cost[day]`: cost of each start on the grid (preferred slot, lateness, day and
    time changed, days too near to the last contact), None where it is zero everywhere. `until`:
    latest start without lateness. `least` to `most` minutes after the visit's first call.
    """

    minutes: int
    origin: int
    goal: int
    ranges: tuple[Ranges, ...]
    narrow: tuple[Ranges | None, ...]
    start_cost: tuple[tuple[int, ...] | None, ...]
    visit: int = OUT
    until: int = LATE
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledVisit:
    """One visit, its calls being the stops from `first` on, one for each of `seats`.

    `seats`: masks of fitting workers. `factor[day]`: what a changed worker costs at each start.
    `lanes[day]`: lanes that passed the static chain. `held`: it has a pin; `pinned`: a pin that
    leaves nothing open (day, start, workers, whoever takes which seat). `frozen`: the start is held
    at a minute once placed (several workers, or something shared). `alike`: its calls last as long
    as each other and begin together.
    """

    code: str
    tenant: int
    tenant_code: str
    first: int
    unplaced: int
    rank: int
    seats: tuple[int, ...]
    frozen: bool
    alike: bool
    held: bool
    pinned: bool
    pin_mask: int
    published_mask: int
    learners: int
    gap: int
    spaced: bool
    limited: bool
    shared: tuple[int, ...]
    factor: tuple[tuple[int, ...], ...]
    lanes: tuple[tuple[int, ...], ...]
    options: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledTenant:
    """One tenant; masks are sets of workers, `strangers` counts seen workers who are not here."""

    visits: tuple[int, ...]
    distinct: int
    cap: int
    seen: int
    strangers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledWorker:
    """One worker's limits of the day and the week."""

    code: str
    max_visits: int
    visiting_limit: int
    overload_after: int
    carried: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A whole problem. `stops`: `calls` calls by visit and seat, then busy times.

    `capacity[day]`: minutes to plan. `alone`, `seconds`: masks of workers who may go alone, and who
    count as second.
    """

    problem: Problem
    days: int
    grid: int
    lunch: tuple[int, int, int]
    places: tuple[str, ...]
    workers: tuple[CompiledWorker, ...]
    tenants: tuple[CompiledTenant, ...]
    visits: tuple[CompiledVisit, ...]
    stops: tuple[CompiledStop, ...]
    calls: int
    lanes: tuple[Lane, ...]
    shared: tuple[int, ...]
    capacity: tuple[int, ...]
    alone: int
    seconds: int
    tables: Array = field(default=(), repr=False, compare=False)
    """The same as one flat array, for the kernel."""
