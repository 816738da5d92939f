"""The running week of the demonstration: its days that are over as they were planned, some of them
not recorded yet; what is left of it planned and published like any week."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from scheduling.weeks import BRUSSELS, monday_of, to_instant
from service import clock
from service.database.sql import execute, fetch_all, fetch_value
from service.database.unit_of_work import unit_of_work
from service.demo.accounts import PEOPLE
from service.errors import ThuisrondeError
from service.rounds.next_week import Tell, plan_and_publish_next_week
from service.rounds.states import Effort

LEFT_OPEN = 3
"""Of the visits of somebody who can sign in, the last ones that are not recorded yet."""

PLANNED_MINUTES = 45
"""What a visit was planned for at which nobody was at home."""


async def ensure_this_week(teams: Sequence[str], *, tell: Tell | None = None) -> None:
    """Give each team (code) a published roster of the running week, once.

    Nothing is planned of a week that has nothing left to plan, as on a Sunday evening.
    """
    now = clock.now()
    monday = monday_of(now.astimezone(BRUSSELS).date())
    begun = [code for code in teams if await begin_week(code, monday, now=now)]
    for code in begun:
        try:
            await plan_and_publish_next_week(
                [code], week=monday, effort=Effort.QUICK, over_draft=True, tell=tell
            )
        except ThuisrondeError:
            await publish_what_was(code, monday)


async def begin_week(code: str, monday: date, *, now: datetime) -> bool:
    """Write the days that are over; False where the team's week is there already."""
    async with unit_of_work():
        team = await fetch_value("select id from teams where code = $1", code)
        there = await fetch_value(
            "select exists (select from rosters where team = $1 and week = $2)", team, monday
        )
        if there:
            return False
        roster = await fetch_value(
            "insert into rosters (team, week, updated_at) values ($1, $2, $3) returning id",
            team,
            monday,
            now,
        )
        rows = await fetch_all(_TOOK_PLACE, team, to_instant(monday, day=0, minute=0), now)
        numbers: Counter[str] = Counter()
        for row in rows:
            numbers[row["tenant_code"]] += 1
            await _write(roster, row, number=numbers[row["tenant_code"]], now=now)
        await _leave_open(rows)
    return True


async def _write(roster: int, row: dict[str, Any], *, number: int, now: datetime) -> None:
    """A visit as it was planned, drafted and published, with what was recorded of it."""
    minutes = max(15, row["minutes"] // 5 * 5) if row["met"] else PLANNED_MINUTES
    ends_at = row["starts_at"] + timedelta(minutes=minutes)
    visit = await fetch_value(
        _VISIT,
        uuid4(),
        roster,
        f"{row['tenant_code']}:agr:{number}",
        row["tenant"],
        "home_visit" if row["kind"] == "home_visit" else "accompaniment",
        row["place"],
        minutes,
        max(1, len(row["workers"])),
        row["starts_at"],
        ends_at,
        now,
    )
    row["visit"] = visit
    for seat, worker in enumerate(row["workers"]):
        await execute(
            "insert into visit_workers (visit, worker, seat) values ($1, $2, $3)",
            visit,
            worker,
            seat,
        )
    await execute("update encounters set visit = $2 where id = $1", row["id"], visit)


async def _leave_open(rows: Sequence[dict[str, Any]]) -> None:
    """Forget what was recorded of the last visits of the people who can sign in."""
    known = await fetch_all(
        "select id from workers where code = any($1::text[])",
        [person.worker for person in PEOPLE if person.worker is not None],
    )
    gone = set()
    for worker in known:
        mine = [row["id"] for row in rows if worker["id"] in row["workers"]]
        gone |= set(mine[-LEFT_OPEN:])
    await execute("delete from encounters where id = any($1::int[])", sorted(gone))


async def publish_what_was(code: str, monday: date) -> None:
    """Publish the days that are over, where nothing was left to plan."""
    async with unit_of_work():
        roster = await fetch_value(
            "select r.id from rosters r join teams t on t.id = r.team"
            " where t.code = $1 and r.week = $2 and r.revision = 0",
            code,
            monday,
        )
        if roster is None:
            return
        now = clock.now()
        await execute(_PUBLISH_VISITS, roster, now)
        await execute(_PUBLISH_STOPS, roster, now)
        await execute(
            "update rosters set state = 'published', revision = 1, published_at = $2 where id = $1",
            roster,
            now,
        )


_TOOK_PLACE = """
select e.id, e.tenant, t.code as tenant_code, e.kind, e.starts_at, e.minutes,
    e.outcome in ('done', 'met_elsewhere') as met,
    coalesce(s.place, m.base) as place,
    array(
        select x.worker from encounter_workers x where x.encounter = e.id order by x.id
    ) as workers
from encounters e
join tenants t on t.id = e.tenant
join teams m on m.id = e.team
left join lateral (
    select y.place from stays y
    where y.tenant = e.tenant and y.starts_on <= (e.starts_at at time zone 'Europe/Brussels')::date
        and coalesce(y.ends_on > (e.starts_at at time zone 'Europe/Brussels')::date, true)
    order by y.starts_on desc, y.id desc limit 1
) s on true
where e.team = $1 and e.starts_at >= $2 and e.starts_at < $3 and e.visit is null
    and e.kind in ('home_visit', 'accompaniment')
order by e.starts_at, e.id
"""

_VISIT = """
insert into visits (uid, roster, need, tenant, kind, priority, place, minutes, workers_needed,
    state, starts_at, ends_at, updated_at)
values ($1, $2, $3, $4, $5, 'should', $6, $7, $8, 'placed', $9, $10, $11)
returning id
"""

_PUBLISH_VISITS = """
insert into published_visits (visit, place, workers_needed, starts_at, ends_at, changed_at)
select id, place, workers_needed, starts_at, ends_at, $2 from visits
where roster = $1 and state = 'placed'
"""

_PUBLISH_STOPS = """
insert into published_stops (published_visit, worker, seat, starts_at, ends_at, changed_at)
select p.id, x.worker, x.seat, p.starts_at, p.ends_at, $2
from published_visits p join visits v on v.id = p.visit join visit_workers x on x.visit = v.id
where v.roster = $1
"""
