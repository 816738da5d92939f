"""A day planned by simulated annealing over the order of its visits, in pieces, repeatable.

How warm the search is depends on how much of the run is over and on nothing else. Left to itself a
run counts moves, and the same problem, seed and number of moves give the same plan however the run
is cut into pieces. Where a clock sets the `pace` the search has cooled when time is up, and the
plan is not repeatable.
"""

from collections.abc import Callable
from dataclasses import replace

from scheduling.engine import order_layout as at
from scheduling.engine.kernel import COMPILED, Array, copy_of, seeded
from scheduling.engine.order_anneal import anneal
from scheduling.engine.order_day import applies, day_of
from scheduling.engine.order_decode import load
from scheduling.engine.order_start import construct
from scheduling.problem import Placement, Problem

__all__ = ["WHOLE", "OrderSearch", "applies"]

PIECE = 20_000 if COMPILED else 100
"""Moves between two looks at the clock."""
STEPS = 2000
"""Temperatures of a run that counts moves."""
HOT = 3
"""First temperature: how many times what the way between two visits costs on average."""
HALVINGS = 9
"""How often the temperature is halved in a cooling."""
COOLINGS = 3
"""Coolings of a run, each from the first order: which valley one ends in is decided early."""
WHOLE = 1_000_000
"""A pace of so much: the run is over."""

Watch = Callable[["OrderSearch"], bool]
"""Shown the search after each piece; True asks to stop."""
Pace = Callable[[], int]
"""How much of the run is over, 0 to WHOLE; never less than at the last call."""


class OrderSearch:
    """The search of one problem to which it `applies`, which must be valid."""

    def __init__(self, problem: Problem, *, seed: int) -> None:
        """With the first order made."""
        self.day = day_of(problem)
        self.dice = seeded(seed)
        self.moves, self._asked = 0, len(problem.visits)
        construct(self.day.t)
        self._first = copy_of(self.day.t)
        self._kept = self._first  # as the best of the coolings before left it
        self._mean = _mean_way(self.day.t)

    @property
    def cost(self) -> int:
        """Of the best plan so far, as `score` has it."""
        return int(self._best()[at.BEST_COST]) + self.day.spent

    @property
    def unplaced(self) -> int:
        """How many visits the best plan so far leaves out."""
        best = self._best()
        return self._asked - int(best[best[at.BEST]])

    def placements(self) -> tuple[Placement, ...]:
        """The best plan so far; the search is not disturbed."""
        best = replace(self.day, t=copy_of(self._best()))
        load(best.t)
        return best.placements()

    def _best(self) -> Array:
        return min(self._kept, self.day.t, key=lambda t: int(t[at.BEST_COST]))

    def run(self, moves: int = 0, *, watch: Watch | None = None, pace: Pace | None = None) -> None:
        """Search for so many moves, or as long as `pace` says."""
        done, cooling, step = 0, 0, max(1, moves // STEPS)
        while self.day.t[at.VISITS] > 0 and (pace or done < moves):
            over = pace() if pace else (done - done % step) * WHOLE // moves
            if over >= WHOLE:
                break
            now, part = divmod(over * COOLINGS, WHOLE)
            if now != cooling:
                cooling, self._kept = now, self._best()
                self.day = replace(self.day, t=copy_of(self._first))
            piece = PIECE if pace else min(PIECE, step - done % step, moves - done)
            anneal(self.day.t, self.dice, temperature(HOT * self._mean, part), piece)
            done += piece
            self.moves += piece
            if watch is not None and watch(self):
                break


def temperature(hot: int, part: int) -> int:
    """From `hot`, halved `HALVINGS` times over a cooling, straight from one half to the next."""
    halved, rest = divmod(part * HALVINGS, WHOLE)
    high, low = hot >> halved, hot >> (halved + 1)
    return high - (high - low) * rest // WHOLE


def _mean_way(t: list[int]) -> int:
    """What the way between two visits costs on average, in thousandths."""
    total = pairs = 0
    for i in range(t[at.VISITS]):
        c = t[t[at.FIRST_VISIT] + i * at.VISIT_RECORD + at.CALL]
        for j in range(t[at.VISITS]):
            d = t[t[at.FIRST_VISIT] + j * at.VISIT_RECORD + at.CALL]
            total += int(t[t[c + at.ROW] + t[d + at.COLUMN]])
            pairs += 1
    return max(1000, 1000 * int(t[at.WAY_WEIGHT]) * total // max(1, pairs))
