"""The master: its model prices a known plan to the unit, and it never makes a plan worse."""

import threading
from dataclasses import replace

import pytest
from ortools.sat.python import cp_model

from scheduling.check import check
from scheduling.engine.construct import construct
from scheduling.engine.improve import Cycle, improve
from scheduling.engine.master import run_master
from scheduling.engine.pool import Pool
from scheduling.engine.recombine import build_master
from scheduling.engine.rng import Rng
from scheduling.engine.solve import empty_state, placements_of
from scheduling.engine.state import State
from scheduling.instances import canonical
from scheduling.plan import MasterStatus
from scheduling.weights import Weights
from tests.scheduling.factories import random_problem
from tests.scheduling.plans import plan


def searched(seed: int, *, iterations: int = 150) -> tuple[State, Pool]:
    week = random_problem(seed, workers=6, tenants=10, visits=26)
    if seed % 2:
        week = replace(week, weights=Weights(waiting=1, overload=3, change_cancelled=10))
    state, pool = empty_state(canonical(week)), Pool()
    construct(state)
    best, _, _ = improve(
        state, Rng(seed), cycles=(Cycle(iterations),), watch=lambda *_: False, keep=pool.keep
    )
    return best, pool


@pytest.mark.parametrize("seed", range(10))
def test_with_all_variables_at_their_hints_the_objective_is_the_plans_cost(seed: int) -> None:
    best, pool = searched(seed)
    model = build_master(best, pool).model
    proto = model.proto
    hints = dict(zip(proto.solution_hint.vars, proto.solution_hint.values, strict=True))
    assert len(hints) == len(proto.variables), "the hint is not complete"
    for index, value in hints.items():
        model.add(model.get_int_var_from_proto_index(index) == value)
    solver = cp_model.CpSolver()
    status = solver.solve(model)
    assert status == cp_model.OPTIMAL
    assert round(solver.objective_value) == best.cost


@pytest.mark.parametrize("seed", range(6))
def test_what_it_finds_is_clean_and_never_dearer(seed: int) -> None:
    best, pool = searched(seed)
    master = build_master(best, pool)
    solver, status, stopped = run_master(master, seed=1, effort=50, should_stop=lambda: False)
    assert status in (MasterStatus.OPTIMAL, MasterStatus.FEASIBLE)
    assert not stopped
    found = master.state(empty_state(best.c.problem), solver)
    assert found.cost <= best.cost
    assert found.cost <= round(solver.objective_value)
    assert check(best.c.problem, plan(best.c.problem, *placements_of(found))) == ()


def test_it_stops_when_asked() -> None:
    best, pool = searched(3, iterations=400)
    asked: list[bool] = []

    def should_stop() -> bool:
        asked.append(True)
        return True

    alive = threading.active_count()
    run_master(build_master(best, pool), seed=1, effort=100_000, should_stop=should_stop)
    assert threading.active_count() == alive
    assert len(asked) <= 1
