"""What a line of results holds about one judged plan: cost, bound, gaps on both bases.

`gap` is (cost - bound) / cost, `gap_above` the same with what is impossible alone taken off the
cost; `to_best` is (cost - best known) / best known, `to_best_above` with it taken off the best.
All in per cent, None where there is no bound, no best known cost or nothing to divide by.
"""

from dataclasses import dataclass

BEST_KNOWN = {
    "XS-1": (10688, 10688.0),
    "XS-2": (647, 647.0),
    "XS-3": (735, 735.0),
    "S-1": (4717, 4704.5),
    "S-2": (13195, 13086.5),
    "S-3": (18185, 16642.0),
    "T-1": (3693, 3632.6),
    "T-2": (5065, 4951.8),
    "T-3": (12720, 12601.0),
    "L-1": (29578, 26322.0),
}
"""Best known cost and proved lower bound, as the outside judge's README lists them: yardsticks."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Costs of one plan, all on the outside judge's scale."""

    cost: int
    constant: int
    bound: int | None
    best: int | None

    @property
    def gap(self) -> float | None:
        """How much better any plan could be, in per cent of the whole cost."""
        return None if self.bound is None else percent(self.cost - self.bound, self.cost)

    @property
    def gap_above(self) -> float | None:
        """The same in per cent of the cost above the constant."""
        above = self.cost - self.constant
        return None if self.bound is None else percent(self.cost - self.bound, above)

    @property
    def to_best(self) -> float | None:
        """How much dearer than the best known plan, in per cent of it."""
        return None if self.best is None else percent(self.cost - self.best, self.best)

    @property
    def to_best_above(self) -> float | None:
        """The same in per cent of the best known cost above the constant."""
        if self.best is None:
            return None
        return percent(self.cost - self.best, self.best - self.constant)


def best_known(name: str) -> int | None:
    """The best known cost of a week such as 'S-1'."""
    known = BEST_KNOWN.get(name)
    return None if known is None else known[0]


def percent(part: int, whole: int) -> float | None:
    """To a hundredth; 0 of nothing is 0."""
    if part == 0:
        return 0.0
    return round(100 * part / whole, 2) if whole > 0 else None
