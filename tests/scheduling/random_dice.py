"""The dice that random weeks are thrown with, and the frame that their minutes keep to."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from scheduling.problem import Interval, Windows

HOW_OFTEN = (0, 0, 20, 50, 85)
"""Percents: how often a week may do each thing."""
SELDOM = (0, 0, 0, 10, 30)
"""For what leaves hardly any choice: much of it and no visit is ever placed."""


class Dice(random.Random):
    """Seeded, and with a mind for a whole week of how often each thing happens in it."""

    def __init__(self, seed: int) -> None:
        """Start a week; its habits are drawn as they are asked for."""
        super().__init__(seed)
        self._habits: dict[str, int] = {}

    def percent(self, chance: int) -> bool:
        """True so many times of a hundred."""
        return self.randrange(100) < chance

    def may(self, what: str, habits: Sequence[int] = HOW_OFTEN) -> bool:
        """Whether it happens this time, by the week's habit."""
        if what not in self._habits:
            self._habits[what] = self.choice(habits)
        return self.percent(self._habits[what])

    def seldom(self, what: str) -> bool:
        """The same, of what makes planning hard."""
        return self.may(what, SELDOM)

    def some(self, items: Sequence[str], most: int) -> tuple[str, ...]:
        """Up to so many, in any order."""
        return tuple(self.sample(list(items), min(len(items), self.randint(0, most))))


@dataclass(frozen=True, slots=True)
class Frame:
    """Days, grid and end of the day that every minute of a week keeps to."""

    days: int
    grid: int
    day_end: int

    @property
    def late(self) -> bool:
        """Whether work goes on after midnight."""
        return self.day_end > 1440

    def round(self, minute: int) -> int:
        """On the grid, not later."""
        return minute // self.grid * self.grid

    def up(self, minutes: int) -> int:
        """A duration on the grid, not shorter."""
        return -(-minutes // self.grid) * self.grid

    def minute(self, dice: Dice, low: int, high: int) -> int:
        """Any minute on the grid from low to high, both reachable."""
        return self.up(low) + self.grid * dice.randint(0, (high - self.up(low)) // self.grid)

    def span(self, start: int, end: int) -> Interval:
        """On the grid, inside the day, at least one step long."""
        first = min(self.round(start), self.day_end - self.grid)
        return Interval(first, max(first + self.grid, min(self.round(end), self.day_end)))

    def windows(self, dice: Dice, spans: Sequence[tuple[tuple[int, int], ...]]) -> Windows:
        """One of these for each day."""
        return tuple(
            tuple(self.span(*span) for span in dice.choice(spans)) for _ in range(self.days)
        )
