"""A bound for a plan, and where it can be had the proof that no plan is cheaper."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from scheduling.engine.bound import generate, relax
from scheduling.engine.bound_walked import Walked
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

    PARTIAL: stopped or out of budget on the way; RELAXED: the best that the relaxation says;
    OPTIMAL: the plan that was given costs as much.
    """

    value: int | None
    status: BoundStatus
    iterations: int = 0


@dataclass(frozen=True, slots=True)
class BoundBudget:
    """Iterations of column generation."""

    iterations: int = 400


def lower_bound(
    c: Compiled,
    *,
    upper: int | None = None,
    walked: Iterable[Walked] = (),
    budget: BoundBudget | None = None,
    should_stop: Callable[[], bool] | None = None,
    progress: Callable[[int], None] | None = None,
) -> Bound:
    """A lower bound of every plan's cost; `upper` and `walked`: cost and rounds of a known plan.

    Repeatable: it counts iterations, never seconds. `should_stop` is asked many times a second,
    `progress` told each better bound. Fast only where the kernel is compiled.
    """
    stop, tell = should_stop or (lambda: False), progress or (lambda _: None)
    if not c.visits:
        return Bound(upper, BoundStatus.OPTIMAL if upper is not None else BoundStatus.NONE)
    budget = budget or BoundBudget()
    try:
        work = relax(c.tables, walked)
    except ValueError:  # travel minutes that are not on the grid
        return Bound(None, BoundStatus.NONE)
    done = generate(work, most=budget.iterations, stop_at=upper, should_stop=stop, progress=tell)
    value = work.bound()
    if value is None:
        return Bound(None, BoundStatus.NONE, work.iterations)
    if upper is not None and value >= upper:
        return Bound(upper, BoundStatus.OPTIMAL, work.iterations)
    return Bound(value, BoundStatus.RELAXED if done else BoundStatus.PARTIAL, work.iterations)
