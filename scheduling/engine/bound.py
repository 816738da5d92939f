"""How much better could any plan be: a lower bound by column generation.

The week is relaxed to choosing rounds in shares (Dantzig and Wolfe 1960; for home care: Rasmussen,
Justesen, Dohn and Larsen 2012): GLOP prices the rows over the rounds known so far, the pricing
finds for each lane the rounds that would pay, until none does. Every set of prices on the way
gives a bound that holds (`bound_prices`), so there is one to show whenever time is up. Prices are
smoothed towards those of the best bound so far (Wentges 1997), which more than halves the rounds.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from scheduling.engine.bound_lp import Program
from scheduling.engine.bound_people import people_rows
from scheduling.engine.bound_prices import SCALE, Pricer
from scheduling.engine.bound_rows import Case, Rows
from scheduling.engine.bound_visits import visit_rows
from scheduling.engine.kernel import Array
from scheduling.engine.price_lanes import lane_views

ENOUGH = 120
"""New rounds per iteration below which quick pricing has done its work."""
QUICK_SMOOTH, SMOOTH = 3, 4
"""Tenths of the earlier prices in those that are tried next: quickly, exactly."""


@dataclass(slots=True)
class Relaxed:
    """A relaxation in work: `best` is the bound so far in 1 / SCALE, at `prices`."""

    rows: Rows
    program: Program
    pricer: Pricer
    case: Case = field(default_factory=Case)
    best: int | None = None
    prices: list[int] = field(default_factory=list)
    least: list[int] = field(default_factory=list)
    iterations: int = 0

    def bound(self) -> int | None:
        """The bound in points: costs are whole, so it is rounded up."""
        return None if self.best is None else -(-self.best // SCALE)

    def take(self, case: Case) -> None:
        """Turn to another part of all plans; what is known of the last one is forgotten."""
        self.program.take(case)
        self.case, self.best = case, None


def relax(t: Array, should_stop: Callable[[], bool] = lambda: False) -> Relaxed | None:
    """The relaxation of a problem's tables, no rounds known yet; None when stopped."""
    t = t.tolist() if hasattr(t, "tolist") else t
    views = lane_views(t, should_stop)
    if views is None:
        return None
    rows = Rows(t, views)
    visit_rows(rows)
    people_rows(rows)
    return Relaxed(rows, Program(rows), Pricer(rows))


def generate(
    work: Relaxed,
    *,
    most: int,
    stop_at: int | None = None,
    near: int = 0,
    should_stop: Callable[[], bool],
    progress: Callable[[int], None] = lambda _: None,
) -> bool:
    """Generate columns until none pays, `most` iterations are done, or stopped; True: none pays.

    `stop_at`: also done when the bound reaches so many points. `near`: so
    many 1 / SCALE under the program's value are near enough.
    """
    quick = True
    centre: list[int] = []
    for _ in range(most):
        if should_stop() or not work.program.solve(should_stop):
            return False
        work.iterations += 1
        ours = work.pricer.rounded(work.program.duals())
        value = round(work.program.value() * SCALE)
        if quick:
            centre = _between(centre, ours, QUICK_SMOOTH)
            priced = work.pricer.price(centre, work.case, quick=True, should_stop=should_stop)
            if priced is None:
                return False
            added = sum([work.program.add(column) for column in priced.rounds])
            quick = added > ENOUGH
            if added:
                continue
        added = 0
        for prices in _tried(work.prices, ours):
            priced = work.pricer.price(prices, work.case, should_stop=should_stop)
            if priced is None:
                return False
            if work.best is None or priced.value > work.best:
                work.best, work.prices, work.least = priced.value, prices, priced.least
                bound = work.bound()
                assert bound is not None
                progress(bound)
                if stop_at is not None and bound >= stop_at:
                    return True
            added = sum([work.program.add(column) for column in priced.rounds])
            if added:
                break
        assert work.best is not None
        if not added or max(work.best + near, -(-work.best // SCALE) * SCALE) >= value:
            return True
    return False


def _tried(best: list[int], ours: list[int]) -> list[list[int]]:
    """Prices to try: smoothed ones where there are any, then the program's own."""
    return [_between(best, ours, SMOOTH), ours] if best else [ours]


def _between(old: list[int], new: list[int], tenths: int) -> list[int]:
    """So many tenths of old prices, where there are any, and the rest of new ones."""
    if not old:
        return new
    return [(tenths * a + (10 - tenths) * b) // 10 for a, b in zip(old, new, strict=True)]
