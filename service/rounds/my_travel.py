"""Minutes of the way to each published stop of a worker's week, for their page."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime

from scheduling.weeks import BRUSSELS, to_instant
from service.database.sql import fetch_all
from service.rounds.travelling import read_travel
from service.rounds.types import MyWeek
from service.teams.states import TravelMode


@dataclass(frozen=True, slots=True)
class _Stop:
    """A confirmed stop with what the way to it hangs on; `base` is the team's."""

    visit: int
    roster: int
    base: int | None
    mode: TravelMode
    place: int
    appointment: int | None
    starts_at: datetime


async def with_travel(week: MyWeek) -> MyWeek:
    """Return the week with `travel_before` where the plan knew the way: from the team's base or
    the stop before, in the order of the day. Three queries for each team the worker visits for.
    """
    bounds = to_instant(week.week, day=0, minute=0), to_instant(week.week, day=7, minute=0)
    stops = await fetch_all(_STOPS, week.worker, *bounds, into=_Stop)
    by_roster: dict[int, dict[date, list[_Stop]]] = defaultdict(lambda: defaultdict(list))
    for stop in stops:
        by_roster[stop.roster][stop.starts_at.astimezone(BRUSSELS).date()].append(stop)
    found: dict[int, int | None] = {}
    for roster, days in by_roster.items():
        base = next(iter(days.values()))[0].base
        travel = await read_travel(roster, base)
        for day in days.values():
            ways = travel.ways(day[0].mode, day)
            found |= {stop.visit: way for stop, way in zip(day, ways, strict=True)}
    return replace(
        week,
        days=tuple(
            (day, tuple(replace(one, travel_before=found.get(one.visit)) for one in shown))
            for day, shown in week.days
        ),
    )


_STOPS = """
select v.id as visit, v.roster, m.base, w.travel_mode as mode, p.place, v.appointment, s.starts_at
from published_stops s
join workers w on w.id = s.worker
join published_visits p on p.id = s.published_visit
join visits v on v.id = p.visit
join rosters r on r.id = v.roster
join teams m on m.id = r.team
where w.code = $1 and s.state = 'confirmed' and s.starts_at >= $2 and s.starts_at < $3
order by s.starts_at
"""
