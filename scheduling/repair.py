"""Repair: the cheapest way on from a published plan when something happened, and whom to tell.

`repair(problem, plan, events, now=...)` is all of it: the events make a new problem
(`scheduling.events`), its published plan is mended (`scheduling.mending`), and every change is
listed with who must be told (`scheduling.telling`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from scheduling.engine.solve import solve
from scheduling.events import Event, after_events
from scheduling.mending import changed_visits, mend
from scheduling.plan import Effort, Plan
from scheduling.problem import Problem
from scheduling.score import score
from scheduling.telling import Told, told

__all__ = ["Afresh", "Repair", "afresh", "repair"]


@dataclass(frozen=True, slots=True)
class Repair:
    """A mended week: `plan` is for `problem`, the week as the events left it.

    `lost`: published visits that could not stay where they were; `called_off`: not asked any more;
    `new`: asked by an event; `changed`: published visits that differ as people count it (another
    worker or day, or more than half an hour; left out, called off ones aside). `told`: every
    change, however small, with who must be told. The price is `plan.cost`, of which
    `plan.costs["change"]` is for changing.
    """

    problem: Problem
    plan: Plan
    lost: tuple[str, ...]
    called_off: tuple[str, ...]
    new: tuple[str, ...]
    changed: tuple[str, ...]
    told: tuple[Told, ...]

    @property
    def kept(self) -> int:
        """Published visits that stay as people count it."""
        return len(self.problem.published or ()) - len(self.changed)


@dataclass(frozen=True, slots=True)
class Afresh:
    """What planning afresh would have brought: points (changes counted too), visits changed."""

    cost: int
    changed: int
    unplaced: int


def repair(
    problem: Problem,
    plan: Plan,
    events: Iterable[Event] = (),
    *,
    now: int | None,
    seed: int = 1,
    should_stop: Callable[[], bool] | None = None,
) -> Repair:
    """Mend a plan of the problem, which is published, after these events.

    `now`: day * 1440 + minute; what has begun by then stays. `unplaced` of the plan says why a
    visit was dropped. UnknownInEvent, InvalidProblem if an event cannot be.
    """
    broken = after_events(problem, plan, events, now=now)
    mended = mend(broken.problem, new=len(broken.new), seed=seed, should_stop=should_stop)
    reasons = {one.visit: one.reasons for one in mended.plan.unplaced}
    return Repair(
        mended.problem,
        mended.plan,
        mended.lost,
        broken.called_off,
        broken.new,
        mended.changed,
        told(
            problem,
            plan.placements,
            mended.plan.placements,
            now=now,
            called_off=broken.called_off,
            new=broken.problem,
            reasons=reasons,
        ),
    )


def afresh(done: Repair, *, effort: Effort = Effort.QUICK, seed: int = 1) -> Afresh:
    """The same week planned without looking at what is published, priced as the repair is."""
    published = done.problem.published or ()
    plan = solve(replace(done.problem, published=None), effort=effort, seed=seed)
    after = {place.visit: place for place in plan.placements}
    return Afresh(
        score(done.problem, plan).total,
        len(changed_visits(published, after)),
        len(plan.unplaced),
    )
