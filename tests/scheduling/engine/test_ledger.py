"""The cost kept move by move is what the judge says, and a removal leaves no trace."""

import random
from dataclasses import replace

import pytest

from scheduling.engine import layout as at
from scheduling.problem import Matrix, Mode, ModeMinutes, Problem
from tests.scheduling.engine.drafts import (
    constructed,
    empty_of,
    facts,
    judged,
    noisy_move,
    shaken,
)
from tests.scheduling.factories import (
    every_day,
    place,
    problem,
    random_problem,
    tenant,
    visit,
    worker,
)
from tests.scheduling.plans import at as at_place
from tests.scheduling.random_problems import random_week


def busy_week(seed: int) -> Problem:
    """A random week with visits and somebody who could go."""
    return random_week(seed, workers=4, tenants=5, visits=12)


@pytest.mark.parametrize("seed", range(60))
def test_the_first_plan_is_clean_and_priced_as_the_judge_prices_it(seed: int) -> None:
    draft = constructed(busy_week(seed))
    assert draft.cost == judged(draft)


@pytest.mark.parametrize("seed", range(80))
def test_after_every_move_the_cost_is_the_judges(seed: int) -> None:
    draft, rng = empty_of(busy_week(seed)), random.Random(seed)
    assert draft.cost == judged(draft)
    if not draft.c.visits:
        return
    for done in shaken(draft, rng, 40):
        assert draft.cost == judged(draft), done


@pytest.mark.parametrize("seed", range(80))
def test_taking_out_undoes_placing(seed: int) -> None:
    draft, rng = constructed(busy_week(seed)), random.Random(seed)
    for v in draft.left_out():
        before = facts(draft)
        move = noisy_move(draft, v, rng.choice((0, 31)))
        assert facts(draft) == before
        if move is not None:
            draft.place(v, move)
            assert facts(draft) != before
            assert draft.remove(v)
            assert facts(draft) == before


@pytest.mark.parametrize("seed", range(60))
def test_the_counts_are_those_of_the_same_rounds_counted_from_nothing(seed: int) -> None:
    week = busy_week(seed)
    draft, rng = constructed(week), random.Random(seed)
    if draft.c.visits:
        for _ in shaken(draft, rng, 60):
            pass
    fresh = empty_of(week)
    assert fresh.fill(draft.rounds(), draft.crews())
    assert facts(fresh) == facts(draft)


@pytest.mark.parametrize("seed", range(60))
def test_a_move_costs_what_it_said(seed: int) -> None:
    """But for the largest lateness of the plan, which moves do not look at."""
    week = busy_week(seed)
    week = replace(week, weights=replace(week.weights, largest_lateness=0))
    draft, rng = constructed(week), random.Random(seed)
    for _ in range(60 if draft.c.visits else 0):
        v = rng.randrange(len(draft.c.visits))
        if not draft.is_out(v):
            draft.remove(v)
            continue
        move = noisy_move(draft, v, rng.choice((0, 3, 31)))
        if move is not None:
            before = draft.cost
            draft.place(v, move)
            assert draft.cost == before + move.cost - draft.c.visits[v].unplaced


def test_a_removal_that_leaves_too_long_a_way_is_refused_and_changes_nothing() -> None:
    """From the first to the third is far, but by way of the second it is not."""
    codes = ("base", "p0", "p1", "p2")
    far = {("p0", "p2")}
    minutes = tuple(
        tuple(0 if a == b else 200 if (a, b) in far else 10 for b in codes) for a in codes
    )
    week = problem(
        days=1,
        places=tuple(place(code) for code in codes),
        matrix=Matrix(places=codes, tables=(ModeMinutes(mode=Mode.BIKE, minutes=minutes),)),
        workers=(worker("w1", shifts=every_day((540, 780), days=1)),),
        tenants=tuple(
            tenant(f"t{i}", place=f"p{i}", windows=every_day((540, 780), days=1)) for i in range(3)
        ),
        visits=tuple(visit(f"v{i}", tenant=f"t{i}") for i in range(3)),
    )
    draft = empty_of(week)
    for v in range(3):
        assert draft.keep(v, at_place(f"v{v}", "w1", start=570 + 40 * v))
    before = facts(draft)
    assert not draft.remove(1)
    assert facts(draft) == before
    assert draft.remove(0)
    assert draft.remove(1)
    assert draft.cost == judged(draft)


def test_a_copy_does_not_share_its_plan() -> None:
    draft = constructed(random_problem(3, workers=5, visits=20))
    before = facts(draft)
    twin = draft.copy()
    for v in range(len(twin.c.visits)):
        if not twin.is_out(v):
            twin.remove(v)
    assert twin.cost != draft.cost
    assert facts(draft) == before


def test_the_weeks_here_use_every_rule_that_is_counted() -> None:
    """Otherwise the tests above would compare nothing with nothing."""
    met = set()
    for seed in range(80):
        t = empty_of(busy_week(seed)).t
        prices = ("LIMIT_PRICE", "VISITING_PRICE", "RESERVE_PRICE", "DISTINCT_PRICE")
        met |= {name for name in prices if t[getattr(at, name)] > 0}
        met |= {f"hard {name}" for name in prices if t[getattr(at, name)] == at.HARD}
        met |= {"spacing"} if t[at.SPACING_PRICE] > 0 else set()
        met |= {"lateness"} if t[at.LATEST_WEIGHT] else set()
        met |= {"waiting"} if t[at.WAIT_WEIGHT] else set()
        met |= {"reserve"} if t[at.TIED] else set()
        met |= {"resources"} if t[at.SHARED] > 2 else set()
    assert len(met) == 13
