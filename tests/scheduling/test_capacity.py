"""Advice about more people and hours is what the altered weeks really bring."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.capacity import capacity, half_days, more_hours
from scheduling.desk import Desk
from scheduling.engine.effort import Budget
from scheduling.engine.improve import Cycle
from scheduling.engine.solve import solve
from scheduling.problem import Seat, Slot
from tests.scheduling.factories import every_day, problem, tenant, visit, worker
from tests.scheduling.plans import at, plan
from tests.scheduling.random_problems import random_week

SHORT = Budget(starts=(Cycle(20),), cycles=(Cycle(20),), rounds=0, master=5)
NURSE = (Seat(disciplines=("nurse",)),)


def test_the_half_day_that_places_most_comes_first() -> None:
    social = every_day((540, 1020), days=2)
    week = problem(
        days=2,
        workers=(
            worker("w1", discipline="nurse", shifts=((), *every_day((540, 600), days=1))),
            worker("w2", shifts=social),
        ),
        tenants=tuple(tenant(f"t{i}", windows=every_day((540, 1020), days=2)) for i in range(3)),
        visits=(
            visit("v0", tenant="t0", seats=NURSE, fixed=Slot(0, 800)),
            visit("v1", tenant="t1", seats=NURSE, fixed=Slot(0, 900)),
            visit("v2", tenant="t2", seats=NURSE, fixed=Slot(1, 600)),
        ),
    )
    found = half_days(Desk(week, plan(week)))
    assert {one.discipline for one in found} == {"nurse"}
    assert [(one.day, one.start, one.placed) for one in found] == [(0, 780, 2), (1, 540, 1)]
    # an afternoon: two visits at 2000 points for one round of 20 minutes
    assert found[0].saved == 2 * 2000 - 20


def test_no_half_day_helps_a_week_without_waiting_visits_and_wishes() -> None:
    week = problem(workers=(worker("w1"),), tenants=(tenant("t1"),), visits=(visit("v1"),))
    advice = capacity(Desk(week, plan(week, at("v1", "w1", start=550))))
    assert (advice.waiting, advice.half_days) == (0, ())
    assert (advice.hours.placed, advice.hours.saved) == (0, 0)


def test_an_hour_more_each_day_places_what_did_not_fit() -> None:
    days = every_day((540, 620), days=2)
    people = tuple(tenant(f"t{i}", windows=every_day((540, 1020), days=2)) for i in range(4))
    week = problem(
        days=2,
        workers=(worker("w1", shifts=days, visiting_limit=120),),
        tenants=people,
        visits=tuple(visit(f"v{i}", tenant=f"t{i}", minutes=60) for i in range(4)),
    )
    made = plan(week, at("v0", "w1", start=550), at("v1", "w1", day=1, start=550))
    hours = more_hours(Desk(week, made))
    # two lanes of 80 minutes become 140, the week's limit 240: two visits a day
    assert (hours.minutes, hours.placed, hours.saved) == (120, 2, 4000)
    assert hours.placed_per_hour == 1.0
    tight = replace(week, workers=(replace(week.workers[0], visiting_limit=120),))
    assert more_hours(Desk(tight, made)).placed == 2


@given(st.integers(0, 3000))
@settings(max_examples=15, deadline=None)
def test_advice_is_repeatable_whatever_the_week(seed: int) -> None:
    week = random_week(seed)
    desk = Desk(week, solve(week, budget=SHORT))
    advice = capacity(desk)
    assert advice == capacity(desk)
    assert all(half.placed > 0 or half.saved > 0 for half in advice.half_days)
    assert advice.waiting == len(desk.left_out())
