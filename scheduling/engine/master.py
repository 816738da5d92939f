"""Runs CP-SAT on a master model so that it can be stopped at once and repeated to the bit."""

import threading
from collections.abc import Callable

from ortools.sat.python import cp_model

from scheduling.engine.master_rows import Master
from scheduling.plan import MasterStatus

POLL = 0.05
STATUS = {
    cp_model.OPTIMAL: MasterStatus.OPTIMAL,
    cp_model.FEASIBLE: MasterStatus.FEASIBLE,
}


def run_master(
    master: Master,
    *,
    seed: int,
    effort: int,
    should_stop: Callable[[], bool],
    seconds: float | None = None,
) -> tuple[cp_model.CpSolver, MasterStatus, bool]:
    """(solver with its solution, status, whether it was stopped).

    `effort` is in hundredths of CP-SAT's deterministic seconds; with `seconds` the clock ends it,
    too. The solve runs in a second thread, since signal handlers only run in the main thread and
    must be able to make `should_stop` true meanwhile.
    """
    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.num_workers = 1
    parameters.random_seed = seed % (1 << 31)
    parameters.max_deterministic_time = effort / 100
    if seconds is not None:
        parameters.max_time_in_seconds = seconds
    parameters.linearization_level = 2
    parameters.cp_model_probing_level = 0
    parameters.symmetry_level = 0
    parameters.max_presolve_iterations = 1
    found: list[cp_model.CpSolverStatus] = []
    thread = threading.Thread(target=lambda: found.append(solver.solve(master.model)), daemon=True)
    thread.start()
    stopped = False
    while thread.is_alive():
        thread.join(POLL)
        if not stopped and thread.is_alive() and should_stop():
            stopped = True
            solver.stop_search()
    status = STATUS.get(found[0], MasterStatus.UNKNOWN) if found else MasterStatus.UNKNOWN
    return solver, status, stopped
