"""The judge as a whole: deterministic, indifferent to order, never surprised, never fooled."""

import random
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduling.check import check
from scheduling.plan import Plan, Unplaced
from scheduling.problem import Placement, Problem
from tests.scheduling.factories import problem, problems, random_problem, tenant, visit, worker
from tests.scheduling.plans import at, clean_plan, plan, random_plan
from tests.scheduling.shuffling import shuffled

SEEDS = st.integers(0, 10_000)
FAST = settings(max_examples=60, deadline=None)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])

codes = st.sampled_from(["v0", "v1", "v2", "w0", "w1", "t0", "", "a name", "v0 ", "é", "-1"])
anything: st.SearchStrategy[Any] = st.one_of(
    codes,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.lists(codes, max_size=2),
    st.builds(dict),
)
garbage = st.builds(
    Placement,
    visit=st.one_of(codes, anything),
    day=st.one_of(st.integers(-2, 8), anything),
    start=st.one_of(st.integers(-60, 1500), anything),
    workers=st.one_of(st.lists(codes, max_size=3).map(tuple), anything),
)
garbage_plans = st.builds(
    Plan,
    problem=st.just(""),
    placements=st.lists(garbage, max_size=6).map(tuple),
    unplaced=st.lists(st.builds(Unplaced, visit=anything, reasons=st.just(())), max_size=3).map(
        tuple
    ),
)


@FAST
@given(problems(), garbage_plans)
def test_no_plan_makes_the_judge_raise(given_problem: Problem, wild: Plan) -> None:
    for breach in check(given_problem, wild):
        assert "a name" not in str(breach.sentence)
        assert "é" not in str(breach.sentence)
        assert "%(" not in str(breach.sentence)


@FAST
@given(problems(), SEEDS, SEEDS)
def test_order_of_the_input_does_not_matter(asked: Problem, seed: int, order: int) -> None:
    wild = random_plan(asked, seed)
    mixed = replace(wild, placements=tuple(reversed(wild.placements)))
    assert check(shuffled(asked, random.Random(order)), mixed) == check(asked, wild)


@SLOW
@given(SEEDS)
def test_changes_to_a_clean_plan_are_caught(seed: int) -> None:
    asked = random_problem(seed, workers=4, tenants=6, visits=10)
    clean = clean_plan(asked, seed)
    assert check(asked, clean) == ()
    for one in clean.placements:
        others = [p for p in clean.placements if p is not one]
        stranger = replace(one, workers=("nobody", *one.workers[1:]))
        for rule, placements in {
            "grid": (*others, replace(one, start=one.start + 1)),
            "unknown": (*others, stranger),
            "seats": (*others, replace(one, workers=(*one.workers, one.workers[0]))),
            "shift": (*others, replace(one, start=1200)),
            "once": (*clean.placements, one),
        }.items():
            broken = replace(clean, placements=placements)
            assert rule in {breach.rule for breach in check(asked, broken)}
    for left_out in clean.unplaced:
        rest = tuple(u for u in clean.unplaced if u is not left_out)
        [breach] = check(asked, replace(clean, unplaced=rest))
        assert (breach.rule, breach.visits) == ("once", (left_out.visit,))


@SLOW
@given(SEEDS)
def test_leaving_out_breaks_nothing(seed: int) -> None:
    """All rules are limits from above: a part of a clean plan is clean."""
    asked = random_problem(seed, workers=4, tenants=6, visits=10)
    clean = clean_plan(asked, seed)
    rng = random.Random(seed)
    kept = [p for p in clean.placements if rng.random() < 0.6]
    assert check(asked, plan(asked, *kept)) == ()


def test_breaches_name_all_who_have_a_part() -> None:
    asked = problem(
        workers=(worker("w1", max_visits=1),),
        tenants=(tenant("t1"), tenant("t2")),
        visits=(visit("v1"), visit("v2", tenant="t2")),
    )
    [breach] = check(asked, plan(asked, at("v1", "w1"), at("v2", "w1", start=700)))
    assert breach.visits == ("v1", "v2")
    assert breach.workers == ("w1",)
    assert breach.day == 0
    assert str(breach.sentence) == "w1 has too many visits on Monday (visits: 2, allowed: 1)."
    assert breach.sentence.values["limit"] == 1


def test_a_plan_may_be_judged_before_the_search_has_named_the_problem() -> None:
    asked = problem(workers=(worker("w1"),), tenants=(tenant("t1"),), visits=(visit("v1"),))
    assert check(asked, plan(asked, at("v1", "w1"))) == ()
