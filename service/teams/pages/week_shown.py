"""A working pattern as a table: a row for each week of the cycle."""

from dataclasses import dataclass
from datetime import timedelta

from scheduling.weeks import monday_of
from service import clock
from service.teams.hours_text import hours_text
from service.teams.worker_queries import PatternShown


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One week of the cycle: its number from 1, whether it is this week, hours and minutes."""

    number: int
    current: bool
    days: tuple[str, ...]
    minutes: int


def week_rows(pattern: PatternShown) -> tuple[WeekRow, ...]:
    """The rows; days without work are empty texts."""
    today = clock.today()
    now = (monday_of(today) - pattern.cycle_starts_on) // timedelta(weeks=1)
    begun = pattern.starts_on <= today and pattern.cycle_weeks > 1
    return tuple(
        WeekRow(
            number=week + 1,
            current=begun and now % pattern.cycle_weeks == week,
            days=tuple(
                hours_text(
                    (one.from_minute, one.to_minute)
                    for one in pattern.stretches
                    if one.cycle_week == week and one.weekday == day
                )
                for day in range(1, 8)
            ),
            minutes=sum(
                one.to_minute - one.from_minute
                for one in pattern.stretches
                if one.cycle_week == week
            ),
        )
        for week in range(pattern.cycle_weeks)
    )
