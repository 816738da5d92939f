"""The problem as immutable integer tables: what the search reads, and nothing else.

Workers, places, tenants, visits, lanes and resources are positions in tuples. Workers and visits
are ordered by content and then by code, so that the order of the input changes nothing. Sets of
workers are bit masks. A *stop* is a visit, or a busy time numbered after the visits.
"""

from dataclasses import dataclass
from typing import NamedTuple

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
    """What a walk needs to know of a visit or of a busy time (then `ranges` is its one start)."""

    minutes: int
    origin: int
    goal: int
    ranges: tuple[Ranges, ...]
    narrow: tuple[Ranges | None, ...]
    start_cost: tuple[tuple[int, ...] | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledVisit:
    """One visit. `ranges[day]`: possible starts by windows; `narrow[day]`: the cheapest of them.

    `start_cost[day]`: cost of each start on the grid (preferred slot, lateness, day and time
    changed), None where it is zero everywhere. `factor[day]`: what a changed worker costs at each
    start. `lanes[day]`: lanes that passed the static chain; `seats`: masks of fitting workers.
    `held`: it has a pin; `pinned`: a pin with day, start and workers.
    `frozen`: the start is held at a minute once placed (several workers, or something shared).
    """

    code: str
    tenant: int
    minutes: int
    unplaced: int
    rank: int
    seats: tuple[int, ...]
    frozen: bool
    held: bool
    pinned: bool
    pin_mask: int
    published_mask: int
    published_gone: int
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
    """A whole problem. `stops`: visits first, then busy times. `capacity[day]`: minutes to plan."""

    problem: Problem
    days: int
    grid: int
    lunch: tuple[int, int, int]
    places: tuple[str, ...]
    workers: tuple[CompiledWorker, ...]
    tenants: tuple[CompiledTenant, ...]
    visits: tuple[CompiledVisit, ...]
    stops: tuple[CompiledStop, ...]
    lanes: tuple[Lane, ...]
    shared: tuple[int, ...]
    capacity: tuple[int, ...]
    travel_weight: int
    waiting_weight: int
    rotation_weight: int
    overload_weight: int
    alone: int
    seconds: int
