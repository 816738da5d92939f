"""How much a solve spends, in iterations and deterministic solver time, never in seconds.

More visits get more iterations, for there is more to try.
"""

from dataclasses import dataclass

from scheduling.engine.improve import WARM, Cycle
from scheduling.plan import Effort

FEWEST, MOST = 20, 150
"""Visits that a problem is taken to have at least, and at most, when its iterations are counted."""


@dataclass(frozen=True, slots=True)
class Budget:
    """`starts` short cycles from the first plan and from packed ones, the best of which goes on.

    Packing takes `packing` iterations each time. Then `rounds` times the `cycles`, each time
    followed by a master of `master` hundredths of deterministic seconds; then at most `bound`
    iterations of column generation.
    """

    starts: tuple[Cycle, ...]
    cycles: tuple[Cycle, ...]
    rounds: int
    master: int
    bound: int = 0
    packing: int = 0

    @property
    def iterations(self) -> int:
        """Iterations of a run that nobody stops."""
        once = sum(cycle.iterations for cycle in self.cycles)
        packing = self.packing * max(1, len(self.starts) - 1)
        return packing + sum(cycle.iterations for cycle in self.starts) + self.rounds * once


def budget_of(effort: Effort, visits: int) -> Budget:
    """What an effort spends on so many visits."""
    n = min(MOST, max(FEWEST, visits))
    if effort is Effort.QUICK:
        return Budget(starts=(), cycles=(Cycle(200 * n),), rounds=1, master=20, packing=20 * n)
    if effort is Effort.NORMAL:
        return Budget(
            starts=(Cycle(400 * n), *(Cycle(400 * n, WARM),) * 4),
            cycles=(Cycle(1000 * n),),
            rounds=1,
            master=150,
            bound=400,
            packing=150 * n,
        )
    return Budget(
        starts=(Cycle(2000 * n), *(Cycle(2000 * n, WARM),) * 4),
        cycles=(Cycle(7000 * n),),
        rounds=2,
        master=400,
        bound=2000,
        packing=300 * n,
    )
