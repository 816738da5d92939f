"""A published plan after something happened, mended with as few changes as it takes.

What can stay stays, what cannot is put where there is room, and then the week is searched from
there, at first with a high price on each change and then with lower ones down to the weights' own
(`scheduling.dearer`). Each stage gives a plan; kept is the one with the fewest musts left out, then
within the changes allowed, then the one that is worth its changes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from scheduling.check import check
from scheduling.dearer import TOLERANCE, dearer
from scheduling.duties import staffed
from scheduling.engine.compile import compile_problem
from scheduling.engine.draft import Draft, Tools
from scheduling.engine.improve import Cycle
from scheduling.engine.reasons import unplaced_reasons
from scheduling.engine.search import Search
from scheduling.errors import RejectedPlan
from scheduling.instances import canonical, problem_hash, validated
from scheduling.on_duty import busied, staffing
from scheduling.part import plan_of
from scheduling.plan import Effort, Plan
from scheduling.problem import Placement, Priority, Problem
from scheduling.score import score
from scheduling.standing import standing_draft
from scheduling.steady import steadied

STAGES = (2000, 600, 200, 60, 0)
"""Points on top for each change, stage by stage."""
MOST_ITERATIONS = 3000
WORK = 240_000
"""Iterations of a stage times the calls of the week: a week of 80 visits has 3000."""
WORTH = 100
"""Points that a plan must save for each visit that it changes more than another."""
MOST_CHANGED = 3, 2
"""Visits changed for each that was lost or came new, as a fraction: what is asked of a repair."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One stage's plan: its points, visits changed (as people count them), musts left out."""

    placements: tuple[Placement, ...]
    cost: int
    changed: int
    musts: int


@dataclass(frozen=True, slots=True)
class Mended:
    """A mended plan. `lost`: published visits that could not stay; `tried`: what each stage gave.

    `changed`: published visits left out, or with other workers, on another day or more than half
    an hour from where they were, sorted.
    """

    problem: Problem
    plan: Plan
    lost: tuple[str, ...]
    changed: tuple[str, ...]
    tried: tuple[Candidate, ...]


def mend(
    problem: Problem,
    *,
    new: int = 0,
    seed: int = 1,
    should_stop: Callable[[], bool] | None = None,
) -> Mended:
    """Mend the problem's published plan; `scheduling.events` makes such problems.

    `new`: how many visits are asked that nobody asked before, each of which may change others too.

    Repeatable: the work is counted in iterations. Once `should_stop` is true the best plan of the
    stages so far is taken. InvalidProblem if the problem contradicts itself; RejectedPlan if the
    result does not pass `check` (a fault of the planner).
    """
    given = canonical(validated(problem))
    return _Mending(given, new, seed, should_stop or (lambda: False)).mended()


def changed_visits(before: Iterable[Placement], after: Mapping[str, Placement]) -> tuple[str, ...]:
    """Visits that differ as people count it: left out, other workers, another day, or later or
    earlier by more than half an hour; sorted."""
    return tuple(sorted(was.visit for was in before if _differs(was, after.get(was.visit))))


def _differs(was: Placement, now: Placement | None) -> bool:
    return (
        now is None
        or set(was.workers) != set(now.workers)
        or was.day != now.day
        or abs(was.start - now.start) > TOLERANCE
    )


class _Mending:
    """One repair: the compiled week, and the plans of its stages."""

    def __init__(
        self, problem: Problem, new: int, seed: int, should_stop: Callable[[], bool]
    ) -> None:
        self.problem, self.new, self.seed, self.stop = problem, new, seed, should_stop
        self.duties = staffing(staffed(problem))
        self.week = busied(problem, self.duties)
        self.c = compile_problem(self.week)
        self.published = problem.published or ()
        self.musts = {v.code for v in problem.visits if v.priority is Priority.MUST}
        self.iterations = 0
        self.stopped = False

    def mended(self) -> Mended:
        """The best of all stages, judged."""
        lost = self._lost()
        most = (len(lost) + self.new) * MOST_CHANGED[0] // MOST_CHANGED[1]
        tried = tuple(self._candidates())
        best = min(tried, key=lambda one: _preference(one, most))
        plan = self._plan(best)
        after = {place.visit: place for place in plan.placements}
        return Mended(self.problem, plan, lost, changed_visits(self.published, after), tried)

    def _candidates(self) -> Iterable[Candidate]:
        """The plan with the fewest changes, then that of each stage."""
        placements: tuple[Placement, ...] = ()
        cycle = Cycle(max(200, min(MOST_ITERATIONS, WORK // max(1, self.c.calls))))
        for stage, more in enumerate(STAGES):
            tools = Tools(dearer(self.c, more), self.seed)
            search = Search(Draft(tools))
            if stage == 0:
                draft = search.first()
                yield self._candidate(draft)
            else:
                draft = standing_draft(tools, {place.visit: place for place in placements})
            draft = search.improve(draft, cycle, lambda _: self._stop())
            self.iterations += search.done
            found = self._candidate(draft)
            placements = found.placements
            yield found
            if self.stopped:
                return

    def _candidate(self, draft: Draft) -> Candidate:
        placements = steadied(draft, self.published)
        placed = {place.visit: place for place in placements}
        cost = score(self.week, plan_of(placed, self._codes())).total
        changed = len(changed_visits(self.published, placed))
        return Candidate(placements, cost, changed, len(self.musts - placed.keys()))

    def _lost(self) -> tuple[str, ...]:
        """Published visits that cannot stay to the minute where they are, by code."""
        draft = Draft(Tools(self.c))
        index = {visit.code: v for v, visit in enumerate(self.c.visits)}
        found = []
        for place in sorted(self.published, key=lambda p: (p.day, p.start, p.visit)):
            v = index.get(place.visit)
            if v is None or not draft.keep(v, place):
                found.append(place.visit)
        return tuple(sorted(found))

    def _plan(self, best: Candidate) -> Plan:
        draft = standing_draft(Tools(self.c), {place.visit: place for place in best.placements})
        bare = Plan(
            problem=problem_hash(self.problem),
            placements=best.placements,
            unplaced=unplaced_reasons(draft),
            duties=self.duties,
            effort=Effort.QUICK,
            seed=self.seed,
            iterations=self.iterations,
            reproducible=not self.stopped,
        )
        price = score(self.problem, bare)
        plan = replace(bare, cost=price.total, costs=dict(price.costs))
        codes = [breach.rule for breach in check(self.problem, plan)]
        if codes:
            raise RejectedPlan(codes)
        return plan

    def _codes(self) -> set[str]:
        return {visit.code for visit in self.problem.visits}

    def _stop(self) -> bool:
        self.stopped = self.stopped or self.stop()
        return self.stopped


def _preference(one: Candidate, most: int) -> tuple[int, int, int, int]:
    """Fewest musts left out, within what may change, worth its changes, fewest changes."""
    over = max(0, one.changed - most)
    return one.musts, over, one.cost + WORTH * one.changed, one.changed
