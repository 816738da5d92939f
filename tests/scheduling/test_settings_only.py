"""Neighbouring services as settings alone: each is a problem file's worth of data, planned whole.

No code of the planner knows any of them: what differs is kinds, seats, windows, weights, duties.
"""

from dataclasses import replace

from scheduling.check import check
from scheduling.engine.solve import solve
from scheduling.instances import dump_problem, load_problem
from scheduling.plan import Effort, Plan
from scheduling.presets import PRESETS, PresetName
from scheduling.problem import (
    Busy,
    Duty,
    Placement,
    Priority,
    Problem,
    Resource,
    Seat,
    Slot,
)
from scheduling.score import score
from scheduling.windows import Interval
from tests.scheduling.factories import every_day, place, problem, tenant, visit, worker

WHOLE_WEEK = 7
NURSE, SOCIAL, PSYCHIATRIST = Seat(disciplines=("nurse",)), Seat(disciplines=("social",)), "mental"


def planned(given: Problem) -> tuple[Plan, dict[str, Placement]]:
    """The plan of a problem that went through its file, judged and priced once more."""
    given = load_problem(dump_problem(given))
    plan = solve(given, effort=Effort.QUICK)
    assert check(given, plan) == ()
    assert plan.cost == score(given, plan).total
    return plan, {placement.visit: placement for placement in plan.placements}


def test_a_mobile_team_meets_people_where_they_sleep_on_seven_evenings() -> None:
    """Care in shelters, by two, in the evening; the van exists once; sessions for groups."""
    evenings = every_day((1020, 1320), days=WHOLE_WEEK)
    spots = tuple(place(f"shelter{n}", north=8 * n, east=-5 * n) for n in range(3))
    people = tuple(
        tenant(f"t{n}", place=f"shelter{n % 3}", windows=evenings, distinct=0) for n in range(5)
    )
    group = tenant("group", place="shelter0", windows=evenings)
    given = problem(
        days=WHOLE_WEEK,
        kind="mobile",
        policy="outreach",
        weights=PRESETS[PresetName.OUTREACH].weights,
        places=(place("base"), *spots),
        workers=(
            worker("w1", discipline="nurse", shifts=evenings, max_visits=3),
            worker("w2", shifts=evenings, max_visits=3),
            worker("w3", shifts=evenings, max_visits=3),
        ),
        tenants=(*people, group),
        visits=(
            *(
                visit(f"v{n}", tenant=f"t{n}", kind="outreach", seats=(NURSE, SOCIAL))
                for n in range(5)
            ),
            visit(
                "session",
                tenant="group",
                kind="group",
                minutes=90,
                fixed_day=3,
                resources=("van",),
                seats=(SOCIAL, SOCIAL),
            ),
            visit(
                "exchange",
                tenant="group",
                kind="needles",
                fixed_day=3,
                resources=("van",),
                gap_days=0,
            ),
        ),
        resources=(Resource(code="van", count=1),),
        reserve=(60,) * WHOLE_WEEK,
        duties=(Duty(code="phone", day=6, start=1020, end=1320, kind="phone", visits=True),),
    )
    given = replace(given, visits=tuple(replace(v, gap_days=0) for v in given.visits))
    plan, placed = planned(given)
    assert len(placed) == len(given.visits)
    assert all("w1" in placed[f"v{n}"].workers for n in range(5))
    assert placed["session"].day == placed["exchange"].day == 3
    assert len(plan.duties) == 1


def test_a_crisis_team_comes_daily_and_is_on_call_at_night() -> None:
    """A visit a day until lifted, must; whoever is on call in the night rests in the morning."""
    hours = every_day((540, 1020), days=WHOLE_WEEK)
    rested = (hours[0], (), *hours[2:])
    given = problem(
        days=WHOLE_WEEK,
        kind="crisis",
        policy="crisis",
        weights=PRESETS[PresetName.CRISIS].weights,
        workers=(
            worker("w1", discipline=PSYCHIATRIST, shifts=hours),
            worker("w2", shifts=rested),
        ),
        tenants=(tenant("t1", windows=hours, wanted=("w2",), max_distinct=2),),
        visits=tuple(
            visit(f"v{day}", priority=Priority.MUST, fixed_day=day, overdue_days=day)
            for day in range(WHOLE_WEEK)
        ),
        duties=(Duty(code="night", day=0, start=1320, end=1860, kind="on_call"),),
    )
    _, placed = planned(given)
    assert sorted(placement.day for placement in placed.values()) == list(range(WHOLE_WEEK))
    assert placed["v1"].workers == ("w1",)
    idle = replace(given, workers=(given.workers[0], replace(given.workers[1], shifts=((),) * 7)))
    plan, _ = planned(idle)
    assert [one.worker for one in plan.duties] == ["w2"]


def test_an_outpost_opens_as_the_other_closes_and_is_staffed_from_the_centre() -> None:
    """Opening hours are windows; the second begins when the first ends, so another pair goes."""
    thursday = 3

    def open_(start: int, end: int) -> tuple[tuple[Interval, ...], ...]:
        return tuple((Interval(start, end),) if day == thursday else () for day in range(5))

    long_day = every_day((540, 1320))
    given = problem(
        kind="outpost",
        policy="outpost",
        weights=PRESETS[PresetName.OUTPOST].weights,
        places=(place("base"), place("north", north=40), place("south", north=-40)),
        workers=tuple(
            worker(f"w{n}", discipline="nurse" if n % 2 else "social", shifts=long_day)
            for n in range(1, 5)
        ),
        tenants=(
            tenant("north", place="north", windows=open_(1020, 1140)),
            tenant("south", place="south", windows=open_(1140, 1230)),
        ),
        visits=(
            visit("north", tenant="north", kind="outpost", minutes=120, seats=(NURSE, SOCIAL)),
            visit("south", tenant="south", kind="outpost", minutes=90, seats=(NURSE, SOCIAL)),
        ),
    )
    _, placed = planned(given)
    assert (placed["north"].day, placed["north"].start) == (thursday, 1020)
    assert (placed["south"].day, placed["south"].start) == (thursday, 1140)
    assert not set(placed["north"].workers) & set(placed["south"].workers)


def test_a_supervision_is_a_visit_to_a_partner_by_the_same_supervisor() -> None:
    """Monthly, at a date agreed long ago, beside the supervisor's own team meeting."""
    given = problem(
        kind="support",
        policy="support",
        weights=PRESETS[PresetName.SUPPORT].weights,
        workers=(
            worker("w1", skills=("supervision",), busy=(Busy(day=1, start=540, end=630),)),
            worker("w2", skills=("supervision",)),
            worker("w3"),
        ),
        tenants=(
            tenant("partner1", primary="w1", backup=("w2",)),
            tenant("partner2", primary="w2", backup=("w1",)),
        ),
        visits=(
            visit(
                "s1",
                tenant="partner1",
                kind="supervision",
                minutes=120,
                fixed=Slot(1, 660),
                seats=(Seat(skills=("supervision",)),),
            ),
            visit(
                "s2",
                tenant="partner2",
                kind="supervision",
                minutes=120,
                fixed=Slot(1, 660),
                seats=(Seat(skills=("supervision",)),),
            ),
        ),
    )
    _, placed = planned(given)
    assert placed["s1"].workers == ("w1",)
    assert placed["s2"].workers == ("w2",)


def test_a_training_day_is_given_by_two_with_complementary_skills() -> None:
    """One who knows the field and a peer, in the room that exists once, twice in a week."""
    day = every_day((510, 1050))
    pair = (Seat(skills=("trainer",)), Seat(disciplines=("peer",), skills=("peer_training",)))
    given = problem(
        kind="support",
        policy="support",
        weights=PRESETS[PresetName.SUPPORT].weights,
        places=(place("base"), place("room", east=4)),
        workers=(
            worker("w1", skills=("trainer",), shifts=day),
            worker("w2", discipline="peer", skills=("peer_training",), shifts=day),
            worker("w3", discipline="peer", shifts=day),
        ),
        tenants=tuple(tenant(f"course{n}", place="room", windows=day) for n in (1, 2)),
        visits=tuple(
            visit(
                f"course{n}",
                tenant=f"course{n}",
                kind="training",
                minutes=360,
                priority=Priority.MUST,
                seats=pair,
                resources=("room",),
            )
            for n in (1, 2)
        ),
        resources=(Resource(code="room", count=1),),
    )
    _, placed = planned(given)
    assert {placement.workers for placement in placed.values()} == {("w1", "w2")}
    assert placed["course1"].day != placed["course2"].day
