"""Rows of a roster as dataclasses: the draft, what is published, who is taken elsewhere."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from scheduling.weeks import to_instant
from service.database.sql import fetch_all, fetch_one
from service.rounds.states import (
    Priority,
    PublishedState,
    RosterState,
    VisitKind,
    VisitState,
)

NOT_ASKED = '[{"code": "not_asked", "left": 0}]'
"""The reason of a visit that was called off because nothing asks for it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """A roster; `team` and `id` are row ids."""

    id: int
    team: int
    week: date
    state: RosterState
    revision: int
    version: int
    published_at: datetime | None
    updated_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftVisit:
    """A visit of the draft; `workers` are codes in seat order, `tenant_code` the tenant's.

    `one_worker`: a person lets one go this time, though two were agreed.
    """

    id: int
    uid: UUID
    need: str
    tenant: int
    tenant_code: str
    kind: VisitKind
    priority: Priority
    place: int
    appointment: int | None
    series: int | None
    minutes: int
    workers_needed: int
    overdue_days: int
    state: VisitState
    starts_at: datetime | None
    ends_at: datetime | None
    pinned: bool
    promised: bool
    reasons: str
    workers: tuple[str, ...]
    one_worker: bool = False

    @property
    def placed(self) -> bool:
        """Whether it has its place in the week."""
        return self.state is VisitState.PLACED

    @property
    def called_off(self) -> bool:
        """Whether a person called it off; one that nothing asked for may be asked again."""
        return self.state is VisitState.CANCELLED and "not_asked" not in self.reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedVisitRow:
    """What is published of a visit; `workers` are those of its confirmed stops, in seat order."""

    id: int
    visit: int
    need: str
    tenant_code: str
    kind: VisitKind
    promised: bool
    state: PublishedState
    place: int
    workers_needed: int
    starts_at: datetime
    ends_at: datetime
    sequence: int
    changed_at: datetime
    workers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A time at which a worker is with another team's visit, published or only drafted."""

    worker: str
    starts_at: datetime
    ends_at: datetime
    place: int
    published: bool


async def roster_of(team: int, week: date, *, lock: bool = False) -> RosterRow | None:
    """The roster of a team's week; with `lock` held until the unit of work ends."""
    sql = f"{_ROSTER} where team = $1 and week = $2{' for update' if lock else ''}"
    return await fetch_one(sql, team, week, into=RosterRow)


async def roster_by_id(roster: int, *, lock: bool = False) -> RosterRow | None:
    """The same by id."""
    sql = f"{_ROSTER} where id = $1{' for update' if lock else ''}"
    return await fetch_one(sql, roster, into=RosterRow)


async def draft_visits(roster: int) -> tuple[DraftVisit, ...]:
    """All visits of a draft, by need."""
    return tuple(await fetch_all(_DRAFT, roster, into=DraftVisit))


async def published_visits(roster: int) -> tuple[PublishedVisitRow, ...]:
    """All that was ever published of a roster, cancelled visits too, by need."""
    return tuple(await fetch_all(_PUBLISHED, roster, into=PublishedVisitRow))


async def taken_elsewhere(
    workers: Sequence[str], *, week: date, team: int
) -> dict[str, tuple[Elsewhere, ...]]:
    """When workers are with visits of other teams' rosters, drafted or published."""
    bounds = to_instant(week, day=0, minute=0), to_instant(week, day=7, minute=0)
    found: dict[str, list[Elsewhere]] = defaultdict(list)
    for row in await fetch_all(_ELSEWHERE, workers, *bounds, team, into=Elsewhere):
        found[row.worker].append(row)
    return {code: tuple(times) for code, times in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class AheadVisit:
    """A published visit between now and a week: a contact that is taken to happen."""

    tenant: int
    series: int | None
    starts_at: datetime
    workers: tuple[str, ...]


async def published_ahead(
    tenants: Sequence[int], *, first: datetime, last: datetime
) -> list[AheadVisit]:
    """Confirmed visits of tenants in `[first, last)`."""
    return await fetch_all(_AHEAD, tenants, first, last, into=AheadVisit)


async def published_minutes(team: int, *, weeks: Sequence[date]) -> dict[date, dict[str, int]]:
    """Minutes of published visits for any team, by week and worker's code, in the weeks that this
    team published; of who was in the team then."""
    found: dict[date, dict[str, int]] = {}
    for row in await fetch_all(_MINUTES, team, list(weeks)):
        found.setdefault(row["week"], {})[row["worker"]] = row["minutes"]
    return found


_ROSTER = "select id, team, week, state, revision, version, published_at, updated_at from rosters"

_DRAFT = """
select v.id, v.uid, v.need, v.tenant, t.code as tenant_code, v.kind, v.priority, v.place,
    v.appointment, v.series, v.minutes, v.workers_needed, v.overdue_days, v.state, v.starts_at,
    v.ends_at, v.pinned, v.promised, v.reasons, v.one_worker,
    array(
        select w.code from visit_workers x join workers w on w.id = x.worker
        where x.visit = v.id order by x.seat
    ) as workers
from visits v join tenants t on t.id = v.tenant
where v.roster = $1 order by v.need
"""

_PUBLISHED = """
select p.id, p.visit, v.need, t.code as tenant_code, v.kind, v.promised, p.state, p.place,
    p.workers_needed, p.starts_at, p.ends_at, p.sequence, p.changed_at,
    array(
        select w.code from published_stops s join workers w on w.id = s.worker
        where s.published_visit = p.id and s.state = 'confirmed' order by s.seat
    ) as workers
from published_visits p join visits v on v.id = p.visit join tenants t on t.id = v.tenant
where v.roster = $1 order by v.need
"""

_ELSEWHERE = """
select worker, starts_at, ends_at, place, bool_or(published) as published from (
    select w.code as worker, v.starts_at, v.ends_at, v.place, false as published
    from visit_workers x join visits v on v.id = x.visit join rosters r on r.id = v.roster
        join workers w on w.id = x.worker
    where w.code = any($1::text[]) and v.state = 'placed' and v.starts_at < $3 and v.ends_at > $2
        and r.team <> $4
    union all
    select w.code, s.starts_at, s.ends_at, p.place, true
    from published_stops s join published_visits p on p.id = s.published_visit
        join visits v on v.id = p.visit join rosters r on r.id = v.roster
        join workers w on w.id = s.worker
    where w.code = any($1::text[]) and s.state = 'confirmed' and s.starts_at < $3
        and s.ends_at > $2 and r.team <> $4
) taken
group by worker, starts_at, ends_at, place
order by worker, starts_at, ends_at, place
"""

_AHEAD = """
select v.tenant, v.series, p.starts_at,
    array(
        select w.code from published_stops s join workers w on w.id = s.worker
        where s.published_visit = p.id and s.state = 'confirmed' order by w.code
    ) as workers
from published_visits p join visits v on v.id = p.visit
where v.tenant = any($1::int[]) and p.state = 'confirmed' and p.starts_at >= $2
    and p.starts_at < $3
order by v.tenant, p.starts_at
"""

_MINUTES = """
select r.week, w.code as worker,
    (sum(extract(epoch from s.ends_at - s.starts_at)) / 60)::int as minutes
from rosters r
join team_memberships m on m.team = r.team and m.starts_on < r.week + 7
    and coalesce(m.ends_on > r.week, true)
join workers w on w.id = m.worker
join rosters o on o.week = r.week
join visits v on v.roster = o.id
join published_visits p on p.visit = v.id and p.state = 'confirmed'
join published_stops s on s.published_visit = p.id and s.state = 'confirmed' and s.worker = w.id
where r.team = $1 and r.week = any($2::date[]) and r.revision > 0
group by r.week, w.code
"""
