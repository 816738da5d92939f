"""Pool and master: the model prices a known plan to the unit, and never makes a plan worse."""

import threading
from dataclasses import replace

import pytest
from ortools.sat.python import cp_model

from scheduling.engine import layout as at
from scheduling.engine.draft import Draft
from scheduling.engine.gauge import Gauge
from scheduling.engine.improve import Cycle
from scheduling.engine.master import run_master
from scheduling.engine.master_rows import Master
from scheduling.engine.pool import SETS, WAYS, mix, new_pool, read_pool, remember
from scheduling.engine.recombine import build_master
from scheduling.engine.search import Search
from scheduling.plan import MasterStatus
from scheduling.problem import Problem
from tests.scheduling.engine.drafts import constructed, empty_of, facts, judged
from tests.scheduling.factories import random_problem
from tests.scheduling.random_problems import random_week

SEEDS = (*range(32), 135, 248, 395)
"""In the last ones what was before the week has filled a cap or a reserve already."""


def searched(week: Problem, iterations: int = 120) -> tuple[Search, Draft]:
    """A search that has met some rounds, and the best plan it found."""
    search = Search(empty_of(week))
    best = search.improve(search.first(), Cycle(iterations), lambda _: False)
    return search, best


def week_of(seed: int) -> Problem:
    """A random week with visits."""
    return random_week(seed, workers=5, tenants=7, visits=14)


def master_of(search: Search, best: Draft) -> Master:
    master = build_master(best, search.gauge, *search.remembered())
    assert master is not None
    return master


@pytest.mark.parametrize("seed", SEEDS)
def test_with_all_variables_at_their_hints_the_objective_is_the_plans_cost(seed: int) -> None:
    search, best = searched(week_of(seed))
    model = master_of(search, best).model
    proto = model.proto
    hints = dict(zip(proto.solution_hint.vars, proto.solution_hint.values, strict=True))
    free = {i for i, one in enumerate(proto.variables) if one.domain[0] < one.domain[-1]}
    assert free <= hints.keys(), "the hint is not complete"
    for index, value in hints.items():
        model.add(model.get_int_var_from_proto_index(index) == value)
    solver = cp_model.CpSolver()
    assert solver.solve(model) == cp_model.OPTIMAL
    assert round(solver.objective_value) == best.cost


@pytest.mark.parametrize("seed", SEEDS)
def test_what_it_finds_is_clean_priced_anew_and_never_dearer(seed: int) -> None:
    search, best = searched(week_of(seed))
    master = master_of(search, best)
    solver, status, stopped = run_master(master, seed=1, effort=50, should_stop=lambda: False)
    assert status in (MasterStatus.OPTIMAL, MasterStatus.FEASIBLE)
    assert not stopped
    found = master.draft(search.empty, solver)
    assert found is not None
    assert found.cost == judged(found)
    assert found.cost <= best.cost


def test_it_composes_rounds_of_different_plans() -> None:
    """Two plans, each with a good half: the master takes both halves."""
    better = 0
    for seed in SEEDS:
        search, _ = searched(random_problem(seed, workers=6, tenants=10, visits=26), 400)
        weak = search.first()
        master = build_master(weak, search.gauge, *search.remembered())
        assert master is not None
        solver, _, _ = run_master(master, seed=1, effort=200, should_stop=lambda: False)
        found = master.draft(search.empty, solver)
        assert found is not None
        assert found.cost <= weak.cost
        better += found.cost < weak.cost
    assert better > len(SEEDS) // 2


def test_it_stops_when_asked() -> None:
    search, best = searched(random_problem(3, workers=6, tenants=10, visits=26), 400)
    asked: list[bool] = []

    def should_stop() -> bool:
        asked.append(True)
        return True

    alive = threading.active_count()
    run_master(master_of(search, best), seed=1, effort=100_000, should_stop=should_stop)
    assert threading.active_count() == alive
    assert len(asked) <= 1


@pytest.mark.parametrize("seed", SEEDS)
def test_rounds_and_crews_weigh_what_the_plan_pays_for_them(seed: int) -> None:
    """Without what couples rounds, a plan's cost is the sum over its rounds and crews."""
    bare = dict.fromkeys(
        ("rotation", "overload", "largest_lateness", "limit", "visiting", "reserve", "distinct"), 0
    )
    week = week_of(seed)
    soft = {name: None for name in bare if getattr(week.weights, name) is None}
    weights = replace(week.weights, **(bare | soft | {"spacing": None}))
    draft = constructed(replace(week, weights=weights))
    gauge = Gauge(draft.tools)
    rounds = [gauge.round(one) for one in draft.rounds()]
    total = sum(one.cost for one in rounds if one) + sum(gauge.crew(one) for one in draft.crews())
    assert None not in rounds
    left_out = sum(draft.c.visits[v].unplaced for v in draft.left_out())
    assert total + left_out == draft.cost


def test_the_pool_remembers_each_round_once_with_its_cheapest_plan() -> None:
    draft = constructed(random_problem(5, workers=5, tenants=9, visits=24))
    pool = new_pool(draft.t)
    remember(draft.t, draft.s, pool)
    rounds, crews = read_pool(draft.t, pool)
    assert [one for _, one in rounds] == sorted(draft.rounds())
    assert [crew for _, crew in crews] == sorted(draft.crews())
    assert {cost for cost, _ in (*rounds, *crews)} == {draft.cost}
    cheaper = draft.copy()
    cheaper.s[at.COST] -= 10
    remember(draft.t, cheaper.s, pool)
    again, _ = read_pool(draft.t, pool)
    assert again == [(cost - 10, one) for cost, one in rounds]
    remember(draft.t, draft.s, pool)
    assert read_pool(draft.t, pool)[0] == again


def test_the_pool_forgets_plans_far_from_the_best() -> None:
    draft = constructed(random_problem(5, workers=5, tenants=9, visits=24))
    pool = new_pool(draft.t)
    best = draft.copy()
    best.s[at.COST] -= 1_000_000
    remember(draft.t, best.s, pool)
    kept = read_pool(draft.t, pool)
    v = next(v for v in range(len(draft.c.visits)) if not draft.is_out(v))
    assert draft.remove(v)
    remember(draft.t, draft.s, pool)
    assert read_pool(draft.t, pool) == kept


def test_hashes_are_spread_over_the_sets() -> None:
    counts = [0] * SETS
    for lane in range(64):
        for stop in range(64):
            counts[mix(mix(mix(1, lane), stop), 1) % SETS] += 1
    assert max(counts) <= 6 * WAYS


def test_a_plan_rebuilt_from_its_rounds_is_the_same_plan() -> None:
    for seed in SEEDS:
        search, best = searched(week_of(seed), 40)
        fresh = search.empty.copy()
        assert fresh.fill(best.rounds(), best.crews())
        assert facts(fresh) == facts(best)
