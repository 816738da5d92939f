"""A week that keeps every hard rule while all of them bite, and changes that break each rule."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from scheduling.plan import Plan
from scheduling.problem import After, Busy, Pin, Problem, Resource, Seat, Slot
from scheduling.windows import Interval
from tests.scheduling.factories import LUNCH, every_day, place, problem, tenant, visit, worker
from tests.scheduling.plans import at, moved, plan
from tests.scheduling.rules.hard_duties import DUTY_MUTATIONS, WEEK_DUTIES, WEEK_STAFFED

NURSE, ANY = Seat(disciplines=("nurse",)), Seat()
MEETINGS = tuple(Busy(day=day, start=540, end=570) for day in range(5))
AFTERNOONS = every_day((780, 1020))


def week() -> Problem:
    """Five workers, seven tenants, ten visits."""
    return problem(
        lunch=LUNCH,
        now=600,
        places=(
            place("base"),
            place("home", north=10),
            place("north", north=40),
            place("office", east=10, excluded=("w2",)),
        ),
        workers=(
            worker("w1", busy=MEETINGS, gender="f", visiting_limit=175),
            worker("w2", busy=MEETINGS, discipline="nurse", gender="m"),
            worker("w3", busy=MEETINGS, may_go_alone=False, counts_as_second=False),
            worker("w4", busy=MEETINGS, gender="f", max_visits=1, no_dogs=True),
            worker("w5", absences=((), (Interval(0, 1440),), (), (), ())),
            worker("w6", shifts=((), (), (), (Interval(780, 1020),), ())),
        ),
        tenants=(
            tenant("t1", windows=AFTERNOONS, excluded=("w4",)),
            tenant("t2", place="north", gender="f", gender_hard=True),
            tenant("t3", max_distinct=1, seen=("w1",), last_contact=-2),
            tenant("t4"),
            tenant("t5"),
            tenant("t6"),
            tenant("t7"),
        ),
        visits=(
            visit("v1", tenant="t1", seats=(NURSE, ANY)),
            visit("v2", tenant="t2", dogs=True),
            visit("v3", tenant="t3", gap_days=3),
            visit("v4", tenant="t3", gap_days=2),
            visit("v5", tenant="t4", resources=("car",), minutes=150, gap_days=0),
            visit("v6", tenant="t5", resources=("car",), fixed=Slot(2, 600)),
            visit("v7", tenant="t4", end_place="office", gap_days=0),
            visit("v8", tenant="t6", fixed_day=3),
            visit("v9", tenant="t6"),
            visit("v10", tenant="t7", seats=(ANY, Seat(minutes=20, after=After(30, 60)))),
        ),
        resources=(Resource(code="car", count=1),),
        pins=(Pin(visit="v5", day=2, workers=("w5",)),),
        reserve=(1955, 0, 0, 0, 0),
        duties=WEEK_DUTIES,
    )


def clean(given: Problem) -> Plan:
    """Hand-made: no breach, one visit left out."""
    found = plan(
        given,
        at("v1", "w2", "w1", day=0, start=780),
        at("v2", "w1", day=0, start=900),
        at("v3", "w1", day=1, start=600),
        at("v4", "w1", day=4, start=600),
        at("v5", "w5", day=2, start=660),
        at("v6", "w4", day=2, start=600),
        at("v7", "w1", day=2, start=600),
        at("v8", "w2", day=3, start=750),
        at("v10", "w5", "w2", day=4, start=600, offsets=(0, 30)),
    )
    return replace(found, duties=WEEK_STAFFED)


Mutation = Callable[[Problem, Plan], Plan]


def to(visit: str, *workers: str, day: int, start: int, offsets: tuple[int, ...] = ()) -> Mutation:
    """Place one visit anew."""
    there = at(visit, *workers, day=day, start=start, offsets=offsets)
    return lambda given, old: moved(given, old, there)


def forget(_: Problem, old: Plan) -> Plan:
    """Drop the note that v9 is left out."""
    return replace(old, unplaced=())


def extra(given: Problem, old: Plan) -> Plan:
    """One visit more on the day whose reserve is just kept."""
    return moved(given, old, at("v9", "w5", day=0, start=600))


MUTATIONS: Mapping[str, list[Mutation]] = {
    "unknown": [
        to("v8", "w9", day=3, start=750),
        to("v8", "w2", day=9, start=750),
        to("v77", "w2", day=3, start=900),
    ],
    "once": [forget],
    "grid": [to("v8", "w2", day=3, start=751), to("v8", "w2", day=3, start=749)],
    "seats": [
        to("v1", "w2", day=0, start=780),
        to("v1", "w1", "w2", day=0, start=780),
        to("v1", "w2", "w2", day=0, start=780),
        to("v8", "w1", "w2", day=3, start=900),
    ],
    "after": [
        to("v1", "w2", "w1", day=0, start=780, offsets=(0, 5)),
        to("v1", "w2", "w1", day=0, start=780, offsets=(0, 0, 0)),
        to("v10", "w5", "w2", day=4, start=600, offsets=(0, 25)),
        to("v10", "w5", "w2", day=4, start=600),
    ],
    "alone": [to("v8", "w3", day=3, start=750), to("v1", "w2", "w3", day=0, start=780)],
    "exclusion": [
        to("v1", "w2", "w4", day=0, start=780),
        to("v2", "w4", day=0, start=900),
        to("v7", "w2", day=2, start=600),
    ],
    "gender": [to("v2", "w2", day=0, start=900), to("v2", "w3", day=0, start=900)],
    "shift": [to("v9", "w5", day=1, start=700), to("v9", "w2", day=1, start=1000)],
    "travel": [
        to("v2", "w1", day=0, start=815),
        to("v2", "w1", day=0, start=970),
        to("v9", "w2", day=1, start=575),
        to("v8", "w5", day=3, start=545),
    ],
    "lunch": [to("v5", "w5", day=2, start=665)],
    "window": [to("v1", "w2", "w1", day=0, start=660)],
    "fixed": [to("v6", "w4", day=2, start=605), to("v8", "w2", day=2, start=750)],
    "past": [to("v7", "w1", day=0, start=595)],
    "limit": [to("v8", "w4", day=2, start=800)],
    "visiting": [to("v5", "w1", day=2, start=780), to("v9", "w1", day=4, start=700)],
    "spacing": [
        to("v3", "w1", day=0, start=660),
        to("v4", "w1", day=2, start=700),
        to("v4", "w1", day=1, start=700),
        to("v9", "w2", day=3, start=900),
    ],
    "overlap": [to("v7", "w1", day=2, start=690)],
    "distinct": [to("v4", "w2", day=4, start=600)],
    "reserve": [extra],
    "resource": [to("v5", "w5", day=2, start=615)],
    "pin": [to("v5", "w1", day=2, start=660), to("v5", "w5", day=3, start=660)],
    **DUTY_MUTATIONS,
}
