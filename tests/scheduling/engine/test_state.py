"""The cost kept move by move equals a fresh count, and what the judge says."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings

from scheduling.check import check
from scheduling.engine.construct import construct
from scheduling.engine.improve import Cycle, improve
from scheduling.engine.options import best_move
from scheduling.engine.pool import crews_of
from scheduling.engine.rng import Rng
from scheduling.engine.solve import empty_state, placements_of
from scheduling.engine.state import OUT, State
from scheduling.instances import canonical
from scheduling.plan import Plan
from scheduling.problem import Matrix, ModeMinutes, Problem
from scheduling.score import score
from scheduling.weights import Weights
from tests.scheduling.factories import problems, random_problem
from tests.scheduling.plans import plan


def plan_of(state: State) -> Plan:
    return plan(state.c.problem, *placements_of(state))


def rebuilt(state: State) -> State:
    """The same rounds, counted from nothing."""
    rounds = [(r.lane.number, r.tokens) for r in state.routes if r.visits]
    crews = {crew[0]: crew[3] for crew in crews_of(state)}
    return State.of_rounds(empty_state(state.c.problem), rounds, crews)


@given(problems())
@settings(max_examples=60, deadline=None)
def test_construction_is_clean_and_priced_as_the_judge_prices_it(week: Problem) -> None:
    state = empty_state(canonical(week))
    construct(state)
    made = plan_of(state)
    assert check(week, made) == ()
    assert state.cost == score(week, made).total


@pytest.mark.parametrize("seed", range(12))
def test_moves_and_removals_keep_every_count(seed: int) -> None:
    week = random_problem(seed, workers=5, tenants=8, visits=25)
    if seed % 3 == 0:
        week = replace(week, weights=Weights(waiting=2, change_cancelled=25, overload=3))
    state = empty_state(canonical(week))
    construct(state)
    rng = random.Random(seed)
    for _ in range(120):
        v = rng.randrange(len(state.c.visits))
        if state.day[v] == OUT:
            move = best_move(state, v)
            if move is not None:
                before = state.cost
                state.place(v, move)
                assert state.cost == before + move.cost - state.c.visits[v].unplaced
        else:
            assert state.remove(v)
    fresh = rebuilt(state)
    for name in ("cost", "load", "count", "used", "mask", "day", "crew"):
        assert getattr(state, name) == getattr(fresh, name), name
    assert [sorted(r) for r in state.taken] == [sorted(r) for r in fresh.taken]
    assert check(week, plan_of(state)) == ()
    assert state.cost == score(week, plan_of(state)).total


def test_a_copy_does_not_share_its_plan() -> None:
    state = empty_state(canonical(random_problem(3, workers=5, visits=20)))
    construct(state)
    cost, placements = state.cost, placements_of(state)
    twin = state.copy()
    for v, day in enumerate(twin.day):
        if day != OUT:
            twin.remove(v)
    assert twin.cost != cost
    assert (state.cost, placements_of(state)) == (cost, placements)


def test_improving_never_returns_a_worse_state_and_counts_its_iterations() -> None:
    state = empty_state(canonical(random_problem(5, workers=5, tenants=9, visits=24)))
    construct(state)
    seen: list[int] = []

    def watch(done: int, best: State) -> bool:
        seen.append(best.cost)
        return done == 150

    cycles = (Cycle(100), Cycle(100))
    best, done, finished = improve(state, Rng(1), cycles=cycles, watch=watch, keep=lambda _: None)
    assert (done, finished) == (150, False)
    assert best.cost == seen[-1] <= state.cost
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("seed", range(8))
def test_odd_matrices_are_survived(seed: int) -> None:
    """Asymmetric minutes in which a detour may be shorter than the way: removals may be refused."""
    rng = random.Random(seed)
    week = random_problem(seed, workers=5, tenants=8, visits=22)
    codes = tuple(p.code for p in week.places)
    tables = tuple(
        ModeMinutes(
            mode=mode,
            minutes=tuple(
                tuple(0 if a == b else 5 * rng.choice([1, 2, 3, 30]) for b in codes) for a in codes
            ),
        )
        for mode in sorted({w.mode for w in week.workers})
    )
    week = replace(week, matrix=Matrix(places=codes, tables=tables))
    state = empty_state(canonical(week))
    construct(state)
    best, _, _ = improve(
        state, Rng(seed), cycles=(Cycle(80),), watch=lambda *_: False, keep=lambda _: None
    )
    assert check(week, plan_of(best)) == ()
    assert best.cost == score(week, plan_of(best)).total
