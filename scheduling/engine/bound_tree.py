"""Branching on visits left out: the bound is that of the worst case of all.

Where a visit is half left out in the relaxation, the plans that leave it out and those that place
it are bounded apart. Each case is a relaxation of its own, begun with all columns known so far;
the case with the lowest bound is split next, as long as there is one to split.
"""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush

from scheduling.engine.bound import Relaxed, generate
from scheduling.engine.bound_prices import SCALE, Case

CLEAR = 0.02
"""A visit left out to less than this share, or placed, is not worth splitting."""


@dataclass(frozen=True, slots=True, order=True)
class Leaf:
    """A case with its bound in 1 / SCALE; `split`: the helper to split it at, -1: there is none."""

    bound: int
    number: int
    case: Case
    split: int


class Tree:
    """The cases so far, and what splitting at a visit has brought on average (pseudo-costs)."""

    def __init__(self, work: Relaxed, upper: int, should_stop: Callable[[], bool]) -> None:
        """From a relaxation that is solved; `upper`: cost of a known plan."""
        assert work.best is not None
        self.work, self.upper, self.should_stop = work, upper, should_stop
        self.charge = max(1, 2 * (upper - work.best // SCALE))
        self.gains: dict[tuple[int, int], list[int]] = {}
        self.made = 0
        self.leaves = [Leaf(work.best, 0, work.case, self._split())]

    @property
    def bound(self) -> int:
        """The bound in points."""
        return min(self.upper, -(-self.leaves[0].bound // SCALE))

    def grow(self, *, iterations: int) -> bool:
        """Split the case with the lowest bound; False if nothing is left to do."""
        leaf = self.leaves[0]
        if leaf.split < 0 or self.bound >= self.upper or self.should_stop():
            return False
        children = []
        for sign in (-1, 1):
            case = self._case(leaf.case, leaf.split, sign)
            self.work.take(case)
            done = generate(
                self.work, most=iterations, stop_at=self.upper, should_stop=self.should_stop
            )
            best = self.work.best
            bound = leaf.bound if best is None else max(leaf.bound, best)
            self.gains.setdefault((leaf.split, sign), []).append(bound - leaf.bound)
            self.made += 1
            split = self._split() if done and bound < self.upper * SCALE else -1
            children.append(Leaf(bound, self.made, case, split))
        heappop(self.leaves)
        for child in children:
            heappush(self.leaves, child)
        return True

    def _case(self, case: Case, helper: int, sign: int) -> Case:
        return Case({**case.extra, helper: sign * self.charge})

    def _split(self) -> int:
        """The visit whose splitting promises most; -1 if there is none."""
        if not self.work.program.solve(self.should_stop):
            return -1
        value, shares = self.work.program.value(), self.work.program.helped()
        left_out = self.work.rows.left_out
        some = [h for h in left_out if CLEAR < shares[h] < 1 - CLEAR]
        for helper in some:
            for sign in (-1, 1):
                if self.should_stop():
                    return -1
                if (helper, sign) not in self.gains:
                    self.gains[helper, sign] = [self._gain(helper, sign, value)]
        return max(some, key=lambda h: (self._merit(h), -h), default=-1)

    def _gain(self, helper: int, sign: int, value: float) -> int:
        """What the program over the known rounds says that half a split would bring."""
        case = self.work.case
        self.work.program.charge(self._case(case, helper, sign).extra)
        gain = 0.0
        if self.work.program.solve(self.should_stop):
            gain = max(0.0, self.work.program.value() - value)
        self.work.program.charge(case.extra)
        return int(gain * SCALE)

    def _merit(self, helper: int) -> int:
        """Product of the mean gains of both sides, none counted as nothing."""
        product = 1
        for sign in (-1, 1):
            gains = self.gains[helper, sign]
            product *= max(SCALE, min(sum(gains) // len(gains), self.charge * SCALE))
        return product
