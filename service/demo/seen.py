"""Some workers of the demonstration have looked at their published week already."""

from datetime import date

from service import clock
from service.database.sql import execute

_OPENED = """
insert into roster_views (worker, week, opened_at)
select distinct s.worker, r.week, $2::timestamptz
from published_stops s
join published_visits p on p.id = s.published_visit
join visits v on v.id = p.visit
join rosters r on r.id = v.roster
where r.week = $1 and s.worker % 3 <> 0
on conflict (worker, week) do nothing
"""


async def let_some_look(week: date) -> None:
    """Note that two workers of three opened the page of a published week."""
    await execute(_OPENED, week, clock.now())
