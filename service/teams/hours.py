"""When a worker works in a week: pattern cycle minus absences, as local minutes by day."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from scheduling.weeks import DAY_MINUTES, monday_of, to_instant, to_slot
from scheduling.windows import Interval, intersect, subtract, union

Days = tuple[tuple[Interval, ...], ...]
"""Seven entries, Monday first: sorted disjoint intervals of local minutes after midnight."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `starts_on` to the day before `ends_on`; without an end it goes on."""

    starts_on: date
    ends_on: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Working time on one weekday (1 to 7) of one week of the cycle."""

    cycle_week: int
    weekday: int
    from_minute: int
    to_minute: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A working pattern: its days, its cycle counted from a Monday, its stretches."""

    span: Span
    cycle_weeks: int
    cycle_starts_on: date
    stretches: tuple[Stretch, ...]

    def day(self, day: date) -> tuple[Interval, ...]:
        """The hours of a day, empty outside the pattern."""
        if not self.span.holds(day):
            return ()
        weeks = (monday_of(day) - self.cycle_starts_on).days // 7
        return tuple(
            Interval(one.from_minute, one.to_minute)
            for one in self.stretches
            if one.cycle_week == weeks % self.cycle_weeks and one.weekday == day.isoweekday()
        )


def week_hours(
    monday: date,
    patterns: Iterable[Pattern],
    *,
    on_duty: Sequence[Sequence[Span]],
    closed: Collection[date] = (),
) -> Days:
    """The week's hours by pattern, on days held by a span of each group in `on_duty`
    (employment, membership), and none on `closed` days."""
    given = tuple(patterns)
    days = []
    for day in (monday + timedelta(days=i) for i in range(7)):
        works = day not in closed and all(any(s.holds(day) for s in spans) for spans in on_duty)
        days.append(union(i for p in given for i in p.day(day)) if works else ())
    return tuple(days)


def week_away(monday: date, absences: Iterable[tuple[datetime, datetime]]) -> Days:
    """The local minutes of each day that the absences cover.

    On a day the clocks change, an absence that begins or ends between 2:00 and 3:00 covers that
    hour whole: it is never too short.
    """
    given = tuple(absences)
    days = []
    for day in range(7):
        starts = to_instant(monday, day=day, minute=0)
        ends = to_instant(monday, day=day, minute=DAY_MINUTES)
        days.append(
            union(
                _covered(monday, start, end, starts=starts, ends=ends)
                for start, end in given
                if start < ends and starts < end
            )
        )
    return tuple(days)


@lru_cache(maxsize=1024)
def net(hours: Days, away: Days) -> Days:
    """Hours without the time away; a page asks it of the same week again and again."""
    return tuple(subtract(h, a) for h, a in zip(hours, away, strict=True))


def cut(left: Days, right: Days) -> Days:
    """The minutes in both, day by day."""
    return tuple(intersect(a, b) for a, b in zip(left, right, strict=True))


def shrunk(days: Days, grid: int) -> Days:
    """On the grid and nowhere longer."""
    return tuple(
        union(Interval(-(-i.start // grid) * grid, i.end // grid * grid) for i in day)
        for day in days
    )


def widened(days: Days, grid: int) -> Days:
    """On the grid and nowhere shorter."""
    return tuple(
        union(
            Interval(i.start // grid * grid, min(DAY_MINUTES, -(-i.end // grid) * grid))
            for i in day
        )
        for day in days
    )


def minutes_of(days: Days) -> int:
    """All minutes of the week."""
    return sum(i.end - i.start for day in days for i in day)


def _covered(
    monday: date, start: datetime, end: datetime, *, starts: datetime, ends: datetime
) -> Interval:
    first = 0 if start <= starts else to_slot(monday, start)[1]
    last = DAY_MINUTES if end >= ends else to_slot(monday, end)[1]
    if (ends - starts) != timedelta(days=1):  # the clocks change between 2:00 and 3:00
        first = 120 if 120 <= first < 180 else first
        last = 180 if 120 <= last < 180 else last
    return Interval(first, last)
