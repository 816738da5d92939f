"""The whole run: compile, construct, improve, recombine, judge; repeatable to the byte."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduling.check import check
from scheduling.duties import staffed
from scheduling.engine.compile import compile_problem, visit_order, worker_order
from scheduling.engine.compiled import Compiled
from scheduling.engine.construct import construct, insert
from scheduling.engine.crew import CrewCosts
from scheduling.engine.effort import BUDGETS, Budget
from scheduling.engine.improve import Cycle, improve
from scheduling.engine.master import run_master
from scheduling.engine.pool import Pool
from scheduling.engine.reasons import unplaced_reasons
from scheduling.engine.recombine import build_master
from scheduling.engine.rng import Rng
from scheduling.engine.state import OUT, State
from scheduling.engine.walk import Book
from scheduling.errors import RejectedPlan
from scheduling.instances import canonical, problem_hash, validated
from scheduling.on_duty import busied, staffing
from scheduling.plan import Effort, MasterStatus, Placement, Plan
from scheduling.problem import Problem
from scheduling.score import score


class Phase(StrEnum):
    """What a run is doing."""

    CONSTRUCT = "construct"
    IMPROVE = "improve"
    RECOMBINE = "recombine"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Progress:
    """The run at one moment: best cost so far and how many visits its plan leaves out."""

    phase: Phase
    iteration: int
    iterations: int
    cost: int
    unplaced: int
    snapshot: Callable[[], Plan]
    """Builds the best plan so far, unjudged and without reasons; only valid during the call."""

    def costs(self) -> Mapping[str, int]:
        """Cost by rule of the best plan so far; takes some milliseconds."""
        return self.snapshot().costs


Watcher = Callable[[Progress], None]


def solve(
    problem: Problem,
    *,
    effort: Effort = Effort.NORMAL,
    seed: int = 1,
    budget: Budget | None = None,
    on_progress: Watcher | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Plan:
    """A plan that passes `check`, its cost as `score` has it.

    `on_progress` is called after every iteration and must be quick. `should_stop` is asked as
    often; once it is true the best plan so far is judged and returned within a moment, marked not
    reproducible. InvalidProblem if the problem contradicts itself; RejectedPlan if the result does
    not pass (a fault of the planner: nothing that fails is ever returned). `budget` replaces the
    effort's own, for tests and for tuning.
    """
    run = _Run(
        canonical(validated(problem)),
        effort,
        seed,
        budget or BUDGETS[effort],
        on_progress,
        should_stop,
    )
    return run.finish(run.search())


def empty_state(problem: Problem) -> State:
    """A state of the problem with every visit unplaced."""
    return empty_state_of(compile_problem(problem))


def empty_state_of(c: Compiled) -> State:
    """The same from a compiled problem."""
    tenants = {tenant.code: tenant for tenant in c.problem.tenants}
    of_visit = tuple(tenants[visit.tenant] for visit in visit_order(c.problem))
    codes = [worker.code for worker in worker_order(c.problem)]
    return State(c, Book(c), CrewCosts(c.problem, of_visit, codes))


def placements_of(state: State) -> tuple[Placement, ...]:
    """Placed visits, by code."""
    c = state.c
    found = [
        Placement(
            visit=visit.code,
            day=state.day[v],
            start=state.start(v),
            workers=tuple(c.workers[c.lanes[n].worker].code for n in state.crew[v]),
        )
        for v, visit in enumerate(c.visits)
        if state.day[v] != OUT
    ]
    return tuple(sorted(found, key=lambda placement: placement.visit))


class _Run:
    """One solve: what is fixed for its length, and the state of its clockwork."""

    def __init__(
        self,
        problem: Problem,
        effort: Effort,
        seed: int,
        budget: Budget,
        on_progress: Watcher | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self.problem, self.effort, self.seed = problem, effort, seed
        self.on_progress = on_progress
        self.should_stop = should_stop or (lambda: False)
        self.budget = budget
        self.hash = problem_hash(problem)
        self.done, self.stopped = 0, False
        self.status = MasterStatus.SKIPPED
        self.rng, self.pool = Rng(seed), Pool()
        self.duties = staffing(staffed(problem))  # before any visit, which is planned around them
        self.empty = empty_state(busied(problem, self.duties))
        self.best = self.empty

    def search(self) -> State:
        """The best state found."""
        first = self.empty.copy()
        construct(first, self._stop)
        self._tell(Phase.CONSTRUCT, first)
        self.pool.keep(first)
        best = first
        if not self.empty.c.visits:
            return best
        for cycle in self.budget.starts:
            found = self._improve(first, (cycle,))
            best = found if found.cost < best.cost else best
        for _ in range(self.budget.rounds):
            best = self._improve(best, self.budget.cycles)
            best = self._recombine(best)
        return best

    def finish(self, state: State) -> Plan:
        """The judged plan of a state."""
        self._tell(Phase.CHECK, state)
        for v in range(len(state.c.visits)):
            if state.day[v] == OUT:
                insert(state, v)
        plan = replace(self._plan(state), unplaced=unplaced_reasons(state))
        codes = [breach.rule for breach in check(self.problem, plan)]
        if plan.cost != state.cost:
            codes.append("cost")
        if codes:
            raise RejectedPlan(codes)
        return plan

    def _improve(self, state: State, cycles: tuple[Cycle, ...]) -> State:
        if self._stop():
            return state
        before = self.done

        def watch(done: int, best: State) -> bool:
            self.done = before + done
            self._tell(Phase.IMPROVE, best)
            return self._stop()

        best, _, _ = improve(state, self.rng, cycles=cycles, watch=watch, keep=self.pool.keep)
        return best

    def _recombine(self, best: State) -> State:
        """Never worse: the master's plan counts only if its own recomputed cost is lower."""
        if self._stop() or not self.pool.rounds:
            return best
        self._tell(Phase.RECOMBINE, best)
        master = build_master(best, self.pool)
        solver, self.status, _ = run_master(
            master, seed=self.seed, effort=self.budget.master, should_stop=self._stop
        )
        if self.status is MasterStatus.UNKNOWN:
            return best
        found = master.state(self.empty, solver)
        self.pool.keep(found)
        return found if found.cost < best.cost else best

    def _plan(self, state: State) -> Plan:
        bare = Plan(
            problem=self.hash,
            placements=placements_of(state),
            duties=self.duties,
            effort=self.effort,
            seed=self.seed,
            iterations=self.done,
            reproducible=not self.stopped,
            master=self.status,
        )
        price = score(self.problem, bare)
        return replace(bare, cost=price.total, costs=dict(price.costs))

    def _tell(self, phase: Phase, state: State) -> None:
        """Report the best of all starts, which need not be this one's."""
        if self.on_progress is None:
            return
        if phase is Phase.CONSTRUCT or state.cost < self.best.cost:
            self.best = state
        best, total = self.best, self.budget.iterations
        left = sum(day == OUT for day in best.day)
        self.on_progress(
            Progress(phase, self.done, total, best.cost, left, lambda: self._plan(best))
        )

    def _stop(self) -> bool:
        self.stopped = self.stopped or self.should_stop()
        return self.stopped
