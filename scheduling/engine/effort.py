"""How much a solve spends, in iterations and deterministic solver time, never in seconds."""

from dataclasses import dataclass

from scheduling.engine.improve import Cycle
from scheduling.plan import Effort


@dataclass(frozen=True, slots=True)
class Budget:
    """`starts` short cycles from the first plan, the best of which goes on; then `rounds` times

    the `cycles`, each time followed by a master of `master` hundredths of deterministic seconds.
    """

    starts: tuple[Cycle, ...]
    cycles: tuple[Cycle, ...]
    rounds: int
    master: int

    @property
    def iterations(self) -> int:
        """Iterations of a run that nobody stops."""
        once = sum(cycle.iterations for cycle in self.cycles)
        return sum(cycle.iterations for cycle in self.starts) + self.rounds * once


BUDGETS = {
    Effort.QUICK: Budget(starts=(Cycle(600),) * 1, cycles=(Cycle(1400),), rounds=1, master=20),
    Effort.NORMAL: Budget(starts=(Cycle(1000),) * 3, cycles=(Cycle(5000),), rounds=2, master=60),
    Effort.THOROUGH: Budget(
        starts=(Cycle(2000),) * 5, cycles=(Cycle(5000), Cycle(10000)), rounds=4, master=200
    ),
}
