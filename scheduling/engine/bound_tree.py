"""Branching: the bound is that of the worst case of all.

Where a visit is half left out in the relaxation, the plans that leave it out and those that place
it are bounded apart; where none is, those that give it to a worker or a day and those that do not.
Each case is a relaxation of its own, begun with all columns known so far; the case with the lowest
bound is split next, as long as there is one to split.
"""

from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush

from scheduling.engine.bound import Relaxed, generate
from scheduling.engine.bound_prices import SCALE
from scheduling.engine.bound_rows import Case
from scheduling.engine.bound_splits import Split, open_splits


@dataclass(frozen=True, slots=True, order=True)
class Leaf:
    """A case with its bound in 1 / SCALE; `done`: nothing is left to split."""

    bound: int
    number: int
    case: Case
    done: bool = False


class Tree:
    """The cases so far, and what splitting at a visit has brought on average (pseudo-costs)."""

    def __init__(self, work: Relaxed, upper: int, should_stop: Callable[[], bool]) -> None:
        """From a relaxation that is solved; `upper`: cost of a known plan."""
        assert work.best is not None
        self.work, self.upper, self.should_stop = work, upper, should_stop
        self.most = upper * SCALE - work.best
        self.gains: dict[tuple[Split, bool], list[int]] = {}
        self.made = 0
        self.leaves = [Leaf(work.best, 0, work.case)]

    @property
    def bound(self) -> int:
        """The bound in points."""
        return min(self.upper, -(-self.leaves[0].bound // SCALE))

    def grow(self, *, iterations: int) -> bool:
        """Split the case with the lowest bound; False if nothing is left to do."""
        leaf = self.leaves[0]
        if leaf.done or self.bound >= self.upper or self.should_stop():
            return False
        self.work.take(leaf.case)
        split = self._split()
        if self.should_stop():
            return False
        heappop(self.leaves)
        if split is None:
            heappush(self.leaves, Leaf(leaf.bound, leaf.number, leaf.case, done=True))
            return False
        for yes in (True, False):
            heappush(self.leaves, self._child(leaf, split, yes=yes, iterations=iterations))
        return True

    def _child(self, leaf: Leaf, split: Split, *, yes: bool, iterations: int) -> Leaf:
        """One of the two cases of a split."""
        case = split.case(self.work.rows, leaf.case, yes=yes)
        self.work.take(case)
        generate(
            self.work,
            most=iterations,
            stop_at=self.upper,
            near=SCALE,
            should_stop=self.should_stop,
        )
        best = self.work.best
        bound = leaf.bound if best is None else max(leaf.bound, best)
        self.gains.setdefault((split, yes), []).append(bound - leaf.bound)
        self.made += 1
        return Leaf(bound, self.made, case)

    def _split(self) -> Split | None:
        """The split that promises most; None if there is nothing to split."""
        if not self.work.program.solve(self.should_stop):
            return None
        value, some = self.work.program.value(), open_splits(self.work)
        for split in some:
            for yes in (True, False):
                if self.should_stop():
                    return None
                if (split, yes) not in self.gains:
                    self.gains[split, yes] = [self._gain(split, value, yes=yes)]
        return max(some, key=self._merit, default=None)

    def _gain(self, split: Split, value: float, *, yes: bool) -> int:
        """What the program over the known rounds says that one half of a split would bring."""
        case = self.work.case
        self.work.program.take(split.case(self.work.rows, case, yes=yes))
        gain = 0.0
        if self.work.program.solve(self.should_stop):
            gain = max(0.0, self.work.program.value() - value)
        self.work.program.take(case)
        return int(gain * SCALE)

    def _merit(self, split: Split) -> int:
        """Product of the mean gains of both sides, none counted as nothing."""
        product = 1
        for yes in (True, False):
            gains = self.gains[split, yes]
            product *= max(SCALE, min(sum(gains) // len(gains), self.most))
        return product
