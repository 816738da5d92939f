"""ISO weeks: from a date to its week, and between local (day, minute) slots and UTC instants in a
zone.

A slot is the wall clock's: day index from the week's Monday and minutes after local midnight. On
the last Sunday of March the hour from 2:00 does not exist: a slot inside it is read as if the
clocks had not changed yet (2:30 becomes 3:30 summer time). On the last Sunday of October that hour
comes twice: the first one is taken.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
DAY_MINUTES = 1440


def monday_of(day: date) -> date:
    """The Monday of the day's ISO week."""
    return day - timedelta(days=day.weekday())


def week_name(monday: date) -> str:
    """ISO name of a week, '2026-W53'; refuses a day that is no Monday."""
    _require_monday(monday)
    year, week, _ = monday.isocalendar()
    return f"{year:04d}-W{week:02d}"


def week_from_name(name: str) -> date:
    """The Monday of an ISO week written as '2026-W53'; ValueError if there is no such week."""
    year, separator, week = name.partition("-W")
    if not (separator and len(year) == 4 and len(week) == 2 and (year + week).isdecimal()):
        raise ValueError(f"{name!r} is not an ISO week; write it as 2026-W07")
    return date.fromisocalendar(int(year), int(week), 1)


def weeks_in_year(year: int) -> int:
    """52 or 53: 28 December is always in the last ISO week of its year."""
    return date(year, 12, 28).isocalendar().week


def to_instant(monday: date, *, day: int, minute: int, zone: ZoneInfo = BRUSSELS) -> datetime:
    """The UTC instant of a local slot; minute 1440 is the next midnight."""
    _require_monday(monday)
    if not 0 <= minute <= DAY_MINUTES:
        raise ValueError(f"minute {minute} is outside 0 to {DAY_MINUTES}")
    carry, rest = divmod(minute, DAY_MINUTES)
    local = datetime.combine(
        monday + timedelta(days=day + carry), time(rest // 60, rest % 60), zone
    )
    return local.astimezone(UTC)


def to_slot(monday: date, instant: datetime, *, zone: ZoneInfo = BRUSSELS) -> tuple[int, int]:
    """(day, minute) on the wall clock of an instant; the day may lie outside 0 to 6."""
    _require_monday(monday)
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    local = instant.astimezone(zone)
    return (local.date() - monday).days, local.hour * 60 + local.minute


def day_minutes(monday: date, day: int, *, zone: ZoneInfo = BRUSSELS) -> int:
    """Real minutes of a local day: 1380 when clocks go forward, 1500 when back, else 1440."""
    start = to_instant(monday, day=day, minute=0, zone=zone)
    return int((to_instant(monday, day=day + 1, minute=0, zone=zone) - start).total_seconds()) // 60


def _require_monday(day: date) -> None:
    if day.weekday():
        raise ValueError(
            f"{day.isoformat()} is not a Monday; the week begins on {monday_of(day).isoformat()}"
        )
