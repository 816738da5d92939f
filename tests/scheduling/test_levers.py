"""For each rule a week in which it alone keeps a visit out: the lever is found, judged, priced."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.check import check
from scheduling.desk import Desk
from scheduling.engine.effort import Budget
from scheduling.engine.improve import Cycle
from scheduling.engine.solve import solve
from scheduling.explain import why_not
from scheduling.giving_way import gives_way, near_miss
from scheduling.levers import Lever, levers
from scheduling.plan import Plan
from scheduling.problem import (
    Lunch,
    Pin,
    Placement,
    Priority,
    Problem,
    Resource,
    Seat,
    Slot,
    Visit,
)
from scheduling.relaxing import Relaxed
from scheduling.score import score
from scheduling.why_here import Other, why_here
from tests.scheduling.factories import every_day, place, problem, problems, tenant, visit, worker
from tests.scheduling.plans import at, plan
from tests.scheduling.random_problems import random_week

SHORT = Budget(starts=(Cycle(20),), cycles=(Cycle(20),), rounds=0, master=5)
ONE_DAY = {"days": 1}
DAY = every_day((540, 1020), days=1)


def one_day(*visits: Visit, **more: object) -> Problem:
    """One worker on one day; tenants t1 (asked about) and t2."""
    defaults: dict[str, object] = {
        "workers": (worker("w1", shifts=DAY),),
        "tenants": (tenant("t1", windows=DAY), tenant("t2", windows=DAY)),
    }
    return problem(days=1, visits=visits, **(defaults | more))


def here(**more: object) -> tuple[object, ...]:
    return (tenant("t1", **{"windows": DAY, **more}), tenant("t2", windows=DAY))


OTHER = visit("v2", tenant="t2", minutes=60)

CASES: dict[Relaxed, tuple[Problem, tuple[Placement, ...]]] = {
    Relaxed.WINDOW: (
        one_day(
            visit("v1"),
            OTHER,
            tenants=here(windows=every_day((600, 640), days=1)),
            pins=(Pin(visit="v2", day=0, start=600),),
        ),
        (at("v2", "w1", start=600),),
    ),
    Relaxed.DAY: (
        problem(
            days=2,
            workers=(worker("w1", shifts=((), *every_day((540, 1020), days=1))),),
            tenants=(tenant("t1", windows=every_day((540, 1020), days=2)),),
            visits=(visit("v1", fixed_day=0),),
        ),
        (),
    ),
    Relaxed.APPOINTMENT: (
        one_day(visit("v1", fixed=Slot(0, 600)), visit("v2", tenant="t2", fixed=Slot(0, 600))),
        (at("v2", "w1", start=600),),
    ),
    Relaxed.PIN: (
        one_day(
            visit("v1"),
            visit("v2", tenant="t2", fixed=Slot(0, 600)),
            pins=(Pin(visit="v1", start=610),),
        ),
        (at("v2", "w1", start=600),),
    ),
    Relaxed.SPACING: (
        one_day(visit("v1", gap_days=1), visit("v2")),
        (at("v2", "w1", start=600),),
    ),
    Relaxed.LIMIT: (
        one_day(visit("v1"), OTHER, workers=(worker("w1", shifts=DAY, max_visits=1),)),
        (at("v2", "w1", start=600),),
    ),
    Relaxed.HOURS: (
        one_day(visit("v1"), OTHER, workers=(worker("w1", shifts=DAY, visiting_limit=70),)),
        (at("v2", "w1", start=600),),
    ),
    Relaxed.OVERTIME: (
        one_day(
            visit("v1", minutes=60),
            OTHER,
            workers=(worker("w1", shifts=every_day((540, 660), days=1)),),
        ),
        (at("v2", "w1", start=550),),
    ),
    Relaxed.LUNCH: (
        one_day(
            visit("v1", fixed=Slot(0, 700), minutes=110),
            lunch=Lunch(start=700, end=800, minutes=30),
        ),
        (),
    ),
    Relaxed.ROLE: (one_day(visit("v1", seats=(Seat(disciplines=("nurse",)),))), ()),
    Relaxed.SKILL: (one_day(visit("v1", seats=(Seat(skills=("injection",)),))), ()),
    Relaxed.GENDER: (
        one_day(
            visit("v1"),
            workers=(worker("w1", shifts=DAY, gender="m"),),
            tenants=here(gender="f", gender_hard=True),
        ),
        (),
    ),
    Relaxed.FEWER: (one_day(visit("v1", seats=(Seat(), Seat()))), ()),
    Relaxed.DISTINCT: (
        one_day(visit("v1"), tenants=here(max_distinct=1, seen=("w9",))),
        (),
    ),
    Relaxed.RESERVE: (one_day(visit("v1"), reserve=(440,)), ()),
    Relaxed.RESOURCE: (
        one_day(
            visit("v1", fixed=Slot(0, 600), resources=("car",)),
            visit("v2", tenant="t2", fixed=Slot(0, 600), resources=("car",)),
            workers=(worker("w1", shifts=DAY), worker("w2", shifts=DAY)),
            resources=(Resource(code="car", count=1),),
        ),
        (at("v2", "w2", start=600),),
    ),
}


def lever(found: tuple[Lever, ...], relaxed: Relaxed) -> Lever:
    (one,) = [lever for lever in found if lever.relaxed is relaxed]
    return one


@pytest.mark.parametrize("relaxed", CASES, ids=str)
def test_each_rule_has_its_lever(relaxed: Relaxed) -> None:
    week, placements = CASES[relaxed]
    made = plan(week, *placements)
    assert not check(week, made)
    desk = Desk(week, made)
    found = levers(desk, "v1")
    one = lever(found, relaxed)
    assert Relaxed.NOTHING not in {lever.relaxed for lever in found}
    assert one.placement.visit == "v1"
    assert one.answer.difference.costs["unplaced"] == -2000
    # the plan as it would be: the judge says of it what the lever says
    after = desk.changed(one.answer)
    assert [str(b.sentence) for b in check(week, after)] == [str(b.sentence) for b in one.breaks]
    assert one.breaks


def test_every_lever_has_a_case() -> None:
    assert set(Relaxed) - set(CASES) == {Relaxed.NOTHING}


def test_overtime_says_how_long() -> None:
    week, placements = CASES[Relaxed.OVERTIME]
    one = lever(levers(Desk(week, plan(week, *placements)), "v1"), Relaxed.OVERTIME)
    assert (one.placement.start, one.minutes) == (550, 20)


def test_no_overtime_into_an_absence() -> None:
    week, placements = CASES[Relaxed.OVERTIME]
    away = replace(week.workers[0], shifts=DAY, absences=every_day((660, 1020), days=1))
    week = replace(week, workers=(away,))
    found = levers(Desk(week, plan(week, *placements)), "v1")
    assert Relaxed.OVERTIME not in {one.relaxed for one in found}


def test_who_is_excluded_stays_excluded() -> None:
    week = one_day(visit("v1"), tenants=here(excluded=("w1",)))
    assert levers(Desk(week, plan(week)), "v1") == ()
    week = one_day(visit("v1"), places=(place("base"), place("home", north=9, excluded=("w1",))))
    assert levers(Desk(week, plan(week)), "v1") == ()


def test_room_at_a_price_is_said_to_be_that() -> None:
    week = one_day(visit("v1", priority=Priority.WANT))
    week = replace(week, weights=replace(week.weights, unplaced_want=5, travel=1))
    found = levers(Desk(week, plan(week)), "v1")
    one = lever(found, Relaxed.NOTHING)
    assert one.breaks == ()
    assert one.cost == 20 - 5


def test_a_visit_of_lower_priority_gives_way_and_goes_elsewhere() -> None:
    week = problem(
        days=2,
        workers=(worker("w1", shifts=every_day((540, 640), days=2)),),
        tenants=(
            tenant("t1", windows=every_day((540, 1020), days=2)),
            tenant("t2", windows=every_day((540, 1020), days=2)),
        ),
        visits=(visit("v1", minutes=60, fixed_day=0), visit("v2", tenant="t2", minutes=60)),
    )
    desk = Desk(week, plan(week, at("v2", "w1", start=550)))
    (one,) = gives_way(desk, "v1")
    assert (one.visit, one.placement.day) == ("v2", 0)
    assert one.elsewhere is not None
    assert one.elsewhere.day == 1
    assert one.cost == 20 - 2000  # one more way there and back
    assert check(week, desk.changed(one.answer)) == ()
    assert one.cost == score(week, desk.changed(one.answer)).total - desk.cost


def test_nobody_of_higher_priority_and_no_pin_gives_way() -> None:
    short = (worker("w1", shifts=every_day((540, 640), days=1)),)
    asked = visit("v1", minutes=60)
    want, must = Priority.WANT, Priority.MUST
    for other, pins, expected in (
        (want, (), ["v2"]),
        (must, (), []),
        (want, (Pin(visit="v2", day=0, start=550),), []),
    ):
        low = visit("v2", tenant="t2", minutes=60, priority=other)
        week = one_day(asked, low, workers=short, pins=pins)
        desk = Desk(week, plan(week, at("v2", "w1", start=550)))
        found = gives_way(desk, "v1")
        assert [one.visit for one in found] == expected
        assert all(one.elsewhere is None for one in found)


def test_two_who_just_miss_each_other() -> None:
    seats = (Seat(), Seat())
    team = (
        worker("w1", shifts=every_day((540, 720), days=1)),
        worker("w2", shifts=every_day((700, 900), days=1)),
    )
    week = one_day(visit("v1", seats=seats), workers=team)
    miss = near_miss(Desk(week, plan(week)), "v1")
    assert miss is not None
    # w1 can begin until 11:20, w2 from 11:50
    assert (miss.workers, miss.minutes) == (("w1", "w2"), 30)
    assert miss.starts == ((550, 680), (710, 860))
    week = one_day(visit("v1", seats=seats), workers=(team[0], worker("w2", shifts=DAY)))
    assert near_miss(Desk(week, plan(week)), "v1") is None


def test_why_this_worker_and_this_time() -> None:
    week = problem(
        days=2,
        workers=(
            worker("w1", shifts=every_day((540, 1020), days=2)),
            worker("w2", shifts=every_day((540, 1020), days=2)),
        ),
        tenants=(tenant("t1", primary="w1", windows=every_day((540, 1020), days=2)),),
        visits=(visit("v1"),),
    )
    desk = Desk(week, plan(week, at("v1", "w1", start=550)))
    found = why_here(desk, "v1")
    assert [one.other for one in found] == [Other.WORKER, Other.DAY, Other.TIME]
    other, day, time = found
    assert (other.placement.workers, other.answer.difference.costs) == (
        ("w2",),
        {"not_primary": 30},
    )
    assert (day.placement.day, day.placement.workers, day.cost) == (1, ("w1",), 0)
    assert (time.placement.day, time.placement.start, time.cost) == (0, 585, 0)


def test_everything_about_a_visit_left_out() -> None:
    week, placements = CASES[Relaxed.LIMIT]
    desk = Desk(week, plan(week, *placements))
    why = why_not(desk, "v1")
    assert why.reasons[-1].code == "visits"
    assert why.levers[0].relaxed is Relaxed.LIMIT
    assert [one.visit for one in why.gives_way] == ["v2"]
    with pytest.raises(ValueError, match="v2 is not left out"):
        why_not(desk, "v2")


def facts_hold(week: Problem, made: Plan) -> None:
    """Whatever is said of a plan is so: levers break their own rule alone, others nothing."""
    desk = Desk(week, made)
    for code in desk.left_out():
        why = why_not(desk, code)
        for one in why.levers:
            assert one.cost == one.answer.difference.cost
            placed = {p.visit for p in one.answer.placements}
            assert placed == {*desk.placements, code}
            if one.relaxed is Relaxed.NOTHING:
                assert check(week, desk.changed(one.answer)) == desk.breaches
        for way in why.gives_way:
            assert check(week, desk.changed(way.answer)) == ()
            assert way.cost == score(week, desk.changed(way.answer)).total - desk.cost
    for code in desk.placements:
        for other in why_here(desk, code):
            assert check(week, desk.changed(other.answer)) == ()
            assert other.cost == score(week, desk.changed(other.answer)).total - desk.cost


@given(problems())
@settings(max_examples=15, deadline=None)
def test_facts_hold_in_random_weeks(week: Problem) -> None:
    facts_hold(week, solve(week, budget=SHORT))


@given(st.integers(0, 3000))
@settings(max_examples=25, deadline=None)
def test_facts_hold_with_every_field(seed: int) -> None:
    week = random_week(seed)
    facts_hold(week, solve(week, budget=SHORT))
