"""A problem and a plan read together once, so that each rule finds its facts in plain words.

Whatever cannot be read (an unknown visit, worker or day, a start that is no number) becomes a
`Fault` and is left out of all other facts. Facts come in the order of codes, never in the order of
the input.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from scheduling.on_duty import busied
from scheduling.plan import Plan
from scheduling.problem import (
    Duty,
    Pin,
    Place,
    Placement,
    Problem,
    Staffed,
    Tenant,
    Visit,
    Worker,
    lanes,
)
from scheduling.rules.walk import Stop, Walk, walk
from scheduling.travel import ProblemTravel
from scheduling.weeks import DAY_MINUTES
from scheduling.windows import Interval, contains

T = TypeVar("T", Duty, Place, Tenant, Visit, Worker)


class FaultKind(StrEnum):
    """Why a placement or an unplaced entry cannot be read."""

    VISIT = "visit"
    UNPLACED = "unplaced"
    WORKER = "worker"
    DAY = "day"
    START = "start"


@dataclass(frozen=True, slots=True)
class Fault:
    """An entry of the plan that is left out of the reading; its values as found, of any type."""

    kind: FaultKind
    visit: object
    value: object


@dataclass(frozen=True, slots=True)
class Placed:
    """A placed visit: `codes` as the plan gives them, seat by seat; `workers` each once.

    Whoever sits beyond the visit's seats (breach `seats`) is there with the first of them for the
    visit's minutes.
    """

    visit: Visit
    tenant: Tenant
    day: int
    start: int
    codes: tuple[str, ...]
    workers: tuple[Worker, ...]
    offsets: tuple[int, ...] = ()

    def offset(self, seat: int) -> int:
        """Minutes from the visit's start to the seat's."""
        return self.offsets[seat] if seat < len(self.offsets) else 0

    @property
    def intervals(self) -> tuple[Interval, ...]:
        """When each seat is there, on the visit's day."""
        return tuple(self._seat(i) for i in range(len(self.visit.seats)))

    @property
    def hull(self) -> Interval:
        """From the first start to the last end, in minutes since Monday 0:00."""
        midnight, intervals = self.day * DAY_MINUTES, self.intervals
        first = min((i.start for i in intervals), default=self.start)
        return Interval(
            midnight + first, midnight + max((i.end for i in intervals), default=self.start)
        )

    def when(self, worker: Worker) -> Interval:
        """When this worker is there, on the visit's day."""
        return self._seat(self.codes.index(worker.code))

    def _seat(self, seat: int) -> Interval:
        seats, start = self.visit.seats, self.start + self.offset(seat)
        minutes = seats[seat].minutes if seat < len(seats) else None
        return Interval(start, start + (self.visit.minutes if minutes is None else minutes))

    @property
    def place(self) -> str:
        """Where it takes place."""
        return self.visit.place or self.tenant.place

    def stop(self, worker: Worker) -> Stop:
        """The visit as a stop of the worker's walk."""
        visit, (start, end) = self.visit, self.when(worker)
        arrive, leave = visit.pick_up or self.place, visit.end_place or self.place
        return Stop(start, end, visit.code, arrive, leave)


@dataclass(frozen=True)
class Reading:
    """The facts of a plan that rules judge; make one with `read`.

    `workers` are busy while they are on duty; those of `problem` are as they were given.
    """

    problem: Problem
    placed: Mapping[str, Placed]
    faults: tuple[Fault, ...]
    times_placed: Mapping[str, int]
    times_unplaced: Mapping[str, int]
    visits: Mapping[str, Visit]
    tenants: Mapping[str, Tenant]
    workers: Mapping[str, Worker]
    places: Mapping[str, Place]
    pins: Mapping[str, tuple[Pin, ...]]
    duties: Mapping[str, Duty]
    on_duty: tuple[Staffed, ...]
    travel: ProblemTravel
    _lanes: dict[tuple[str, int], tuple[Interval, ...]] = field(default_factory=dict)

    def lanes(self, worker: Worker, day: int) -> tuple[Interval, ...]:
        """The worker's lanes of a day."""
        key = (worker.code, day)
        if key not in self._lanes:
            self._lanes[key] = lanes(worker, day)
        return self._lanes[key]

    def arranged(self, visit: Visit) -> bool:
        """Whether a person has pinned the visit to a day and a start."""
        pins = self.pins.get(visit.code, ())
        return any(pin.day is not None and pin.start is not None for pin in pins)

    def load(self, code: str) -> int:
        """A worker's minutes of visits in the week."""
        spans = [one.when(self.workers[code]) for one in self.by_worker[code]]
        return sum(end - start for start, end in spans)

    @cached_property
    def duties_of(self) -> Mapping[str, tuple[Duty, ...]]:
        """The known duties of each worker who has any, by worker, day and start."""
        found: dict[str, set[Duty]] = defaultdict(set)
        for one in self.on_duty:
            if one.duty in self.duties and one.worker in self.workers:
                found[one.worker].add(self.duties[one.duty])
        return {
            code: tuple(sorted(found[code], key=lambda d: (d.day, d.start, d.code)))
            for code in sorted(found)
        }

    @cached_property
    def by_tenant(self) -> Mapping[str, tuple[Placed, ...]]:
        """Placed visits of each tenant that has any visit in the problem, by day and start."""
        found: dict[str, list[Placed]] = {
            code: [] for code in sorted({visit.tenant for visit in self.problem.visits})
        }
        for one in self.placed.values():
            found[one.tenant.code].append(one)
        return {code: tuple(sorted(ones, key=_when)) for code, ones in found.items()}

    @cached_property
    def by_worker(self) -> Mapping[str, tuple[Placed, ...]]:
        """Placed visits of each worker, by day and start."""
        found: dict[str, list[Placed]] = {code: [] for code in self.workers}
        for one in self.placed.values():
            for worker in one.workers:
                found[worker.code].append(one)
        return {code: tuple(sorted(ones, key=_when)) for code, ones in found.items()}

    @cached_property
    def by_day(self) -> Mapping[int, tuple[Placed, ...]]:
        """Placed visits of each day that has any, by start."""
        found: dict[int, list[Placed]] = defaultdict(list)
        for one in self.placed.values():
            found[one.day].append(one)
        return {day: tuple(sorted(found[day], key=_when)) for day in sorted(found)}

    @cached_property
    def walks(self) -> tuple[Walk, ...]:
        """Every walked lane, by worker, day and start."""
        found: list[Walk] = []
        for code, ones in self.by_worker.items():
            worker = self.workers[code]
            for day in sorted({one.day for one in ones}):
                today = [one for one in ones if one.day == day]
                for lane in self.lanes(worker, day):
                    inside = [one for one in today if contains([lane], one.when(worker))]
                    stops = [one.stop(worker) for one in inside]
                    if stops:
                        found.append(
                            walk(
                                worker,
                                day,
                                lane,
                                visits=stops,
                                travel=self.travel,
                                lunch=self.problem.lunch,
                            )
                        )
        return tuple(found)


def read(problem: Problem, plan: Plan) -> Reading:
    """Read any plan, also a hand-made or malformed one; the problem itself must be valid.

    Of several placements of one visit the earliest is read; `times_placed` tells of the others.
    """
    visits, workers = _by_code(problem.visits), _by_code(busied(problem, plan.duties).workers)
    tenants = _by_code(problem.tenants)
    faults: list[Fault] = []
    sound: dict[str, Placement] = {}
    for placement in plan.placements:
        fault = _fault(placement, problem=problem, visits=visits, workers=workers)
        if fault:
            faults.append(fault)
            continue
        other = sound.get(placement.visit)
        if other is None or _slot(placement) < _slot(other):
            sound[placement.visit] = placement
    faults.extend(
        Fault(FaultKind.UNPLACED, entry.visit, entry.visit)
        for entry in plan.unplaced
        if not _known(entry.visit, visits)
    )
    pins: dict[str, tuple[Pin, ...]] = {}
    for pin in problem.pins:
        pins[pin.visit] = (*pins.get(pin.visit, ()), pin)
    return Reading(
        problem=problem,
        placed={
            code: _placed(sound[code], visit=visits[code], tenants=tenants, workers=workers)
            for code in sorted(sound)
        },
        faults=tuple(sorted(faults, key=repr)),
        times_placed=Counter(p.visit for p in plan.placements if _known(p.visit, visits)),
        times_unplaced=Counter(u.visit for u in plan.unplaced if _known(u.visit, visits)),
        visits=visits,
        tenants=tenants,
        workers=workers,
        places=_by_code(problem.places),
        pins=pins,
        duties=_by_code(problem.duties),
        on_duty=tuple(sorted(plan.duties, key=lambda one: (one.duty, one.worker))),
        travel=ProblemTravel(problem),
    )


def _by_code(items: Iterable[T]) -> dict[str, T]:
    return {item.code: item for item in sorted(items, key=lambda item: item.code)}


def _known(code: object, known: Mapping[str, object]) -> bool:
    return isinstance(code, str) and code in known


def _fault(
    placement: Placement,
    *,
    problem: Problem,
    visits: Mapping[str, Visit],
    workers: Mapping[str, Worker],
) -> Fault | None:
    visit, day, start = placement.visit, placement.day, placement.start
    if not _known(visit, visits):
        return Fault(FaultKind.VISIT, visit, visit)
    if type(day) is not int or not 0 <= day < problem.days:
        return Fault(FaultKind.DAY, visit, day)
    if type(start) is not int:
        return Fault(FaultKind.START, visit, start)
    for offset in placement.offsets:
        if type(offset) is not int:
            return Fault(FaultKind.START, visit, offset)
    if not isinstance(placement.workers, tuple):
        return Fault(FaultKind.WORKER, visit, placement.workers)
    for worker in placement.workers:
        if not _known(worker, workers):
            return Fault(FaultKind.WORKER, visit, worker)
    return None


def _slot(placement: Placement) -> tuple[int, int, tuple[str, ...]]:
    return placement.day, placement.start, placement.workers


def _placed(
    placement: Placement,
    *,
    visit: Visit,
    tenants: Mapping[str, Tenant],
    workers: Mapping[str, Worker],
) -> Placed:
    return Placed(
        visit=visit,
        tenant=tenants[visit.tenant],
        day=placement.day,
        start=placement.start,
        codes=placement.workers,
        workers=tuple(workers[code] for code in dict.fromkeys(placement.workers)),
        offsets=placement.offsets,
    )


def _when(one: Placed) -> tuple[int, int, str]:
    return one.day, one.start, one.visit.code
