"""A missed visit goes back to the waiting list at once, where the lead sees it on the board."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import msgspec

from scheduling.weeks import monday_of
from service.database.sql import execute, fetch_one, fetch_value
from service.encounters.states import DayPart
from service.rounds.needs.missed import again_key
from service.rounds.rows import NOT_ASKED
from service.rounds.states import Priority

AGAIN = "again"
"""The code that begins the reasons of a visit that stands in for a missed one."""


async def return_visit(
    visit: int, *, part: DayPart | None, call_first: bool, today: date, now: datetime, by: int
) -> int | None:
    """Put a stand-in for a missed visit on the waiting list; returns its id.

    It waits in the missed visit's own week while that lasts; a *must* in the running week after
    that. None where it waits nowhere: the week is over, or this week has no roster yet, whose
    first plan will ask for it. Called again, it tells the new wish. Joins the unit of work.
    """
    row = await fetch_one(_MISSED, visit)
    if row is None or row["appointment"] is not None or row["kind"] == "group":
        return None
    week = monday_of(today)
    roster = row["roster"]
    if row["week"] < week:
        soon = row["week"] + timedelta(weeks=1) == week
        if row["priority"] != Priority.MUST or row["series"] is not None or not soon:
            return None
        roster = await fetch_value(
            "select id from rosters where team = $1 and week = $2", row["team"], week
        )
    if roster is None:
        return None
    made: int | None = await fetch_value(
        _WAIT,
        uuid4(),
        roster,
        again_key(row["tenant_code"], visit=visit, series=row["series"]),
        visit,
        again_reasons(part, call_first=call_first),
        now,
        by,
        NOT_ASKED,
        today,
    )
    if made is not None:
        await _changed(roster, now, by)
    return made


async def take_back(visit: int, *, now: datetime, by: int) -> None:
    """Take the stand-in of a visit that was not missed after all off the waiting list.

    One that has its place in the week stays: the lead decides. Joins the unit of work.
    """
    roster = await fetch_value(_TAKE_BACK, str(visit))
    if roster is not None:
        await _changed(roster, now, by)


def again_reasons(part: DayPart | None, *, call_first: bool) -> str:
    """Why it waits, as stored: it was missed, and how the worker would try again."""
    codes = [AGAIN, *([part.value] if part else []), *(["call_first"] if call_first else [])]
    return msgspec.json.encode([{"code": code, "left": 0} for code in codes]).decode()


async def _changed(roster: int, now: datetime, by: int) -> None:
    await execute(
        "update rosters set version = version + 1, updated_at = $2, updated_by = $3 where id = $1",
        roster,
        now,
        by,
    )


_MISSED = """
select v.*, r.week, r.team, t.code as tenant_code
from visits v join rosters r on r.id = v.roster join tenants t on t.id = v.tenant
where v.id = $1
"""

_WAIT = """
insert into visits (uid, roster, need, tenant, kind, priority, place, series, minutes,
    workers_needed, overdue_days, state, reasons, updated_at, updated_by)
select $1, $2, $3, tenant, kind, priority, coalesce((
        select s.place from stays s
        where s.tenant = visits.tenant and s.starts_on <= $9 and coalesce(s.ends_on > $9, true)
        order by s.starts_on desc, s.id desc limit 1
    ), place), series, minutes, workers_needed, overdue_days,
    'waiting', $5::jsonb, $6, $7
from visits where id = $4
on conflict (roster, need) do update set
    state = 'waiting', place = excluded.place, reasons = excluded.reasons,
    updated_at = excluded.updated_at, updated_by = excluded.updated_by
    where visits.state = 'waiting'
        or (visits.state = 'cancelled' and visits.reasons = $8::jsonb)
returning id
"""

_TAKE_BACK = """
delete from visits v
where split_part(v.need, ':', 2) = 'again' and split_part(v.need, ':', -1) = $1
    and v.state = 'waiting' and v.tenant = (select tenant from visits where id = $1::int)
    and not exists (select from published_visits p where p.visit = v.id)
    and not exists (select from encounters e where e.visit = v.id)
returning v.roster
"""
