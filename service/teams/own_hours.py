"""When one worker works in the days to come: for what should not be told in the time off."""

from datetime import date, datetime, timedelta

from scheduling.weeks import DAY_MINUTES, monday_of, to_instant
from service.teams.hours import net, week_away, week_hours
from service.teams.queries import absences_of, patterns_of

Stretch = tuple[datetime, datetime]


async def working_stretches(worker: int, *, first: date, weeks: int) -> tuple[Stretch, ...]:
    """The worker's working time from the week of `first` on: pattern minus absences, in order."""
    monday = monday_of(first)
    last = monday + timedelta(weeks=weeks)
    patterns = (await patterns_of([worker], monday, last)).get(worker, [])
    absences = (await absences_of([worker], monday, last)).get(worker, [])
    found = []
    for week in (monday + timedelta(weeks=n) for n in range(weeks)):
        hours = week_hours(week, patterns, on_duty=())
        for day, stretches in enumerate(net(hours, week_away(week, absences))):
            found += [
                (_instant(week, day, one.start), _instant(week, day, one.end)) for one in stretches
            ]
    return tuple(found)


def _instant(week: date, day: int, minute: int) -> datetime:
    days, rest = divmod(minute, DAY_MINUTES)
    return to_instant(week, day=day + days, minute=rest)
