"""The whole run: compile, construct, improve, recombine, judge; repeatable to the byte."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduling.check import check
from scheduling.duties import staffed
from scheduling.engine.draft import Draft
from scheduling.engine.drafting import draft_of, empty_draft
from scheduling.engine.effort import Budget, budget_of
from scheduling.engine.improve import HOT, Cycle
from scheduling.engine.layout import NO
from scheduling.engine.master import run_master
from scheduling.engine.order import OrderSearch, applies
from scheduling.engine.pacing import Clock, pace
from scheduling.engine.proof import BoundBudget, lower_bound
from scheduling.engine.reasons import unplaced_reasons
from scheduling.engine.recombine import build_master
from scheduling.engine.search import WHOLE, Pace, Search
from scheduling.engine.timing import kinder
from scheduling.errors import RejectedPlan
from scheduling.instances import canonical, problem_hash, validated
from scheduling.on_duty import busied, staffing
from scheduling.plan import Effort, MasterStatus, Plan, Unplaced
from scheduling.problem import Placement, Problem
from scheduling.score import score

MOVES = 100
"""Moves of a search by order that take as long as an iteration of the other, about."""
PACKING = 30_000
"""Iterations for a packed beginning, by the clock."""
SHORTEST_SOLVE = 0.2
"""Seconds below which the master does not even begin."""
UNCOUNTED = 1_000_000
"""Hundredths of deterministic seconds: more than any clock gives."""


class Phase(StrEnum):
    """What a run is doing."""

    CONSTRUCT = "construct"
    IMPROVE = "improve"
    RECOMBINE = "recombine"
    BOUND = "bound"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Progress:
    """The run at one moment: best cost so far and how many visits its plan leaves out."""

    phase: Phase
    iteration: int
    iterations: int
    cost: int
    unplaced: int
    bound: int | None
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
    seconds: float | None = None,
    budget: Budget | None = None,
    on_progress: Watcher | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Plan:
    """A plan that passes `check`, its cost as `score` has it.

    `on_progress` is called many times a second and must be quick. `should_stop` is asked as often;
    once it is true the best plan so far is judged and returned within a moment, marked not
    reproducible. With `seconds` the clock sets how long is searched, instead of the effort, and the
    plan is not reproducible either. InvalidProblem if the problem contradicts itself; RejectedPlan
    if the result does not pass (a fault of the planner: nothing that fails is ever returned).
    `budget` replaces the effort's own, for tests and for tuning.
    """
    run = _Run(
        canonical(validated(problem)),
        effort,
        seed,
        None if seconds is None else Clock(seconds, len(problem.visits)),
        budget or budget_of(effort, len(problem.visits)),
        on_progress,
        should_stop,
    )
    return run.by_order() if applies(run.busy) else run.finish(run.search())


class _Run:
    """One solve: what is fixed for its length, and the state of its clockwork."""

    def __init__(
        self,
        problem: Problem,
        effort: Effort,
        seed: int,
        clock: Clock | None,
        budget: Budget,
        on_progress: Watcher | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self.problem, self.effort, self.seed = problem, effort, seed
        self.on_progress = on_progress
        self.should_stop = should_stop or (lambda: False)
        self.budget, self.clock = budget, clock
        self.hash = problem_hash(problem)
        self.stopped = False
        self.status = MasterStatus.SKIPPED
        self.duties = staffing(staffed(problem))  # before any visit, which is planned around them
        self.busy = busied(problem, self.duties)
        self.done, self.total = 0, budget.iterations
        self.lowest = NO
        self.bound: int | None = None

    def search(self) -> Draft:
        """The best draft found."""
        self.empty = empty_draft(self.busy, self.seed)
        self.searching = searching = Search(self.empty)
        first = searching.first()
        self._tell(Phase.CONSTRUCT, first)
        if not self.empty.c.visits:
            return first
        best = self._by_clock(first, self.clock) if self.clock else self._by_count(first)
        self._bound(best)
        return best

    def by_order(self) -> Plan:
        """The judged plan of a day on which visits push each other."""
        search = OrderSearch(self.busy, seed=self.seed)
        self.total = self.budget.iterations * MOVES

        def watch(now: OrderSearch) -> bool:
            self._show(Phase.IMPROVE, now.cost, now.unplaced, now.placements, now.moves)
            return self._stop()

        watch(search)
        if self.clock:
            search.run(watch=watch, pace=pace(self.clock.left(bounding=True)))
        else:
            search.run(self.total, watch=watch)
        self.done = search.moves
        placements = search.placements()
        draft = draft_of(self.busy, placements) if search.unplaced else None
        left = unplaced_reasons(draft) if draft else ()
        return self._judged(replace(self._plan(placements), unplaced=left), search.cost)

    def _by_count(self, first: Draft) -> Draft:
        best, searching = first, self.searching
        if not self.budget.starts:
            best = min(first, self._packed(first, self.budget.packing), key=lambda d: d.cost)
        for number, cycle in enumerate(self.budget.starts):
            begin = self._packed(first, self.budget.packing) if number else first
            found = searching.improve(begin, cycle, self._watch)
            best = found if found.cost < best.cost else best
        for _ in range(self.budget.rounds):
            for cycle in self.budget.cycles:
                best = searching.improve(best, cycle, self._watch)
            best = self._recombine(best)
        return best

    def _by_clock(self, first: Draft, clock: Clock) -> Draft:
        searching, best, each = self.searching, first, clock.starting()
        for number in range(clock.starts):
            run = pace(each)
            begin = self._packed(first, PACKING, run) if number else first
            found = searching.improve_until(begin, HOT, run, self._watch)
            best = found if found.cost < best.cost else best
        for rounds in range(clock.rounds, 0, -1):
            run = pace(clock.searching(rounds))
            best = searching.improve_until(best, HOT, run, self._watch)
            best = self._recombine(best, clock.left() / rounds)
        return best

    def _packed(self, first: Draft, iterations: int, run: Pace = lambda: 0) -> Draft:
        """Another beginning, if there is one; by the clock at most a third of a search's time."""
        if not iterations or not self.searching.packs():
            return first
        late = WHOLE // 3
        return self.searching.packed(
            Cycle(iterations), lambda best: self._watch(best) or run() > late
        )

    def finish(self, draft: Draft) -> Plan:
        """The judged plan of a draft."""
        self._tell(Phase.CHECK, draft)
        for v in draft.left_out():
            draft.insert(v)
        left, timed = unplaced_reasons(draft), kinder(draft)
        return self._judged(
            replace(self._plan(timed.placements()), unplaced=left), min(draft.cost, timed.cost)
        )

    def _judged(self, plan: Plan, cost: int) -> Plan:
        codes = [breach.rule for breach in check(self.problem, plan)]
        if plan.cost != cost:
            codes.append("cost")
        if codes:
            raise RejectedPlan(codes)
        return plan

    def _bound(self, best: Draft) -> None:
        """How much better any plan could be, if there is time to say so."""
        small = self.clock is None or self.clock.bounding > 0
        if not (self.budget.bound and small) or self._stop():
            return
        self._tell(Phase.BOUND, best)
        clock = self.clock

        def late() -> bool:
            return self._stop() or (clock is not None and clock.left(bounding=True) <= 0)

        def progress(value: int) -> None:
            self.bound = value
            self._tell(Phase.BOUND, best)

        found = lower_bound(
            self.empty.c,
            upper=best.cost,
            budget=BoundBudget(self.budget.bound),
            should_stop=late,
            progress=progress,
        )
        self.bound = found.value

    def _recombine(self, best: Draft, seconds: float | None = None) -> Draft:
        """Never worse: the master's plan counts only if it passes and its own cost is lower."""
        if self._stop() or (seconds is not None and seconds < SHORTEST_SOLVE):
            return best
        self._tell(Phase.RECOMBINE, best)
        rounds, crews = self.searching.remembered()
        master = build_master(best, self.searching.gauge, rounds, crews)
        solver, self.status, _ = run_master(
            master,
            seed=self.seed,
            effort=self.budget.master if seconds is None else UNCOUNTED,
            should_stop=self._stop,
            seconds=seconds,
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
        return not check(self.problem, replace(self._plan(draft.placements()), unplaced=by_code))

    def _plan(self, placements: tuple[Placement, ...]) -> Plan:
        bare = Plan(
            problem=self.hash,
            placements=placements,
            duties=self.duties,
            bound=self.bound,
            effort=self.effort,
            seed=self.seed,
            iterations=self.done,
            reproducible=not self.stopped and self.clock is None,
            master=self.status,
        )
        price = score(self.problem, bare)
        return replace(bare, cost=price.total, costs=dict(price.costs))

    def _watch(self, best: Draft) -> bool:
        self._tell(Phase.IMPROVE, best)
        return self._stop()

    def _tell(self, phase: Phase, draft: Draft) -> None:
        self.done = self.searching.done
        left = len(draft.left_out()) if self.on_progress else 0
        self._show(phase, draft.cost, left, draft.placements, self.done)

    def _show(
        self,
        phase: Phase,
        cost: int,
        left: int,
        placements: Callable[[], tuple[Placement, ...]],
        done: int,
    ) -> None:
        """Report the best of all starts, which need not be this one's."""
        if self.on_progress is None:
            return
        self.done = done
        if cost < self.lowest:
            self.lowest, self.left, self.placements = cost, left, placements
        shown = self.placements
        self.on_progress(
            Progress(
                phase,
                done,
                self.total,
                self.lowest,
                self.left,
                self.bound,
                lambda: self._plan(shown()),
            )
        )

    def _stop(self) -> bool:
        self.stopped = self.stopped or self.should_stop()
        return self.stopped
