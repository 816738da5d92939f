"""A team's workers as a list, and one worker's page; access is decided here, at the fetch."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec

from scheduling.weeks import to_instant
from service import clock
from service.access.policy import Viewer, may_edit_worker, worker_teams_filter
from service.database.sql import fetch_all, fetch_one
from service.errors import NotFound
from service.people.queries import Building, building_of
from service.teams.changes.absence import may_enter
from service.teams.changes.edit import EditedWorker, sees, worker_facts
from service.teams.changes.exclusion import may_exclude
from service.teams.facts import WorkerFacts
from service.teams.hours import Stretch
from service.teams.states import AbsenceKind, Discipline, DutyKind, TravelMode

DUTY_WEEKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLine:
    """A line of the list. `week_minutes` by the pattern in force, a week on average;
    `away_until` where the worker is away now, `away_next` when next."""

    code: str
    first_name: str
    last_name: str
    discipline: Discipline
    teams: tuple[str, ...]
    contract_percent: int
    visiting_share_percent: int
    week_minutes: int
    may_go_alone: bool
    counts_as_second: bool
    travel_mode: TravelMode
    caseload: int
    away_until: datetime | None
    away_next: datetime | None
    employed_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """Time in a team; `led` where the viewer may change it."""

    id: int
    team: str
    name: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternShown:
    """Working hours in force or to come."""

    id: int
    starts_on: date
    ends_on: date | None
    cycle_weeks: int
    cycle_starts_on: date
    stretches: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """Published visits of one team's week."""

    team: str
    week: date
    visits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceShown:
    """An absence of today or later; `touches` published visits, by team and week."""

    id: int
    starts_at: datetime
    ends_at: datetime
    kind: AbsenceKind
    touches: tuple[Touched, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyShown:
    """A duty slot that the worker has, in the draft or as published."""

    team: str
    kind: DutyKind
    starts_at: datetime
    ends_at: datetime
    published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFrom:
    """Where the worker must not go: a building or a municipality (`refnis`); `reason` for leads."""

    id: int
    building: Building | None
    refnis: str | None
    starts_on: date
    until: date | None
    review_on: date | None
    review_due: bool
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerPage:
    """A worker as one reader may see it; `edits`, `excludes` and `enters_absences` what they may
    do. `leads` are those to ask for an absence, by name."""

    worker: EditedWorker
    facts: WorkerFacts
    employed_from: date
    employed_to: date | None
    memberships: tuple[Membership, ...]
    patterns: tuple[PatternShown, ...]
    absences: tuple[AbsenceShown, ...]
    duties: tuple[DutyShown, ...]
    caseload: int
    kept_from: tuple[KeptFrom, ...]
    edits: bool
    excludes: bool
    enters_absences: bool
    own: bool
    leads: tuple[str, ...]


async def worker_lines(viewer: Viewer, *, team: str | None = None) -> tuple[WorkerLine, ...]:
    """Those who are in a team of the viewer's today or later, by name. One query."""
    allowed = worker_teams_filter(viewer)
    rows = await fetch_all(
        _LINES,
        clock.today(),
        clock.now(),
        None if allowed is None else sorted(allowed),
        team,
        into=WorkerLine,
    )
    return tuple(rows)


async def worker_page(viewer: Viewer, code: str) -> WorkerPage:
    """All that a worker's page shows to this reader; raises `NotFound` for a stranger's."""
    worker = await worker_facts(code)
    if worker is None or not sees(viewer, worker):
        raise NotFound
    row = await fetch_one("select * from workers where id = $1", worker.id)
    assert row is not None
    today = clock.today()
    caseload = await fetch_one(_CASELOAD, worker.id, today)
    assert caseload is not None
    return WorkerPage(
        worker=worker,
        facts=msgspec.convert(
            {name: row[name] for name in WorkerFacts.__dataclass_fields__},
            WorkerFacts,
            strict=False,
        ),
        employed_from=row["employed_from"],
        employed_to=row["employed_to"],
        memberships=tuple(await fetch_all(_MEMBERSHIPS, worker.id, today, into=Membership)),
        patterns=await _patterns(worker.id, today),
        absences=await _absences(worker.id),
        duties=tuple(await fetch_all(_DUTIES, worker.id, *_duty_days(today), into=DutyShown)),
        caseload=caseload["tenants"],
        kept_from=await _kept_from(worker.id, today, reasons=may_exclude(viewer, worker)),
        excludes=may_exclude(viewer, worker),
        leads=await _leads(worker),
        edits=may_edit_worker(viewer, teams=worker.teams),
        enters_absences=may_enter(viewer, worker),
        own=viewer.worker == worker.id,
    )


async def _patterns(worker: int, today: date) -> tuple[PatternShown, ...]:
    rows = await fetch_all(_PATTERNS, worker, today)
    return tuple(
        msgspec.convert(row | {"stretches": msgspec.json.decode(row["stretches"])}, PatternShown)
        for row in rows
    )


async def _absences(worker: int) -> tuple[AbsenceShown, ...]:
    rows = await fetch_all(_ABSENCES, worker, clock.now())
    return tuple(
        msgspec.convert(row | {"touches": msgspec.json.decode(row["touches"])}, AbsenceShown)
        for row in rows
    )


async def _kept_from(worker: int, today: date, *, reasons: bool) -> tuple[KeptFrom, ...]:
    found = [
        KeptFrom(
            id=row["id"],
            building=await building_of(row["place"]) if row["place"] else None,
            refnis=row["refnis"],
            starts_on=row["starts_on"],
            until=row["until"],
            review_on=row["review_on"],
            review_due=row["review_on"] is not None and row["review_on"] <= today,
            reason=row["reason"] if reasons else None,
        )
        for row in await fetch_all(_KEPT_FROM, worker, today)
    ]
    return tuple(found)


async def _leads(worker: EditedWorker) -> tuple[str, ...]:
    """Who leads the worker's teams, themselves aside."""
    rows = await fetch_all(_LEADS, sorted(worker.teams), worker.id, clock.today())
    return tuple(row["name"] for row in rows)


def _duty_days(today: date) -> tuple[datetime, datetime]:
    monday = today - timedelta(days=today.weekday())
    return clock.now(), to_instant(monday + timedelta(weeks=DUTY_WEEKS), day=0, minute=0)


_LINES = """
select w.code, w.first_name, w.last_name, w.discipline, array_agg(t.code order by t.code) as teams,
    w.contract_percent, w.visiting_share_percent, w.may_go_alone, w.counts_as_second,
    w.travel_mode, w.employed_to, coalesce((
        select sum(h.to_minute - h.from_minute) / p.cycle_weeks from working_patterns p
        join working_hours h on h.pattern = p.id
        where p.worker = w.id and p.starts_on <= $1 and coalesce(p.ends_on > $1, true)
        group by p.id
    ), 0)::int as week_minutes, (
        select count(*) from assignments a where a.primary_worker = w.id and a.starts_on <= $1
            and coalesce(a.ends_on > $1, true)
    )::int as caseload, (
        select max(x.ends_at) from absences x
        where x.worker = w.id and x.starts_at <= $2 and x.ends_at > $2
    ) as away_until, (
        select min(x.starts_at) from absences x where x.worker = w.id and x.starts_at > $2
    ) as away_next
from workers w
join team_memberships m on m.worker = w.id and coalesce(m.ends_on > $1, true)
join teams t on t.id = m.team
where coalesce(w.employed_to > $1, true)
    and ($3::int[] is null or exists (
        select from team_memberships o where o.worker = w.id and o.team = any($3)
            and coalesce(o.ends_on > $1, true)))
group by w.id
having ($4::text is null or bool_or(t.code = $4))
order by w.name_key, w.code
"""

_MEMBERSHIPS = """
select m.id, t.code as team, t.name, m.starts_on, m.ends_on
from team_memberships m join teams t on t.id = m.team
where m.worker = $1 and coalesce(m.ends_on > $2::date - 365, true)
order by m.starts_on, t.code
"""

_PATTERNS = """
select p.id, p.starts_on, p.ends_on, p.cycle_weeks, p.cycle_starts_on, (
    select coalesce(jsonb_agg(jsonb_build_object('cycle_week', h.cycle_week, 'weekday', h.weekday,
        'from_minute', h.from_minute, 'to_minute', h.to_minute)
        order by h.cycle_week, h.weekday, h.from_minute), '[]')
    from working_hours h where h.pattern = p.id
) as stretches
from working_patterns p where p.worker = $1 and coalesce(p.ends_on > $2, true)
order by p.starts_on
"""

_ABSENCES = """
select a.id, a.starts_at, a.ends_at, a.kind, (
    select coalesce(jsonb_agg(jsonb_build_object('team', f.team, 'week', f.week,
        'visits', f.visits) order by f.week, f.team), '[]')
    from (
        select t.code as team, r.week, count(*) as visits
        from published_stops s join published_visits p on p.id = s.published_visit
        join visits v on v.id = p.visit join rosters r on r.id = v.roster
        join teams t on t.id = r.team
        where s.worker = a.worker and s.state = 'confirmed' and s.starts_at < a.ends_at
            and s.ends_at > a.starts_at and s.ends_at > $2
        group by t.code, r.week
    ) f
) as touches
from absences a where a.worker = $1 and a.ends_at > $2 order by a.starts_at
"""

_KEPT_FROM = """
select id, place, municipality as refnis, starts_on, ends_on as until, review_on, reason
from exclusions where worker = $1 and tenant is null and coalesce(ends_on > $2, true)
order by starts_on, id
"""

_LEADS = """
select distinct w.first_name || ' ' || w.last_name as name
from account_roles r join accounts a on a.id = r.account join workers w on w.id = a.worker
where r.role = 'team_lead' and r.team = any($1::int[]) and a.active and w.id <> $2
    and role_holds(w.id, r.team, $3)
order by name
"""

_DUTIES = """
select t.code as team, d.kind, d.starts_at, d.ends_at,
    d.published_worker is not distinct from $1::int as published
from duty_slots d join teams t on t.id = d.team
where d.state = 'open' and (d.worker = $1 or d.published_worker = $1)
    and d.ends_at > $2 and d.starts_at < $3
order by d.starts_at
"""

_CASELOAD = """
select count(*)::int as tenants from assignments
where primary_worker = $1 and starts_on <= $2 and coalesce(ends_on > $2, true)
"""
