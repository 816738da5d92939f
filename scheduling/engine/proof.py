"""A bound for a plan, and where it can be had the proof that no plan is cheaper."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from scheduling.engine.bound import Relaxed, generate, relax
from scheduling.engine.bound_proof import close, list_rounds
from scheduling.engine.bound_tree import Tree
from scheduling.engine.compiled import Compiled


class BoundStatus(StrEnum):
    """How far a bound was carried."""

    NONE = "none"
    PARTIAL = "partial"
    RELAXED = "relaxed"
    OPTIMAL = "optimal"


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan of the problem costs less than `value` (None: nothing can be said).

    PARTIAL: stopped or out of budget on the way; RELAXED: all that was asked for was done;
    OPTIMAL: the plan that was given costs as much.
    """

    value: int | None
    status: BoundStatus
    iterations: int = 0


@dataclass(frozen=True, slots=True)
class BoundBudget:
    """What a bound spends: iterations of column generation, hundredths of deterministic seconds of
    CP-SAT, cases to split into.
    """

    iterations: int = 400
    closing: int = 200
    cases: int = 40


def lower_bound(
    c: Compiled,
    *,
    upper: int | None = None,
    budget: BoundBudget | None = None,
    should_stop: Callable[[], bool] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Bound:
    """A lower bound of every plan's cost; `upper`: the cost of a known plan.

    Repeatable: it counts iterations, never seconds. `should_stop` is asked many times a second,
    `progress` told each better bound. Without `upper` there is the relaxation only. Fast only where
    the kernel is compiled.
    """
    asked = _Asked(c, upper, budget or BoundBudget(), should_stop, progress)
    if not c.visits:
        return Bound(upper, BoundStatus.NONE if upper is None else BoundStatus.OPTIMAL)
    try:
        work = relax(c.tables, asked.stopped)
    except ValueError:  # travel minutes that are not on the grid
        return Bound(None, BoundStatus.NONE)
    asked.tell(alone(c))
    if work is None:
        return Bound(asked.best, BoundStatus.PARTIAL)
    asked.work = work
    done = asked.run()
    assert asked.best is not None
    if upper is not None and asked.best >= upper:
        return Bound(upper, BoundStatus.OPTIMAL, asked.work.iterations)
    status = BoundStatus.RELAXED if done else BoundStatus.PARTIAL
    return Bound(asked.best, status, asked.work.iterations)


def alone(c: Compiled) -> int:
    """What every plan costs: the visits that nobody could be given alone, and nothing below 0."""
    return sum(visit.unplaced for visit in c.visits if not any(visit.lanes))


class _Asked:
    """One bound in the making; `best`: the best so far."""

    work: Relaxed

    def __init__(
        self,
        c: Compiled,
        upper: int | None,
        budget: BoundBudget,
        should_stop: Callable[[], bool] | None,
        progress: Callable[[int], None] | None,
    ) -> None:
        self.c, self.upper, self.budget = c, upper, budget
        self.stopped = should_stop or (lambda: False)
        self.progress = progress
        self.best: int | None = None

    def run(self) -> bool:
        """Relax, list and close, branch; whether nothing is left to do."""
        done = generate(
            self.work,
            most=self.budget.iterations,
            stop_at=self.upper,
            should_stop=self.stopped,
            progress=self.tell,
        )
        if not done or self.upper is None or self._proved():
            return done
        listed = list_rounds(self.work, upper=self.upper, should_stop=self.stopped)
        if listed is not None:
            effort = self.budget.closing
            self.tell(close(self.work, listed, effort=effort, should_stop=self.stopped))
        if self._proved() or self.stopped():
            return not self.stopped()
        tree = Tree(self.work, self.upper, self.stopped)
        while tree.made < self.budget.cases and tree.grow(iterations=self.budget.iterations):
            self.tell(tree.bound)
        return not self.stopped()

    def _proved(self) -> bool:
        return self.upper is not None and self.best is not None and self.best >= self.upper

    def tell(self, bound: int) -> None:
        if self.best is None or bound > self.best:
            self.best = bound
            if self.progress is not None:
                self.progress(bound)
