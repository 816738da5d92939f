"""Cases of hard rules about who and whether."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scheduling.plan import Plan, Unplaced
from scheduling.problem import (
    Pin,
    Problem,
    Seat,
)
from tests.scheduling.factories import every_day, place, tenant, visit, worker
from tests.scheduling.plans import at, plan
from tests.scheduling.rules.small import (
    PAIR,
    PLAIN,
    V1,
    V1_BOTH,
    V1_OTHER,
    V1_TUESDAY,
    HardCase,
    hard,
    team,
    two_visits,
    with_tenant,
    with_visit,
    with_worker,
)


def unknown_cases() -> list[HardCase]:
    known = replace(PLAIN, workers=(*PLAIN.workers, worker("w9")))
    more = replace(PLAIN, visits=(visit("v1"), visit("v9", gap_days=0, exempt_from_spacing=True)))
    left_out = replace(
        plan(PLAIN, V1),
        unplaced=(Unplaced(visit="v9", reasons=()),),
    )
    no_number = replace(V1, start="10:00")  # type: ignore[arg-type]
    week = replace(
        PLAIN,
        days=7,
        workers=(worker("w1", shifts=every_day((540, 1020), days=7)),),
        tenants=(tenant("t1", windows=every_day((540, 1020), days=7)),),
    )
    return [
        hard("worker", PLAIN, good=(V1,), bad=(at("v1", "w9"),), lifted=known),
        hard("day", PLAIN, good=(V1,), bad=(at("v1", "w1", day=5),), lifted=week),
        hard("visit", PLAIN, good=(V1,), bad=(V1, at("v9", "w2", day=2)), lifted=more),
        HardCase("left out", PLAIN, plan(PLAIN, V1), left_out, more),
        HardCase("start", PLAIN, plan(PLAIN, V1), plan(PLAIN, no_number), None),
    ]


def once_cases() -> list[HardCase]:
    nothing = Plan(problem="")
    both = replace(plan(PLAIN), placements=(V1,))
    twice = replace(plan(PLAIN, V1), placements=(V1, V1_TUESDAY))
    thrice = replace(plan(PLAIN), placements=twice.placements)
    without = team(visits=())
    good = plan(PLAIN, V1)
    return [
        HardCase("forgotten", PLAIN, good, nothing, without),
        HardCase("both", PLAIN, good, both, None),
        HardCase("twice", PLAIN, good, twice, None),
        HardCase("twice and left out", PLAIN, good, thrice, None),
    ]


def seats_cases() -> list[HardCase]:
    nurse = Seat(disciplines=("nurse",))
    trained = Seat(skills=("injection",))
    workers = (worker("w1"), worker("w2", discipline="nurse", skills=("injection",)))
    return [
        hard("one short", PAIR, good=(V1_BOTH,), bad=(V1,), lifted=PLAIN),
        hard("one too many", PLAIN, good=(V1,), bad=(V1_BOTH,), lifted=PAIR),
        hard(
            "discipline",
            team(workers=workers, visits=(visit("v1", seats=(nurse,)),)),
            good=(V1_OTHER,),
            bad=(V1,),
            lifted=team(workers=workers),
        ),
        hard(
            "skill, seat by seat",
            team(workers=workers, visits=(visit("v1", seats=(trained, Seat())),)),
            good=(at("v1", "w2", "w1"),),
            bad=(V1_BOTH,),
            lifted=team(workers=workers, visits=PAIR.visits),
        ),
    ]


def alone_cases() -> list[HardCase]:
    escorted = with_worker(may_go_alone=False)
    learner = with_worker(counts_as_second=False)
    pair, with_learner = PAIR.visits, (visit("v1", seats=(Seat(), Seat()), learners=1),)
    third = (*escorted.workers, worker("w3", may_go_alone=False))
    return [
        hard("single", escorted, good=(V1_OTHER,), bad=(V1,), lifted=PLAIN),
        hard(
            "two who may not",
            replace(escorted, workers=third, visits=pair),
            good=(V1_BOTH,),
            bad=(at("v1", "w1", "w3"),),
            lifted=replace(escorted, workers=(*PLAIN.workers, third[-1]), visits=pair),
        ),
        hard(
            "learner in a pair",
            replace(learner, workers=(*learner.workers, worker("w3")), visits=pair),
            good=(at("v1", "w2", "w3"),),
            bad=(V1_BOTH,),
            lifted=replace(learner, visits=with_learner),
        ),
    ]


def exclusion_cases() -> list[HardCase]:
    closed = (place("base"), place("home", north=10, excluded=("w1",)))
    office = (*PLAIN.places, place("office", excluded=("w1",)))
    dogs = replace(with_visit(dogs=True), workers=(worker("w1", no_dogs=True), worker("w2")))
    return [
        hard("tenant", with_tenant(excluded=("w1",)), good=(V1_OTHER,), bad=(V1,), lifted=PLAIN),
        hard("place", team(places=closed), good=(V1_OTHER,), bad=(V1,), lifted=PLAIN),
        hard(
            "end place",
            replace(with_visit(end_place="office"), places=office),
            good=(V1_OTHER,),
            bad=(V1,),
            lifted=replace(PLAIN, places=office),
        ),
        hard("dogs", dogs, good=(V1_OTHER,), bad=(V1,), lifted=replace(dogs, visits=PLAIN.visits)),
    ]


def gender_cases() -> list[HardCase]:
    workers = (worker("w1", gender="f"), worker("w2", gender="m"))
    strict = (tenant("t1", gender="m", gender_hard=True),)
    mild = (tenant("t1", gender="m"),)
    pair = PAIR.visits
    return [
        hard(
            "single",
            team(workers=workers, tenants=strict),
            good=(V1_OTHER,),
            bad=(V1,),
            lifted=team(workers=workers, tenants=mild),
        ),
        hard(
            "each of a pair",
            team(workers=(*workers, worker("w3", gender="m")), tenants=strict, visits=pair),
            good=(at("v1", "w2", "w3"),),
            bad=(V1_BOTH,),
            lifted=team(workers=workers, tenants=mild, visits=pair),
        ),
    ]


def distinct_cases() -> list[HardCase]:
    shy = two_visits(
        tenants=(tenant("t1", max_distinct=1, seen=("w1",)),),
        visits=(visit("v1"), visit("v2")),
    )
    return [
        hard(
            "one face more",
            shy,
            good=(V1, at("v2", "w1", day=1)),
            bad=(V1, at("v2", "w2", day=1)),
            lifted=replace(shy, tenants=(tenant("t1", max_distinct=2, seen=("w1",)),)),
        ),
        hard(
            "known faces may come back",
            with_tenant(max_distinct=1, seen=("w1", "w7")),
            good=(V1,),
            bad=(V1_OTHER,),
            lifted=with_tenant(max_distinct=1, seen=("w2", "w7")),
        ),
    ]


def pin_cases() -> list[HardCase]:
    def pinned(**holds: Any) -> Problem:
        return replace(PLAIN, pins=(Pin(visit="v1", **holds),))

    return [
        hard("day", pinned(day=1), good=(V1_TUESDAY,), bad=(V1,), lifted=PLAIN),
        hard(
            "start",
            pinned(start=660),
            good=(at("v1", "w1", start=660),),
            bad=(V1,),
            lifted=pinned(start=600),
        ),
        hard("workers", pinned(workers=("w1",)), good=(V1,), bad=(V1_OTHER,), lifted=PLAIN),
        hard("left out is no breach", pinned(day=1), good=(), bad=(V1,), lifted=pinned(day=0)),
    ]


HARD_PEOPLE: Mapping[str, list[HardCase]] = {
    "unknown": unknown_cases(),
    "once": once_cases(),
    "seats": seats_cases(),
    "alone": alone_cases(),
    "exclusion": exclusion_cases(),
    "gender": gender_cases(),
    "distinct": distinct_cases(),
    "pin": pin_cases(),
}
