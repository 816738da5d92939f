"""An integer random generator of our own (xorshift64*): a seed means the same everywhere."""

import math
from collections.abc import Sequence
from typing import TypeVar

MASK = (1 << 64) - 1
T = TypeVar("T")

# -ln(u) in thousandths at the middles of 1024 equal parts of (0, 1): exponential draws in integers
EXPONENTIAL = tuple(round(-1000 * math.log((i + 0.5) / 1024)) for i in range(1024))


class Rng:
    """Marsaglia's xorshift with Vigna's multiplier; the state is one 64-bit integer."""

    __slots__ = ("state",)

    def __init__(self, seed: int) -> None:
        """Spread the seed's bits (SplitMix64), so that seeds 1 and 2 have nothing in common."""
        z = (seed + 0x9E3779B97F4A7C15) & MASK
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        self.state = (z ^ (z >> 31)) or 1

    def below(self, n: int) -> int:
        """A number from 0 to n - 1; n > 0."""
        x = self.state
        x ^= x >> 12
        x ^= (x << 25) & MASK
        x ^= x >> 27
        self.state = x
        return ((((x * 0x2545F4914F6CDD1D) & MASK) >> 32) * n) >> 32

    def exponential(self) -> int:
        """A draw from the exponential distribution with mean 1000."""
        return EXPONENTIAL[self.below(1024)]

    def choice(self, items: Sequence[T]) -> T:
        """One of the items."""
        return items[self.below(len(items))]

    def shuffle(self, items: list[T]) -> None:
        """Fisher and Yates, in place."""
        for i in range(len(items) - 1, 0, -1):
            j = self.below(i + 1)
            items[i], items[j] = items[j], items[i]
