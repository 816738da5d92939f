"""Quiet hours: when a notice may go out to somebody who is not at work."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from service.clock import BRUSSELS
from service.teams.own_hours import Stretch, working_stretches

LOOK_AHEAD_WEEKS = 3
OFFICE_FROM, OFFICE_TO = time(8), time(18)


async def next_working_moment(worker: int | None, *, now: datetime) -> datetime | None:
    """`now` if it is working time, else when the next one begins; None for none in three weeks.

    Who is no worker works from Monday to Friday, from 8:00 to 18:00.
    """
    today = now.astimezone(BRUSSELS).date()
    if worker is None:
        return first_moment(_office_days(today), now=now)
    stretches = await working_stretches(worker, first=today, weeks=LOOK_AHEAD_WEEKS)
    return first_moment(stretches, now=now)


def first_moment(stretches: Iterable[Stretch], *, now: datetime) -> datetime | None:
    """The first instant from `now` on that lies in one of the stretches."""
    open_now = [max(now, start) for start, end in stretches if end > now]
    return min(open_now, default=None)


def _office_days(first: date) -> tuple[Stretch, ...]:
    days = (first + timedelta(days=n) for n in range(7 * LOOK_AHEAD_WEEKS))
    return tuple(
        (
            datetime.combine(day, OFFICE_FROM, tzinfo=BRUSSELS),
            datetime.combine(day, OFFICE_TO, tzinfo=BRUSSELS),
        )
        for day in days
        if day.isoweekday() <= 5
    )
