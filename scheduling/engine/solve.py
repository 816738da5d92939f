"""A whole plan: duties first, then each part of the week, judged together; always the same."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from scheduling.check import check
from scheduling.duties import staffed
from scheduling.engine.components import components
from scheduling.engine.effort import Budget, budget_of
from scheduling.engine.layout import NO
from scheduling.engine.order import applies
from scheduling.engine.pacing import Clock
from scheduling.engine.run import Found, Phase, Run
from scheduling.errors import RejectedPlan
from scheduling.instances import canonical, problem_hash, validated
from scheduling.on_duty import busied, staffing
from scheduling.plan import Effort, MasterStatus, Plan
from scheduling.problem import Problem
from scheduling.score import score

__all__ = ["Phase", "Progress", "Watcher", "solve"]


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
    `budget` replaces the effort's own, for tests and for tuning; each part has it whole.
    """
    whole = _Whole(
        canonical(validated(problem)), effort, seed, seconds, budget, on_progress, should_stop
    )
    return whole.plan()


class _Whole:
    """One solve: the runs of its parts, and what they add up to."""

    def __init__(
        self,
        problem: Problem,
        effort: Effort,
        seed: int,
        seconds: float | None,
        budget: Budget | None,
        on_progress: Watcher | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self.began, self.seconds = time.monotonic(), seconds
        self.problem, self.effort, self.seed = problem, effort, seed
        self.on_progress = on_progress
        self.should_stop = should_stop or (lambda: False)
        self.stopped = False
        self.hash = problem_hash(problem)
        self.duties = staffing(staffed(problem))  # before any visit, which is planned around them
        self.busy = busied(problem, self.duties)
        self.runs = [
            Run(
                part,
                seed=seed,
                budget=budget or budget_of(effort, len(part.visits)),
                tell=self._tell,
                should_stop=self._stop,
            )
            for part in components(self.busy)
        ]

    def plan(self) -> Plan:
        """The judged plan."""
        if applies(self.busy):
            (run,) = self.runs
            return self._judged([run.by_order(self._clock(0))])
        drafts = [run.first() for run in self.runs]
        for number, run in enumerate(self.runs):
            drafts[number] = run.search(drafts[number], self._clock(number))
        return self._judged(
            [run.found(draft) for run, draft in zip(self.runs, drafts, strict=True)]
        )

    def _clock(self, number: int) -> Clock | None:
        """A part's share of the time that is left, by its visits."""
        if self.seconds is None:
            return None
        visits = [len(run.problem.visits) for run in self.runs[number:]]
        now = time.monotonic()
        left = self.seconds - (now - self.began)
        return Clock(left * visits[0] / max(1, sum(visits)), visits[0], began=now)

    def _judged(self, found: list[Found]) -> Plan:
        left = sorted((one for part in found for one in part.unplaced), key=lambda one: one.visit)
        plan = replace(self._summed(), unplaced=tuple(left))
        placements = sorted((p for part in found for p in part.placements), key=lambda p: p.visit)
        plan = self._priced(replace(plan, placements=tuple(placements)))
        codes = [breach.rule for breach in check(self.problem, plan)]
        if plan.cost != sum(part.cost for part in found):
            codes.append("cost")
        if codes:
            raise RejectedPlan(codes)
        return plan

    def _priced(self, plan: Plan) -> Plan:
        price = score(self.problem, plan)
        return replace(plan, cost=price.total, costs=dict(price.costs))

    def _summed(self) -> Plan:
        """What the runs have by now, not judged, not priced."""
        placements = sorted(
            (one for run in self.runs for one in run.placements()), key=lambda one: one.visit
        )
        return Plan(
            problem=self.hash,
            placements=tuple(placements),
            duties=self.duties,
            bound=self._bound(),
            alone=None if applies(self.busy) else sum(run.alone for run in self.runs),
            effort=self.effort,
            seed=self.seed,
            iterations=sum(run.done for run in self.runs),
            reproducible=not self.stopped and self.seconds is None,
            master=_status([run.status for run in self.runs]),
        )

    def _bound(self) -> int | None:
        """The sum of the parts' bounds; None while none says more than what nobody can be given."""
        bounds = [run.bound for run in self.runs]
        told = [
            bound is not None and (bound > run.alone or bound >= run.cost)
            for run, bound in zip(self.runs, bounds, strict=True)
        ]
        if not any(told):
            return None
        return sum(
            run.alone if bound is None else bound
            for run, bound in zip(self.runs, bounds, strict=True)
        )

    def _tell(self, phase: Phase) -> None:
        """Report all parts together, once each has a plan."""
        if self.on_progress is None or any(run.cost >= NO for run in self.runs):
            return
        self.on_progress(
            Progress(
                phase,
                sum(run.done for run in self.runs),
                sum(run.total for run in self.runs),
                sum(run.cost for run in self.runs),
                sum(run.left for run in self.runs),
                self._bound(),
                lambda: self._priced(self._summed()),
            )
        )

    def _stop(self) -> bool:
        self.stopped = self.stopped or self.should_stop()
        return self.stopped


def _status(all_of: list[MasterStatus]) -> MasterStatus:
    """What can be said of all masters: the least of what was said of any."""
    for status in (MasterStatus.UNKNOWN, MasterStatus.FEASIBLE, MasterStatus.OPTIMAL):
        if status in all_of:
            return status
    return MasterStatus.SKIPPED
