"""Timefold: a list of stops for each worker and day, walked anew at each change (needs Java 17).

Said: windows, hours, limits, lunch (at the first gap that has room, or as soon as it is time), who
may go, days between a tenant's visits, language, gender and own worker, prices of leaving out. Done
before: pairs get a slot and keep it. Not said: rotation, overload. Constraints are Python that the
library turns into Java bytecode, so they stay plain loops over integers.
"""

from dataclasses import dataclass, field
from typing import Annotated, Any, Optional

from timefold.solver import SolverFactory  # type: ignore[import-not-found,unused-ignore]
from timefold.solver.config import (  # type: ignore[import-not-found,unused-ignore]
    Duration,
    ScoreDirectorFactoryConfig,
    SolverConfig,
    TerminationConfig,
)
from timefold.solver.domain import (  # type: ignore[import-not-found,unused-ignore]
    InverseRelationShadowVariable,
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningListVariable,
    PlanningScore,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (  # type: ignore[import-not-found,unused-ignore]
    Constraint,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    constraint_provider,
)

from tests.bench.outside import Bench, Week, WeekPlan
from tests.bench.peers.jobs import DAY, Job, Routing, routing_of
from tests.bench.peers.line import run
from tests.bench.peers.mending import pairs_first

RELAXED = "no rotation or overload; pairs placed beforehand"
FOREVER = 100_000


@planning_entity
@dataclass
class Stop:
    """A seat of a visit. `opens` and `closes`: first and last starts; `suits[worker]`: may go."""

    id: Annotated[int, PlanningId]
    visit: str
    tenant: str
    seat: int
    seats: int
    point: int
    minutes: int
    gap: int
    price: int
    opens: list[int]
    closes: list[int]
    suits: list[bool]
    wishes: list[int]
    round: Annotated[
        Optional["Round"], InverseRelationShadowVariable(source_variable_name="stops")
    ] = field(default=None)


@planning_entity
@dataclass
class Round:
    """A worker's day."""

    id: Annotated[int, PlanningId]
    name: str
    worker: int
    day: int
    base: int
    opens: int
    closes: int
    most: int
    hungry: bool
    lunch_from: int
    lunch_to: int
    lunch: int
    travel: list[list[int]]
    stops: Annotated[list[Stop], PlanningListVariable(allows_unassigned_values=True)] = field(
        default_factory=list
    )


@planning_solution
@dataclass
class Rounds:
    """The whole week."""

    rounds: Annotated[list[Round], PlanningEntityCollectionProperty]
    stops: Annotated[list[Stop], PlanningEntityCollectionProperty, ValueRangeProvider]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


def starts(one: Round) -> list[int]:
    """The minute each stop begins, lunch taken where it first has room; FOREVER where it cannot."""
    found = []
    clock, here, hungry = one.opens, one.base, one.hungry
    for stop in one.stops:
        leg = one.travel[here][stop.point]
        begin = _first(stop, clock + leg)
        if hungry:
            eats = max(clock, one.lunch_from)
            if eats + one.lunch <= one.lunch_to:
                later = _first(stop, max(clock + leg + one.lunch, eats + one.lunch))
                if later == begin or clock >= one.lunch_from:
                    begin, hungry = later, False
        found.append(begin)
        clock, here = begin + stop.minutes, stop.point
    return found


def _first(stop: Stop, ready: int) -> int:
    """The first minute at which the stop may begin."""
    for number in range(len(stop.opens)):
        if ready <= stop.closes[number]:
            return max(ready, stop.opens[number])
    return FOREVER


def wrong(one: Round) -> int:
    """How much of the round cannot be: wrong people, too many, too late, no lunch."""
    if len(one.stops) == 0:
        return 0
    found = max(0, len(one.stops) - one.most) * 10
    clock, here, hungry = one.opens, one.base, one.hungry
    begins = starts(one)
    for number in range(len(one.stops)):
        stop, begin = one.stops[number], begins[number]
        if not stop.suits[one.worker] or begin - one.day * DAY > DAY:
            found += 20
        else:
            if hungry and _room(one, clock, begin, one.travel[here][stop.point]):
                hungry = False
            clock = begin + stop.minutes
        here = stop.point
    back = one.travel[here][one.base]
    if clock + back > one.closes:
        found += 1 + (clock + back - one.closes) // 5
    elif hungry and not _room(one, clock, one.closes, back):
        found += 6
    return found


def _room(one: Round, end: int, begin: int, leg: int) -> bool:
    eats = max(end, one.lunch_from)
    return begin - end >= leg + one.lunch and eats + one.lunch <= min(begin, one.lunch_to)


def ways(one: Round) -> int:
    """Travel of the round, and what language, gender and own worker cost."""
    found, here = 0, one.base
    for stop in one.stops:
        found += one.travel[here][stop.point] + stop.wishes[one.worker]
        here = stop.point
    return found + one.travel[here][one.base]


def too_close(a: Stop, b: Stop) -> bool:
    """Two visits of a tenant whose days are nearer than the gap."""
    if a.round is None or b.round is None or a.visit == b.visit:
        return False
    return abs(a.round.day - b.round.day) < max(a.gap, b.gap)


@constraint_provider  # type: ignore[untyped-decorator,unused-ignore]
def rules(factory: ConstraintFactory) -> list[Constraint]:
    """Every rule and price."""
    return [
        factory.for_each(Round).penalize(HardSoftScore.ONE_HARD, wrong).as_constraint("round"),
        factory.for_each_unique_pair(Stop, Joiners.equal(lambda stop: stop.tenant))
        .filter(too_close)
        .penalize(HardSoftScore.ONE_HARD, lambda a, b: 20)
        .as_constraint("gap"),
        factory.for_each(Round).penalize(HardSoftScore.ONE_SOFT, ways).as_constraint("ways"),
        factory.for_each_including_unassigned(Stop)
        .filter(lambda stop: stop.round is None)
        .penalize(HardSoftScore.ONE_SOFT, lambda stop: stop.price)
        .as_constraint("left out"),
    ]


def propose(bench: Bench, week: Week, seconds: float) -> WeekPlan:
    """The best solution after so many seconds of solving; starting Java is not counted."""
    held = pairs_first(bench, week)
    model = routing_of(bench, week, held=held)
    jobs = [j for j in model.jobs if j.starts and (j.seats == 1 or j.visit in held)]
    config = SolverConfig(
        solution_class=Rounds,
        entity_class_list=[Round, Stop],
        score_director_factory_config=ScoreDirectorFactoryConfig(
            constraint_provider_function=rules
        ),
        termination_config=TerminationConfig(
            spent_limit=Duration(milliseconds=int(1000 * seconds))
        ),
        random_seed=1,
    )
    solver: Any = SolverFactory.create(config).build_solver()
    found = solver.solve(_rounds(model, jobs))
    plan: WeekPlan = {code: dict(place) for code, place in held.items()}
    for one in found.rounds:
        for stop, begin in zip(one.stops, starts(one), strict=True):
            if stop.seats == 1:
                start = begin - DAY * one.day
                plan[stop.visit] = {"day": one.day, "start": start, "workers": [one.name]}
    return plan


def _rounds(model: Routing, jobs: list[Job]) -> Rounds:
    workers = list(dict.fromkeys(vehicle.worker for vehicle in model.vehicles))
    stops = [
        Stop(
            id=number,
            visit=job.visit,
            tenant=job.tenant,
            seat=job.seat,
            seats=job.seats,
            point=job.point,
            minutes=job.minutes,
            gap=job.gap,
            price=job.price if job.seats == 1 else FOREVER,
            opens=[first for first, _ in job.starts],
            closes=[last for _, last in job.starts],
            suits=[worker in job.allowed for worker in workers],
            wishes=[model.wishes.get((worker, job.visit), 0) for worker in workers],
        )
        for number, job in enumerate(jobs)
    ]
    rounds = [
        Round(
            id=number,
            name=vehicle.worker,
            worker=workers.index(vehicle.worker),
            day=vehicle.day,
            base=vehicle.point,
            opens=vehicle.opens,
            closes=vehicle.closes,
            most=vehicle.most,
            hungry=vehicle.lunch,
            lunch_from=DAY * vehicle.day + model.lunch["from"],
            lunch_to=DAY * vehicle.day + model.lunch["to"],
            lunch=model.lunch["len"],
            travel=model.travel[vehicle.mode],
        )
        for number, vehicle in enumerate(model.vehicles)
    ]
    return Rounds(rounds=rounds, stops=stops)


if __name__ == "__main__":
    run("Timefold", propose, relaxed=RELAXED)
