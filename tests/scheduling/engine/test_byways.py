"""What is reached only by way of another visit is planned, and the static chain knows of it."""

import random
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scheduling.check import check
from scheduling.engine.byways import with_byways
from scheduling.engine.compile import compile_problem
from scheduling.engine.proof import lower_bound
from scheduling.engine.solve import solve
from scheduling.instances import canonical, validated
from scheduling.plan import Effort, Plan, ReasonCode
from scheduling.problem import Matrix, Mode, ModeMinutes, Place, Problem
from scheduling.score import score
from tests.scheduling.engine.test_bound import crowded, value_at
from tests.scheduling.factories import problem, tenant, visit, worker
from tests.scheduling.plans import clean_plan

CODES = ("base", "far", "near")


def beyond(*, near: bool) -> Problem:
    """Far is five hours from the base, 20 minutes from near, which is 20 minutes from the base."""
    minutes = ((0, 300, 20), (300, 0, 20), (20, 20, 0))
    tenants = [tenant("t-far", place="far")] + [tenant("t-near", place="near")] * near
    visits = [visit("v-far", tenant="t-far")] + [visit("v-near", tenant="t-near")] * near
    asked = problem(
        places=tuple(Place(code=code, lat=50_850_000, lon=4_350_000) for code in CODES),
        matrix=Matrix(places=CODES, tables=(ModeMinutes(mode=Mode.BIKE, minutes=minutes),)),
        workers=(worker("w1"),),
        tenants=tuple(tenants),
        visits=tuple(visits),
    )
    return canonical(validated(asked))


def crooked(seed: int) -> Problem:
    """A small random week in which a detour is often shorter than the way itself."""
    asked, dice = crowded(seed), random.Random(seed)
    codes = tuple(place.code for place in asked.places)
    tables = tuple(
        ModeMinutes(
            mode=mode,
            minutes=tuple(
                tuple(0 if a == b else dice.choice([5, 10, 20, 240, 400]) for b in codes)
                for a in codes
            ),
        )
        for mode in sorted({one.mode for one in asked.workers})
    )
    return canonical(validated(replace(asked, matrix=Matrix(places=codes, tables=tables))))


def test_reached_only_by_way_of_another_visit() -> None:
    asked = beyond(near=True)
    plan = solve(asked, effort=Effort.QUICK)
    assert plan.unplaced == ()
    assert not check(asked, plan)
    assert plan.alone == 0
    bound = lower_bound(compile_problem(asked), upper=plan.cost).value
    assert bound is not None
    assert bound <= plan.cost


def test_reached_by_nobody_without_it() -> None:
    plan = solve(beyond(near=False), effort=Effort.QUICK)
    (left,) = plan.unplaced
    assert left.reasons[-1].code is ReasonCode.TRAVEL
    assert left.reasons[-1].left == 0


def test_where_no_detour_is_shorter_nothing_is_copied() -> None:
    tables = compile_problem(problem(workers=(worker("w1"),))).tables
    assert with_byways(tables) is tables


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
@example(14)
@example(40)
@example(86)
def test_the_chain_leaves_every_choice_of_every_plan(seed: int) -> None:
    asked = crooked(seed)
    plan = clean_plan(asked, seed)
    c = compile_problem(asked)
    visits = {one.code: one for one in c.visits}
    numbers = {one.code: w for w, one in enumerate(c.workers)}
    for placed in plan.placements:
        lanes = visits[placed.visit].lanes[placed.day]
        who = {c.lanes[lane].worker for lane in lanes}
        assert {numbers[code] for code in placed.workers} <= who


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_the_bound_holds_where_detours_are_shorter(seed: int) -> None:
    asked = crooked(seed)
    plan: Plan = clean_plan(asked, seed)
    assert value_at(asked, plan) == pytest.approx(score(asked, plan).total)
    bound = lower_bound(compile_problem(asked)).value
    assert bound is not None
    assert bound <= solve(asked, effort=Effort.QUICK).cost
