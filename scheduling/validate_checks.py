"""Checks that every part of a problem file asks: codes, minutes, days, intervals."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from scheduling.errors import Finding
from scheduling.problem import Problem, Windows
from scheduling.windows import Interval


class Times:
    """Checks of days and minutes against one problem's grid and number of days."""

    def __init__(self, problem: Problem) -> None:
        """Remember the problem's days, grid and end of day."""
        self.days, self.grid, self.day_end = problem.days, problem.grid, problem.day_end

    def day(self, path: str, day: int | None) -> Iterator[Finding]:
        """A day of the problem, or None."""
        if day is not None and not 0 <= day < self.days:
            yield Finding(path, f"day {day} is outside 0 to {self.days - 1}")

    def minute(self, path: str, minute: int | None) -> Iterator[Finding]:
        """A minute of a day on the grid, or None."""
        if minute is None:
            return
        if not 0 <= minute <= self.day_end:
            beyond = "; raise $.day_end for work after midnight" if minute > self.day_end else ""
            yield Finding(path, f"minute {minute} is outside 0 to {self.day_end}{beyond}")
        elif minute % self.grid:
            yield Finding(path, f"minute {minute} is not a multiple of the grid of {self.grid}")

    def interval(self, path: str, interval: Interval) -> Iterator[Finding]:
        """Two minutes, the second later."""
        yield from self.minute(f"{path}[0]", interval.start)
        yield from self.minute(f"{path}[1]", interval.end)
        if interval.end <= interval.start:
            yield Finding(path, f"ends at {interval.end}, not after its start {interval.start}")

    def windows(self, path: str, windows: Windows | None) -> Iterator[Finding]:
        """A list of intervals for each day, or None."""
        if windows is None:
            return
        if len(windows) != self.days:
            yield Finding(path, f"has {len(windows)} days; give one list for each of {self.days}")
        for d, intervals in enumerate(windows):
            for k, interval in enumerate(intervals):
                yield from self.interval(f"{path}[{d}][{k}]", interval)

    def duration(self, path: str, minutes: int) -> Iterator[Finding]:
        """Some minutes on the grid."""
        if minutes <= 0:
            yield Finding(path, f"{minutes} minutes; a duration is more than zero")
        elif minutes % self.grid:
            yield Finding(path, f"{minutes} minutes is not a multiple of the grid of {self.grid}")


def duplicates(path: str, codes: Sequence[str]) -> Iterator[Finding]:
    """Codes that stand there more than once."""
    for code, count in sorted(Counter(codes).items()):
        if count > 1:
            yield Finding(path, f"{code} stands there {count} times; codes are unique")


def known_codes(
    path: str, codes: Iterable[str | None], known: set[str], where: str
) -> Iterator[Finding]:
    """Codes that are not among the known ones; `where` names those for people."""
    for code in codes:
        if code is not None and code not in known:
            yield Finding(path, f"{code} is not among the {where}; add it or correct the code")


def negative(path: str, holder: object, *names: str) -> Iterator[Finding]:
    """Fields of `holder` with a number below zero."""
    for name in names:
        value = getattr(holder, name)
        if value is not None and value < 0:
            yield Finding(f"{path}.{name}", f"{value} is negative; write 0 or more")
