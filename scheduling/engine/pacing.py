"""A run by the clock: how much time is left, and what it is spent on."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from scheduling.engine.improve import HOT, WARM
from scheduling.engine.search import WHOLE

KEPT_BACK = 0.04
"""Share of the time kept for judging the plan and saying why visits are left out."""
SOLVING = 0.25
"""Share of a round's time for the master."""
LONGEST_SOLVE = 6.0
"""Seconds that one master gets at most."""
BOUNDING = 0.6
"""Share of the time for the bound, which begins to say something after some seconds."""
SHORT, SHORT_BOUNDING = 10.0, 0.2
"""Seconds below which the bound gets only this share: time enough for a very small week."""
MOST_BOUNDED = 150
"""Visits above which a bound takes minutes, so that the search gets all the time for itself."""
ROUND = 15.0
"""Seconds of a round of search and master, about."""
STARTING = 0.5
"""Share of the time for several first searches, the best of which goes on."""
FIRST_SEARCH, MOST_STARTS = 0.006, 12
"""Seconds by the visit that a first search of a small week needs, and how many there are."""


@dataclass(frozen=True, slots=True)
class Clock:
    """So many `seconds` from the moment it was made, for so many `visits`."""

    seconds: float
    visits: int
    began: float = field(default_factory=time.monotonic)

    def left(self, *, bounding: bool = False) -> float:
        """Seconds left for searching, or for the bound after it."""
        share = 1 - KEPT_BACK - (0 if bounding else self.bounding)
        return self.seconds * share - (time.monotonic() - self.began)

    @property
    def bounding(self) -> float:
        """Share of the time for the bound."""
        if self.visits > MOST_BOUNDED:
            return 0.0
        return BOUNDING if self.seconds >= SHORT else SHORT_BOUNDING

    @property
    def rounds(self) -> int:
        """How many rounds of search and master fit."""
        return max(1, round(self.seconds / ROUND))

    @property
    def starts(self) -> tuple[int, ...]:
        """First temperatures of the first searches that fit; a large week has time for few."""
        if self.visits > MOST_BOUNDED:
            return (HOT,) * (3 if self.seconds >= SHORT else 2)
        time = self.seconds * (1 - KEPT_BACK - self.bounding) * STARTING
        many = int(time / (FIRST_SEARCH * max(1, self.visits)))
        return tuple(WARM if i % 3 else HOT for i in range(min(MOST_STARTS, max(3, many))))

    def starting(self) -> float:
        """Seconds for each first search, asked before the first of them."""
        return max(0.0, self.left()) * STARTING / len(self.starts)

    def searching(self, rounds_left: int) -> float:
        """Seconds to search in the next of so many rounds."""
        share = max(0.0, self.left()) / rounds_left
        return share - min(share * SOLVING, LONGEST_SOLVE)


def pace(seconds: float) -> Callable[[], int]:
    """How much of the next so many seconds is over."""
    began = time.monotonic()

    def over() -> int:
        if seconds <= 0:
            return WHOLE
        return min(WHOLE, int(WHOLE * (time.monotonic() - began) / seconds))

    return over
