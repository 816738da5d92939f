"""For each hard rule: a plan that keeps it where it bites, one forced to break it, and the same
plan where the rule asks nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from scheduling.plan import Plan, Unplaced
from scheduling.problem import Busy, Pin, Placement, Problem, Resource, Seat, Slot
from scheduling.windows import Interval
from tests.scheduling.factories import (
    LUNCH,
    every_day,
    place,
    problem,
    tenant,
    visit,
    worker,
)
from tests.scheduling.plans import at, plan


@dataclass(frozen=True)
class HardCase:
    """`good` and `bad` are plans for `problem`; `lifted` is a problem in which `bad` is fine.

    `lifted` is None where no problem makes it so: nothing allows to place a visit twice.
    """

    name: str
    problem: Problem
    good: Plan
    bad: Plan
    lifted: Problem | None


def case(
    name: str,
    given: Problem,
    *,
    good: tuple[Placement, ...],
    bad: tuple[Placement, ...],
    lifted: Problem,
) -> HardCase:
    return HardCase(name, given, plan(given, *good), plan(given, *bad), lifted)


def team(**more: Any) -> Problem:
    """Two workers, one tenant, one visit; `more` replaces whole fields."""
    defaults: dict[str, Any] = {
        "workers": (worker("w1"), worker("w2")),
        "tenants": (tenant("t1"),),
        "visits": (visit("v1"),),
    }
    return problem(**(defaults | more))


def with_worker(**more: Any) -> Problem:
    return team(workers=(worker("w1", **more), worker("w2")))


def with_tenant(**more: Any) -> Problem:
    return team(tenants=(tenant("t1", **more),))


def with_visit(**more: Any) -> Problem:
    return team(visits=(visit("v1", **more),))


def two_visits(first: dict[str, Any] | None = None, **more: Any) -> Problem:
    """Visits v1 and v2 of two tenants in one house."""
    tenants = (tenant("t1"), tenant("t2"))
    visits = (visit("v1", **(first or {})), visit("v2", **({"tenant": "t2"} | (first or {}))))
    return team(**({"tenants": tenants, "visits": visits} | more))


def same_tenant(first: dict[str, Any], second: dict[str, Any], **more: Any) -> Problem:
    """Visits v1 and v2 of one tenant."""
    return team(visits=(visit("v1", **first), visit("v2", **second)), **more)


PLAIN = team()
PAIR = with_visit(seats=(Seat(), Seat()))
V1, V1_TUESDAY = at("v1", "w1"), at("v1", "w1", day=1)
V1_OTHER, V1_BOTH = at("v1", "w2"), at("v1", "w1", "w2")


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
        case("worker", PLAIN, good=(V1,), bad=(at("v1", "w9"),), lifted=known),
        case("day", PLAIN, good=(V1,), bad=(at("v1", "w1", day=5),), lifted=week),
        case("visit", PLAIN, good=(V1,), bad=(V1, at("v9", "w2", day=2)), lifted=more),
        HardCase("left out", PLAIN, plan(PLAIN, V1), left_out, more),
        HardCase("start", PLAIN, plan(PLAIN, V1), plan(PLAIN, no_number), None),
    ]


def once_cases() -> list[HardCase]:
    nothing = Plan(problem="")
    both = replace(plan(PLAIN), placements=(V1,))
    twice = replace(plan(PLAIN, V1), placements=(V1, V1_TUESDAY))
    without = team(visits=())
    good = plan(PLAIN, V1)
    return [
        HardCase("forgotten", PLAIN, good, nothing, without),
        HardCase("both", PLAIN, good, both, None),
        HardCase("twice", PLAIN, good, twice, None),
    ]


def seats_cases() -> list[HardCase]:
    nurse = Seat(disciplines=("nurse",))
    trained = Seat(skills=("injection",))
    workers = (worker("w1"), worker("w2", discipline="nurse", skills=("injection",)))
    return [
        case("one short", PAIR, good=(V1_BOTH,), bad=(V1,), lifted=PLAIN),
        case("one too many", PLAIN, good=(V1,), bad=(V1_BOTH,), lifted=PAIR),
        case(
            "discipline",
            team(workers=workers, visits=(visit("v1", seats=(nurse,)),)),
            good=(V1_OTHER,),
            bad=(V1,),
            lifted=team(workers=workers),
        ),
        case(
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
        case("single", escorted, good=(V1_OTHER,), bad=(V1,), lifted=PLAIN),
        case(
            "two who may not",
            replace(escorted, workers=third, visits=pair),
            good=(V1_BOTH,),
            bad=(at("v1", "w1", "w3"),),
            lifted=replace(escorted, workers=(*PLAIN.workers, third[-1]), visits=pair),
        ),
        case(
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
        case("tenant", with_tenant(excluded=("w1",)), good=(V1_OTHER,), bad=(V1,), lifted=PLAIN),
        case("place", team(places=closed), good=(V1_OTHER,), bad=(V1,), lifted=PLAIN),
        case(
            "end place",
            replace(with_visit(end_place="office"), places=office),
            good=(V1_OTHER,),
            bad=(V1,),
            lifted=replace(PLAIN, places=office),
        ),
        case("dogs", dogs, good=(V1_OTHER,), bad=(V1,), lifted=replace(dogs, visits=PLAIN.visits)),
    ]


def gender_cases() -> list[HardCase]:
    workers = (worker("w1", gender="f"), worker("w2", gender="m"))
    hard = (tenant("t1", gender="m", gender_hard=True),)
    soft = (tenant("t1", gender="m"),)
    pair = PAIR.visits
    return [
        case(
            "single",
            team(workers=workers, tenants=hard),
            good=(V1_OTHER,),
            bad=(V1,),
            lifted=team(workers=workers, tenants=soft),
        ),
        case(
            "each of a pair",
            team(workers=(*workers, worker("w3", gender="m")), tenants=hard, visits=pair),
            good=(at("v1", "w2", "w3"),),
            bad=(V1_BOTH,),
            lifted=team(workers=workers, tenants=soft, visits=pair),
        ),
    ]


def shift_cases() -> list[HardCase]:
    monday_off = every_day((540, 1020))[1:]
    away = ((Interval(0, 1440),), (), (), (), ())
    noon = ((Interval(615, 640),), (), (), (), ())
    return [
        case(
            "no shift",
            with_worker(shifts=((), *monday_off)),
            good=(V1_TUESDAY,),
            bad=(V1,),
            lifted=PLAIN,
        ),
        case("absent", with_worker(absences=away), good=(V1_TUESDAY,), bad=(V1,), lifted=PLAIN),
        case(
            "absence inside",
            with_worker(absences=noon),
            good=(at("v1", "w1", start=700),),
            bad=(V1,),
            lifted=PLAIN,
        ),
    ]


def travel_cases() -> list[HardCase]:
    busy = with_worker(busy=(Busy(day=0, start=660, end=690),))
    apart = two_visits(
        places=(*PLAIN.places, place("far", north=60)),
        tenants=(tenant("t1"), tenant("t2", place="far")),
    )
    abut = (V1, at("v2", "w1", start=630))
    return [
        case(
            "between stops",
            apart,
            good=(V1, at("v2", "w1", start=665)),
            bad=abut,
            lifted=two_visits(),
        ),
        case(
            "from the base",
            with_worker(),
            good=(at("v1", "w1", start=550),),
            bad=(at("v1", "w1", start=545),),
            lifted=with_worker(shifts=every_day((535, 1020))),
        ),
        case(
            "back to the base",
            PLAIN,
            good=(at("v1", "w1", start=980),),
            bad=(at("v1", "w1", start=985),),
            lifted=with_worker(shifts=every_day((540, 1025))),
        ),
        case(
            "to a meeting",
            busy,
            good=(at("v1", "w1", start=620),),
            bad=(at("v1", "w1", start=625),),
            lifted=PLAIN,
        ),
    ]


def lunch_cases() -> list[HardCase]:
    long = team(visits=(visit("v1", minutes=180),), lunch=LUNCH)
    noon = at("v1", "w1", start=680)
    until_780, until_800 = every_day((540, 780)), every_day((540, 800))
    return [
        case(
            "a long visit over noon",
            long,
            good=(at("v1", "w1", start=755),),
            bad=(noon,),
            lifted=replace(long, lunch=None),
        ),
        case(
            "none is due in a lane until 13:00",
            replace(long, workers=(worker("w1", shifts=until_800),)),
            good=(at("v1", "w1", start=550),),
            bad=(at("v1", "w1", start=590),),
            lifted=replace(long, workers=(worker("w1", shifts=until_780),)),
        ),
    ]


def window_cases() -> list[HardCase]:
    late = every_day((780, 1020))
    halves = every_day((540, 615), (615, 1020))
    return [
        case(
            "tenant's",
            with_tenant(windows=late),
            good=(at("v1", "w1", start=780),),
            bad=(V1,),
            lifted=with_tenant(windows=halves),
        ),
        case(
            "visit's own",
            with_visit(windows=late),
            good=(at("v1", "w1", start=780),),
            bad=(V1,),
            lifted=with_visit(windows=halves),
        ),
        case(
            "arranged by a person",
            replace(with_tenant(windows=late), pins=(Pin(visit="v1", day=0),)),
            good=(at("v1", "w1", start=780),),
            bad=(V1,),
            lifted=replace(with_tenant(windows=late), pins=(Pin(visit="v1", day=0, start=600),)),
        ),
        case(
            "an appointment from outside",
            with_tenant(windows=late),
            good=(at("v1", "w1", start=780),),
            bad=(V1,),
            lifted=replace(with_tenant(windows=late), visits=with_visit(fixed=Slot(0, 600)).visits),
        ),
    ]


def fixed_cases() -> list[HardCase]:
    return [
        case(
            "slot",
            with_visit(fixed=Slot(0, 600)),
            good=(V1,),
            bad=(at("v1", "w1", start=605),),
            lifted=PLAIN,
        ),
        case("day", with_visit(fixed_day=1), good=(V1_TUESDAY,), bad=(V1,), lifted=PLAIN),
    ]


def past_cases() -> list[HardCase]:
    now = team(now=660)
    pinned = replace(now, pins=(Pin(visit="v1", day=0, start=600),))
    return [
        case("before now", now, good=(at("v1", "w1", start=660),), bad=(V1,), lifted=PLAIN),
        case("a pin keeps it", now, good=(V1_TUESDAY,), bad=(V1,), lifted=pinned),
    ]


def limit_cases() -> list[HardCase]:
    one_a_day = (worker("w1", max_visits=1), worker("w2"))
    both = (V1, at("v2", "w1", start=630))
    return [
        case(
            "two on one day",
            two_visits(workers=one_a_day),
            good=(V1, at("v2", "w1", day=1)),
            bad=both,
            lifted=two_visits(workers=(worker("w1", max_visits=2), worker("w2"))),
        ),
        case(
            "exempt visits",
            two_visits(workers=one_a_day),
            good=(V1, at("v2", "w2")),
            bad=both,
            lifted=two_visits({"exempt_from_limits": True}, workers=one_a_day),
        ),
    ]


def visiting_cases() -> list[HardCase]:
    return [
        case(
            "an hour a week",
            two_visits(workers=(worker("w1", visiting_limit=55), worker("w2"))),
            good=(V1, at("v2", "w2", day=1)),
            bad=(V1, at("v2", "w1", day=1)),
            lifted=two_visits(workers=(worker("w1", visiting_limit=60), worker("w2"))),
        )
    ]


def spacing_cases() -> list[HardCase]:
    next_day, third_day = at("v2", "w1", day=1), at("v2", "w1", day=2)
    seen_sunday = with_tenant(last_contact=-1)
    return [
        case(
            "gap of the later visit",
            same_tenant({}, {"gap_days": 2}),
            good=(V1, third_day),
            bad=(V1, next_day),
            lifted=same_tenant({}, {}),
        ),
        case(
            "gap of the earlier visit",
            same_tenant({"gap_days": 2}, {"gap_days": 0}),
            good=(V1, third_day),
            bad=(V1, next_day),
            lifted=same_tenant({"gap_days": 2, "exempt_from_spacing": True}, {}),
        ),
        case(
            "two a day",
            same_tenant({"gap_days": 1}, {"gap_days": 0}),
            good=(V1, next_day),
            bad=(V1, at("v2", "w1", start=700)),
            lifted=same_tenant({"gap_days": 0}, {"gap_days": 0}),
        ),
        case(
            "since the last contact",
            replace(seen_sunday, visits=(visit("v1", gap_days=2),)),
            good=(V1_TUESDAY,),
            bad=(V1,),
            lifted=seen_sunday,
        ),
    ]


def overlap_cases() -> list[HardCase]:
    free: dict[str, Any] = {"gap_days": 0}
    at_once = at("v2", "w2", start=615)
    return [
        case(
            "two at once",
            same_tenant(free, free),
            good=(V1, at("v2", "w2", start=630)),
            bad=(V1, at_once),
            lifted=two_visits(),
        )
    ]


def distinct_cases() -> list[HardCase]:
    shy = two_visits(
        tenants=(tenant("t1", max_distinct=1, seen=("w1",)),),
        visits=(visit("v1"), visit("v2")),
    )
    return [
        case(
            "one face more",
            shy,
            good=(V1, at("v2", "w1", day=1)),
            bad=(V1, at("v2", "w2", day=1)),
            lifted=replace(shy, tenants=(tenant("t1", max_distinct=2, seen=("w1",)),)),
        ),
        case(
            "known faces may come back",
            with_tenant(max_distinct=1, seen=("w1", "w7")),
            good=(V1,),
            bad=(V1_OTHER,),
            lifted=with_tenant(max_distinct=1, seen=("w2", "w7")),
        ),
    ]


def reserve_cases() -> list[HardCase]:
    # two workers of 480 minutes, half an hour of visit and twice ten minutes on the way: 910 left
    meeting = (worker("w1"), worker("w2", busy=(Busy(day=0, start=540, end=600),)))
    return [
        case(
            "to the minute",
            team(reserve=(911, 910, 0, 0, 0)),
            good=(V1_TUESDAY,),
            bad=(V1,),
            lifted=team(reserve=(910, 0, 0, 0, 0)),
        ),
        case(
            "meetings and lunch are not free",
            team(reserve=(791,) + (790,) * 4, workers=meeting, lunch=LUNCH),
            good=(V1_TUESDAY,),
            bad=(V1,),
            lifted=team(reserve=(790,) * 5, workers=meeting, lunch=LUNCH),
        ),
    ]


def resource_cases() -> list[HardCase]:
    def cars(count: int) -> Problem:
        car = (Resource(code="car", count=count),)
        return two_visits({"resources": ("car",)}, resources=car)

    return [
        case(
            "one car",
            cars(1),
            good=(V1, at("v2", "w2", start=630)),
            bad=(V1, at("v2", "w2", start=625)),
            lifted=cars(2),
        ),
        case(
            "no car",
            cars(0),
            good=(),
            bad=(V1,),
            lifted=cars(1),
        ),
    ]


def pin_cases() -> list[HardCase]:
    def pinned(**holds: Any) -> Problem:
        return replace(PLAIN, pins=(Pin(visit="v1", **holds),))

    return [
        case("day", pinned(day=1), good=(V1_TUESDAY,), bad=(V1,), lifted=PLAIN),
        case(
            "start",
            pinned(start=660),
            good=(at("v1", "w1", start=660),),
            bad=(V1,),
            lifted=pinned(start=600),
        ),
        case("workers", pinned(workers=("w1",)), good=(V1,), bad=(V1_OTHER,), lifted=PLAIN),
        case("left out is no breach", pinned(day=1), good=(), bad=(V1,), lifted=pinned(day=0)),
    ]


def grid_cases() -> list[HardCase]:
    bad = (at("v1", "w1", start=602),)
    return [case("two past", PLAIN, good=(V1,), bad=bad, lifted=replace(PLAIN, grid=1))]


HARD_CASES: Mapping[str, list[HardCase]] = {
    "unknown": unknown_cases(),
    "once": once_cases(),
    "grid": grid_cases(),
    "seats": seats_cases(),
    "alone": alone_cases(),
    "exclusion": exclusion_cases(),
    "gender": gender_cases(),
    "shift": shift_cases(),
    "travel": travel_cases(),
    "lunch": lunch_cases(),
    "window": window_cases(),
    "fixed": fixed_cases(),
    "past": past_cases(),
    "limit": limit_cases(),
    "visiting": visiting_cases(),
    "spacing": spacing_cases(),
    "overlap": overlap_cases(),
    "distinct": distinct_cases(),
    "reserve": reserve_cases(),
    "resource": resource_cases(),
    "pin": pin_cases(),
}
