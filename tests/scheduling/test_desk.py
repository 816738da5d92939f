"""What a move breaks, shifts and costs is what the judge says of the changed plan, to the point."""

import random
from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.check import Breach, check
from scheduling.desk import Desk, Shift, price
from scheduling.engine.effort import Budget
from scheduling.engine.improve import Cycle
from scheduling.engine.solve import solve
from scheduling.plan import Plan
from scheduling.problem import Lunch, Pin, Problem, Seat
from scheduling.score import score
from tests.scheduling.factories import place, problem, problems, tenant, visit, worker
from tests.scheduling.plans import at, plan, random_placement, random_plan
from tests.scheduling.random_problems import random_week

SHORT = Budget(starts=(Cycle(20),), cycles=(Cycle(20),), rounds=0, master=5)


def told(breaches: tuple[Breach, ...]) -> Counter[str]:
    return Counter(f"{breach.rule}: {breach.sentence}" for breach in breaches)


def same_as_the_judge(week: Problem, made: Plan, seed: int, *, most: int = 3) -> None:
    """Random moves, several at once, some taken out: difference of check and score."""
    desk, rng = Desk(week, made), random.Random(seed)
    before, cost = told(check(week, made)), score(week, made)
    for _ in range(4):
        moved = rng.sample(week.visits, min(len(week.visits), rng.randint(1, most)))
        out = {v.code for v in moved if rng.random() < 0.2}
        moves = [random_placement(week, v, rng) for v in moved if v.code not in out]
        answer = desk.price(*moves, without=out)
        after = desk.changed(answer)
        assert {p.visit: p for p in after.placements}.items() >= {m.visit: m for m in moves}.items()
        now, then = told(check(week, after)), score(week, after)
        assert told(answer.breaks) == now - before
        assert told(answer.difference.mends) == before - now
        assert answer.cost == then.total - cost.total
        assert answer.difference.costs == {
            rule: then.costs[rule] - cost.costs[rule]
            for rule in then.costs
            if then.costs[rule] != cost.costs[rule]
        }
        for shift in answer.shifts:
            assert shift.visit not in out | {m.visit for m in moves}
            assert shift.after != shift.before
            placed = next(p for p in after.placements if p.visit == shift.visit)
            assert (placed.day, placed.start) == (shift.day, shift.after)


@given(problems(), st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_a_price_is_the_judges_of_solved_weeks(week: Problem, seed: int) -> None:
    same_as_the_judge(week, solve(week, budget=SHORT), seed)


@given(problems(), st.integers(0, 1000))
@settings(max_examples=25, deadline=None)
def test_a_price_is_the_judges_of_hopeless_plans(week: Problem, seed: int) -> None:
    same_as_the_judge(week, random_plan(week, seed), seed)


@given(st.integers(0, 3000))
@settings(max_examples=40, deadline=None)
def test_a_price_is_the_judges_with_every_field(seed: int) -> None:
    week = random_week(seed)
    same_as_the_judge(week, solve(week, budget=SHORT), seed)


def two_homes(**more: object) -> Problem:
    """One worker and two tenants next door to each other, five minutes apart."""
    return problem(
        places=(place("base"), place("home", north=10), place("other", north=10, east=1)),
        workers=(worker("w1"), worker("w2")),
        tenants=(tenant("t1"), tenant("t2", place="other"), tenant("t3")),
        visits=(visit("v1"), visit("v2", tenant="t2"), visit("v3", tenant="t3")),
        **more,
    )


def test_the_next_stop_slides_just_as_far_as_it_must() -> None:
    week = two_homes()
    made = plan(week, at("v1", "w1", start=600), at("v2", "w1", start=660))
    answer = Desk(week, made).price(at("v3", "w1", start=630))
    assert answer.works
    assert answer.shifts == (Shift("v2", 0, 660, 665),)
    assert answer.cost == -2000  # the way is that of the others


def test_what_can_stay_stays() -> None:
    week = two_homes()
    made = plan(week, at("v1", "w1", start=600), at("v2", "w1", start=800))
    answer = Desk(week, made).price(at("v3", "w1", start=700))
    assert answer.works
    assert answer.shifts == ()


def test_what_can_stay_stays_whenever_lunch_could_be() -> None:
    """Lunch fits before the first stop, between, and after: none of them pushes it on."""
    week = two_homes(lunch=Lunch(start=690, end=840, minutes=30))
    made = plan(week, at("v1", "w1", start=600))
    answer = Desk(week, made).price(at("v3", "w1", start=840))
    assert answer.works
    assert answer.shifts == ()


def test_a_stop_before_slides_back_to_let_another_in() -> None:
    week = two_homes()
    made = plan(week, at("v1", "w1", start=600), at("v2", "w1", start=660))
    answer = Desk(week, made).price(at("v3", "w1", start=660))
    assert answer.works
    assert answer.shifts == (Shift("v2", 0, 660, 695),)


def test_a_pinned_stop_does_not_slide_and_the_judge_says_so() -> None:
    week = two_homes(pins=(Pin(visit="v2", day=0, start=660, workers=("w1",)),))
    made = plan(week, at("v1", "w1", start=600), at("v2", "w1", start=660))
    answer = Desk(week, made).price(at("v3", "w1", start=650))
    assert answer.shifts == ()
    assert [breach.rule for breach in answer.breaks] == ["travel"]


def test_two_visits_change_places_at_once() -> None:
    week = two_homes()
    made = plan(week, at("v1", "w1", start=600), at("v2", "w2", start=600))
    desk = Desk(week, made)
    alone = desk.price(at("v1", "w2", start=600))
    assert alone.shifts
    swap = desk.price(at("v1", "w2", start=600), at("v2", "w1", start=600))
    assert swap.works
    assert swap.shifts == ()
    assert swap.cost == 0


def test_one_question_in_one_call() -> None:
    seats = (Seat(), Seat())
    week = replace(two_homes(), visits=(visit("v1", seats=seats),))
    answer = price(week, plan(week), "v1", day=0, start=600, workers=("w1", "w1"))
    assert [breach.rule for breach in answer.breaks] == ["seats"]
    answer = price(week, plan(week), "v1", day=0, start=600, workers=("w1", "w2"))
    assert answer.works
    assert answer.difference.costs["unplaced"] == -2000


def test_the_plan_on_the_desk_stays_as_it_is() -> None:
    week = two_homes()
    made = plan(week, at("v1", "w1", start=600), at("v2", "w1", start=660))
    desk = Desk(week, made)
    first = desk.price(at("v3", "w1", start=630))
    assert desk.price(at("v3", "w1", start=630)) == first
    assert desk.breaches == ()
    assert desk.cost == score(week, made).total
