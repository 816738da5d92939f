"""The run of one part: construct, improve, recombine, bound; what it found, not yet judged."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduling.check import check
from scheduling.engine.draft import Draft
from scheduling.engine.drafting import draft_of, empty_draft
from scheduling.engine.effort import Budget
from scheduling.engine.improve import HOT, Cycle
from scheduling.engine.layout import NO
from scheduling.engine.master import run_master
from scheduling.engine.order import OrderSearch
from scheduling.engine.pacing import Clock, pace
from scheduling.engine.proof import BoundBudget, alone, lower_bound
from scheduling.engine.reasons import unplaced_reasons
from scheduling.engine.recombine import build_master
from scheduling.engine.search import WHOLE, Pace, Search
from scheduling.engine.timing import kinder
from scheduling.plan import MasterStatus, Plan, Unplaced
from scheduling.problem import Placement, Problem

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
class Found:
    """What a run ends with; `cost` by its own account."""

    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    cost: int


class Run:
    """One part's run: its best plan so far is `cost`, `left` (visits left out), `placements`.

    `tell` is called at each step, `should_stop` as often. The problem has no duties left.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        seed: int,
        budget: Budget,
        tell: Callable[[Phase], None],
        should_stop: Callable[[], bool],
    ) -> None:
        self.problem, self.seed, self.budget = problem, seed, budget
        self.tell, self.should_stop = tell, should_stop
        self.status = MasterStatus.SKIPPED
        self.done, self.total = 0, budget.iterations
        self.cost, self.left = NO, 0
        self.placements: Callable[[], tuple[Placement, ...]] = tuple
        self.bound: int | None = None
        self.alone = 0
        self.clock: Clock | None = None

    def first(self) -> Draft:
        """The first complete plan."""
        self.empty = empty_draft(self.problem, self.seed)
        self.alone = alone(self.empty.c)
        self.searching = Search(self.empty)
        first = self.searching.first()
        self._show(Phase.CONSTRUCT, first)
        return first

    def search(self, first: Draft, clock: Clock | None) -> Draft:
        """The best draft found from the first on."""
        self.clock = clock
        if not self.empty.c.visits:
            return first
        best = self._by_clock(first, clock) if clock else self._by_count(first)
        self._bound(best)
        return best

    def found(self, draft: Draft) -> Found:
        """A draft completed, timed and explained."""
        self._show(Phase.CHECK, draft)
        for v in draft.left_out():
            draft.insert(v)
        left, timed = unplaced_reasons(draft), kinder(draft)
        return Found(timed.placements(), left, min(draft.cost, timed.cost))

    def by_order(self, clock: Clock | None) -> Found:
        """A day on which visits push each other."""
        search = OrderSearch(self.problem, seed=self.seed)
        self.total = self.budget.iterations * MOVES

        def watch(now: OrderSearch) -> bool:
            self.done = now.moves
            if now.cost < self.cost:
                self.cost, self.left, self.placements = now.cost, now.unplaced, now.placements
            self.tell(Phase.IMPROVE)
            return self.should_stop()

        watch(search)
        if clock:
            search.run(watch=watch, pace=pace(clock.left(bounding=True)))
        else:
            search.run(self.total, watch=watch)
        self.done = search.moves
        placements = search.placements()
        draft = draft_of(self.problem, placements) if search.unplaced else None
        return Found(placements, unplaced_reasons(draft) if draft else (), search.cost)

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
        for number, hot in enumerate(clock.starts):
            run = pace(each)
            begin = self._packed(first, PACKING, run) if number % 2 else first
            found = searching.improve_until(begin, hot, run, self._watch)
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

    def _bound(self, best: Draft) -> None:
        """How much better any plan could be, if there is time to say so."""
        small = self.clock is None or self.clock.bounding > 0
        if not (self.budget.bound and small) or self.should_stop():
            return
        self._show(Phase.BOUND, best)
        clock = self.clock

        def late() -> bool:
            return self.should_stop() or (clock is not None and clock.left(bounding=True) <= 0)

        def progress(value: int) -> None:
            self.bound = value
            self._show(Phase.BOUND, best)

        found = lower_bound(
            self.empty.c,
            upper=best.cost,
            budget=BoundBudget(
                self.budget.bound, cases=UNCOUNTED if clock else self.budget.bound // 10
            ),
            should_stop=late,
            progress=progress,
        )
        self.bound = found.value

    def _recombine(self, best: Draft, seconds: float | None = None) -> Draft:
        """Never worse: the master's plan counts only if it passes and its own cost is lower."""
        if self.should_stop() or (seconds is not None and seconds < SHORTEST_SOLVE):
            return best
        self._show(Phase.RECOMBINE, best)
        rounds, crews = self.searching.remembered()
        master = build_master(best, self.searching.gauge, rounds, crews, self.should_stop)
        if master is None:
            return best
        solver, self.status, _ = run_master(
            master,
            seed=self.seed,
            effort=self.budget.master if seconds is None else UNCOUNTED,
            should_stop=self.should_stop,
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
        left = sorted(draft.c.visits[v].code for v in draft.left_out())
        plan = Plan(problem="", placements=draft.placements())
        return not check(
            self.problem,
            replace(plan, unplaced=tuple(Unplaced(visit=code, reasons=()) for code in left)),
        )

    def _watch(self, best: Draft) -> bool:
        self._show(Phase.IMPROVE, best)
        return self.should_stop()

    def _show(self, phase: Phase, draft: Draft) -> None:
        """Keep the best of all beginnings, which need not be this one's."""
        self.done = self.searching.done
        if draft.cost < self.cost:
            self.cost, self.left = draft.cost, len(draft.left_out())
            self.placements = draft.placements
        self.tell(phase)
