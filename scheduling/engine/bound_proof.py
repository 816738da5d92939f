"""Closing the gap: all rounds that a cheaper plan could walk, and CP-SAT over them.

At the prices of the best bound, a round that costs more than the gap above its lane's cheapest is
in no plan that costs less than the known one. The others are all listed; the relaxation over them
in whole numbers is bounded by CP-SAT. If they are too many, only those within half the gap are
listed, and the bound can rise by no more than that (reduced-cost enumeration; Baldacci,
Christofides and Mingozzi 2008). CP-SAT is trusted with a bound here, never with a plan.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduling.engine.bound import Relaxed
from scheduling.engine.bound_prices import SCALE
from scheduling.engine.bound_rows import Round, Rows

MOST_ROUNDS = 4_000
HALVINGS = 2
POLL = 0.05


@dataclass(frozen=True, slots=True)
class Listed:
    """Every round that a plan below `below` points could walk."""

    below: int
    rounds: list[Round]


def list_rounds(work: Relaxed, *, upper: int, should_stop: Callable[[], bool]) -> Listed | None:
    """The rounds of all plans cheaper than `upper`, or than less where they are too many."""
    assert work.best is not None
    if any(terms for lane in work.rows.timed for terms in lane):
        return None  # rounds of the same calls differ by their starts: not listed
    gap = upper * SCALE - work.best
    for halving in range(HALVINGS):
        below = -(-(work.best + (gap >> halving)) // SCALE)
        slack = below * SCALE - SCALE - work.best
        if slack < 0:
            return None
        rounds = _within(work, slack, should_stop)
        if rounds is not None:
            return Listed(below, rounds)
        if should_stop():
            return None
    return None


def _within(work: Relaxed, slack: int, should_stop: Callable[[], bool]) -> list[Round] | None:
    found: list[Round] = []
    for lane in range(len(work.rows.views)):
        if should_stop():
            return None
        rounds = work.pricer.all_rounds(lane, work.prices, slack + work.least[lane])
        if rounds is None or len(found) + len(rounds) > MOST_ROUNDS:
            return None
        found += rounds
    return found


def close(work: Relaxed, listed: Listed, *, effort: int, should_stop: Callable[[], bool]) -> int:
    """A bound: what CP-SAT says of the listed rounds, `listed.below` at most.

    `effort` in hundredths of deterministic seconds.
    """
    model = _model(work.rows, listed)
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.max_deterministic_time = effort / 100
    parameters.linearization_level = 2
    parameters.cp_model_probing_level = 0
    parameters.symmetry_level = 0
    found: list[cp_model.CpSolverStatus] = []
    thread = threading.Thread(target=lambda: found.append(solver.solve(model)), daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(POLL)
        if thread.is_alive() and should_stop():
            solver.stop_search()
    if not found:
        return 0
    if found[0] == cp_model.INFEASIBLE:
        return listed.below
    if found[0] in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
        bound = round(solver.best_objective_bound + 0.5 - 1e-6)  # costs are whole
        return min(listed.below, bound + work.rows.constant)
    return 0


def _model(rows: Rows, listed: Listed) -> cp_model.CpModel:
    """The rows in whole numbers, for plans that cost less than `listed.below`."""
    model = cp_model.CpModel()
    terms: list[list[tuple[int, cp_model.IntVar]]] = [[] for _ in rows.low]
    cost: list[tuple[int, cp_model.IntVar]] = []
    for column in listed.rounds:
        x = model.new_bool_var("")
        cost.append((column.cost, x))
        for row, coefficient in rows.terms(column).items():
            terms[row].append((coefficient, x))
    for price, most, stands in rows.helpers:
        helper = model.new_int_var(0, most, "")
        cost.append((price, helper))
        for row, coefficient in stands:
            terms[row].append((coefficient, helper))
    for row, (low, high) in enumerate(zip(rows.low, rows.high, strict=True)):
        total = sum(a * x for a, x in terms[row])
        if low is not None and low == high:
            model.add(total == low)
            continue
        if low is not None:
            model.add(total >= low)
        if high is not None:
            model.add(total <= high)
    objective = sum(a * x for a, x in cost)
    model.add(objective <= listed.below - 1 - rows.constant)
    model.minimize(objective)
    return model
