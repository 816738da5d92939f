"""Reads a team's morning meeting: every tenant on one page, in a fixed number of queries."""

from collections import defaultdict
from typing import Any

from scheduling.weeks import monday_of, to_instant
from service import clock
from service.access.policy import Viewer, may_plan, may_see_alerts
from service.database.sql import fetch_all
from service.encounters.queries import overdue_on
from service.encounters.states import FACE_TO_FACE, EncounterKind, Outcome
from service.errors import NotFound
from service.morning.crew import crew_of
from service.morning.types import LastTry, MorningBoard, MorningTenant, TodayVisit, Told
from service.morning.wishes import wishes_in_week
from service.people.states import StayKind
from service.safety.queries import UnrecordedVisit, alerts_of, unrecorded_visits
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_code


async def meeting_team(viewer: Viewer, code: str) -> TeamFacts:
    """A team whose meeting the viewer may see; raises `NotFound`."""
    team = await team_by_code(code)
    if team is None or not may_see_alerts(viewer, team.id):
        raise NotFound
    return team


async def morning_board(viewer: Viewer, *, team: str, names: bool = False) -> MorningBoard:
    """Today's meeting of a team: alerts first, then who waits longest, then by code.

    With `names` tenants are called by theirs: whoever asks for it leaves an audit entry.
    """
    found = await meeting_team(viewer, team)
    today = clock.today()
    monday, index = monday_of(today), today.weekday()
    bounds = tuple(to_instant(monday, day=n, minute=0) for n in (index, index + 1))
    rows = await fetch_all(_TENANTS, found.id, today)
    ids = [row["id"] for row in rows]
    overdue = await overdue_on(ids, on=today)
    tries = {row["tenant"]: _try(row) for row in await fetch_all(_LAST, ids, clock.now(), None)}
    met = {
        row["tenant"]: _try(row)
        for row in await fetch_all(_LAST, ids, clock.now(), sorted(FACE_TO_FACE))
    }
    left: dict[int, UnrecordedVisit] = {
        one.tenant: one for one in await unrecorded_visits(ids, now=clock.now())
    }
    visits: dict[int, list[TodayVisit]] = defaultdict(list)
    for row in await fetch_all(_TODAY, found.id, monday, *bounds):
        visits[row["tenant"]].append(_visit(row))
    alerts = {one.tenant_id: one for one in await alerts_of(viewer, team=found.id)}
    wishes = {w.tenant: w for w in await wishes_in_week(found.id, monday) if w.day == today}
    state = await fetch_all(_STATE, found.id, monday, *bounds)
    tenants = [
        MorningTenant(
            id=row["id"],
            code=row["code"],
            name=f"{row['first_name']} {row['last_name']}" if names else "",
            primary=row["primary_code"],
            last_contact=overdue[row["id"]].last_contact if row["id"] in overdue else None,
            last_by=met[row["id"]].by if row["id"] in met else (),
            last_try=tries.get(row["id"]),
            overdue=overdue[row["id"]].days if row["id"] in overdue else None,
            paused=row["paused"],
            stay=StayKind(row["stay"]) if row["stay"] else None,
            two_workers=row["two_workers"],
            dogs=bool(row["dogs"]),
            permit=bool(row["permit"]),
            alert=alerts.get(row["id"]),
            today=tuple(visits[row["id"]]),
            wish=wishes.get(row["id"]),
            unrecorded=_since(left.get(row["id"]), tries.get(row["id"])),
        )
        for row in rows
    ]
    return MorningBoard(
        team=found.id,
        team_code=found.code,
        team_name=found.name,
        day=today,
        plans=may_plan(viewer, found.id),
        published=bool(state and state[0]["revision"]),
        unpublished=state[0]["unpublished"] if state else 0,
        workers={row["code"]: row["first_name"] for row in await fetch_all(_WORKERS)},
        crew=await crew_of(found, today),
        tenants=tuple(
            sorted(tenants, key=lambda one: (one.alert is None, -(one.overdue or 0), one.code))
        ),
    )


def _try(row: dict[str, Any]) -> LastTry:
    return LastTry(
        at=row["starts_at"],
        kind=EncounterKind(row["kind"]),
        outcome=Outcome(row["outcome"]),
        by=tuple(row["workers"]),
    )


def _visit(row: dict[str, Any]) -> TodayVisit:
    told = None
    if row["told_at"] is not None:
        told = Told(starts_at=row["told_at"], workers=tuple(row["told_workers"]))
    return TodayVisit(
        visit=row["visit"],
        starts_at=row["starts_at"] or row["told_at"],
        workers=tuple(row["workers"] if row["starts_at"] else row["told_workers"]),
        told=told,
        off=row["starts_at"] is None,
        promised=row["promised"],
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
    )


def _since(visit: UnrecordedVisit | None, last: LastTry | None) -> UnrecordedVisit | None:
    """A visit that awaits its record, if nothing was recorded of a later one."""
    return visit if visit is None or last is None or visit.starts_at > last.at else None


_TENANTS = """
select t.id, t.code, t.first_name, t.last_name, w.code as primary_code, y.kind as stay, y.dogs,
    y.permit_needed as permit,
    exists (select from safety_flags f where f.tenant = t.id and f.lifted_on is null)
        as two_workers,
    exists (
        select from agreements a join agreement_pauses p on p.agreement = a.id
        where a.tenant = t.id and a.starts_on <= $2 and coalesce(a.ends_on > $2, true)
            and p.starts_on <= $2 and coalesce(p.ends_on > $2, true)
    ) as paused
from assignments x
join tenants t on t.id = x.tenant
left join workers w on w.id = x.primary_worker
left join lateral (
    select y.kind, y.dogs, y.permit_needed from stays y
    where y.tenant = t.id and y.starts_on <= $2 and coalesce(y.ends_on > $2, true)
    order by y.starts_on desc, y.id desc limit 1
) y on true
where x.team = $1 and x.starts_on <= $2 and coalesce(x.ends_on > $2, true)
    and t.accepted_on <= $2 and coalesce(t.ended_on > $2, true)
order by t.code
"""

_LAST = """
select distinct on (e.tenant) e.tenant, e.starts_at, e.kind, e.outcome, array(
        select w.code from encounter_workers x join workers w on w.id = x.worker
        where x.encounter = e.id order by w.code
    ) as workers
from encounters e
where e.tenant = any($1::int[]) and e.starts_at <= $2
    and ($3::text[] is null or e.outcome = any($3))
order by e.tenant, e.starts_at desc, e.id desc
"""

_TODAY = """
select v.id as visit, v.tenant, v.promised, d.starts_at, d.workers, p.starts_at as told_at,
    p.workers as told_workers,
    (select e.outcome from encounters e where e.visit = v.id order by e.id desc limit 1) as outcome
from rosters r join visits v on v.roster = r.id
left join lateral (
    select v.starts_at, array(
            select w.code from visit_workers x join workers w on w.id = x.worker
            where x.visit = v.id order by x.seat
        ) as workers
    where v.state = 'placed' and v.starts_at >= $3 and v.starts_at < $4
) d on true
left join lateral (
    select p.starts_at, array(
            select w.code from published_stops s join workers w on w.id = s.worker
            where s.published_visit = p.id and s.state = 'confirmed' order by s.seat
        ) as workers
    from published_visits p
    where p.visit = v.id and p.state = 'confirmed' and p.starts_at >= $3 and p.starts_at < $4
) p on true
where r.team = $1 and r.week = $2 and coalesce(d.starts_at, p.starts_at) is not null
order by coalesce(d.starts_at, p.starts_at), v.id
"""

_STATE = """
select r.revision, (
    select count(*) from visits v
    left join published_visits p on p.visit = v.id and p.state = 'confirmed'
    where v.roster = r.id and (v.starts_at >= $3 and v.starts_at < $4
            or p.starts_at >= $3 and p.starts_at < $4)
        and (p.starts_at is distinct from v.starts_at or array(
                select x.worker from visit_workers x where x.visit = v.id order by x.seat
            ) <> array(
                select s.worker from published_stops s
                where s.published_visit = p.id and s.state = 'confirmed' order by s.seat
            ))
) as unpublished
from rosters r where r.team = $1 and r.week = $2
"""

_WORKERS = "select code, first_name from workers"
