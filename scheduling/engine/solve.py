"""The whole run: compile, construct, improve, recombine, judge; repeatable to the byte."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduling.check import check
from scheduling.duties import staffed
from scheduling.engine.compile import compile_problem
from scheduling.engine.draft import Draft, Tools
from scheduling.engine.effort import BUDGETS, Budget
from scheduling.engine.master import run_master
from scheduling.engine.reasons import unplaced_reasons
from scheduling.engine.recombine import build_master
from scheduling.engine.search import Search
from scheduling.errors import RejectedPlan
from scheduling.instances import canonical, problem_hash, validated
from scheduling.on_duty import busied, staffing
from scheduling.plan import Effort, MasterStatus, Plan, Unplaced
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

    `on_progress` is called many times a second and must be quick. `should_stop` is asked as often;
    once it is true the best plan so far is judged and returned within a moment, marked not
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


def empty_draft(problem: Problem, seed: int = 1) -> Draft:
    """A draft of the problem with every visit left out."""
    return Draft(Tools(compile_problem(problem), seed))


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
        self.stopped = False
        self.status = MasterStatus.SKIPPED
        self.duties = staffing(staffed(problem))  # before any visit, which is planned around them
        self.empty = empty_draft(busied(problem, self.duties), seed)
        self.searching = Search(self.empty)
        self.best = self.empty

    def search(self) -> Draft:
        """The best draft found."""
        searching = self.searching
        first = searching.first()
        self._tell(Phase.CONSTRUCT, first)
        if not self.empty.c.visits:
            return first
        best = first
        for cycle in self.budget.starts:
            found = searching.improve(first, cycle, self._watch)
            best = found if found.cost < best.cost else best
        for _ in range(self.budget.rounds):
            for cycle in self.budget.cycles:
                best = searching.improve(best, cycle, self._watch)
            best = self._recombine(best)
        return best

    def finish(self, draft: Draft) -> Plan:
        """The judged plan of a draft."""
        self._tell(Phase.CHECK, draft)
        for v in draft.left_out():
            draft.insert(v)
        plan = replace(self._plan(draft), unplaced=unplaced_reasons(draft))
        codes = [breach.rule for breach in check(self.problem, plan)]
        if plan.cost != draft.cost:
            codes.append("cost")
        if codes:
            raise RejectedPlan(codes)
        return plan

    def _recombine(self, best: Draft) -> Draft:
        """Never worse: the master's plan counts only if it passes and its own cost is lower."""
        if self._stop():
            return best
        self._tell(Phase.RECOMBINE, best)
        rounds, crews = self.searching.remembered()
        master = build_master(best, self.searching.gauge, rounds, crews)
        solver, self.status, _ = run_master(
            master, seed=self.seed, effort=self.budget.master, should_stop=self._stop
        )
        if self.status is MasterStatus.UNKNOWN:
            return best
        found = master.draft(self.empty, solver)
        if found is None or found.cost >= best.cost or not self._passes(found):
            return best
        self.searching.remember(found)
        return found

    def _passes(self, draft: Draft) -> bool:
        """Whether a draft that no search made is a plan."""
        left = tuple(Unplaced(visit=draft.c.visits[v].code, reasons=()) for v in draft.left_out())
        by_code = tuple(sorted(left, key=lambda one: one.visit))
        return not check(self.problem, replace(self._plan(draft), unplaced=by_code))

    def _plan(self, draft: Draft) -> Plan:
        bare = Plan(
            problem=self.hash,
            placements=draft.placements(),
            duties=self.duties,
            effort=self.effort,
            seed=self.seed,
            iterations=self.searching.done,
            reproducible=not self.stopped,
            master=self.status,
        )
        price = score(self.problem, bare)
        return replace(bare, cost=price.total, costs=dict(price.costs))

    def _watch(self, best: Draft) -> bool:
        self._tell(Phase.IMPROVE, best)
        return self._stop()

    def _tell(self, phase: Phase, draft: Draft) -> None:
        """Report the best of all starts, which need not be this one's."""
        if self.on_progress is None:
            return
        if phase is Phase.CONSTRUCT or draft.cost < self.best.cost:
            self.best = draft
        best, total = self.best, self.budget.iterations
        left = len(best.left_out())
        self.on_progress(
            Progress(phase, self.searching.done, total, best.cost, left, lambda: self._plan(best))
        )

    def _stop(self) -> bool:
        self.stopped = self.stopped or self.should_stop()
        return self.stopped
