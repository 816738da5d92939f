"""A worker's day as they read it: stops with what is needed at the door, what was said of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduling.weeks import BRUSSELS, monday_of
from service.access.policy import Viewer
from service.audit.actions import Detail, record
from service.database.sql import fetch_all, fetch_value
from service.database.unit_of_work import unit_of_work
from service.encounters.between import Other, others_of_day
from service.encounters.marks import Mark, marks_of_visits
from service.encounters.states import DayPart, MarkKind, Outcome
from service.rounds.my_travel import with_travel
from service.rounds.needs.missed import missed_visit_of
from service.rounds.queries import my_week
from service.rounds.states import PublishedState
from service.rounds.types import MyStop

RUNNING_LATE = timedelta(minutes=30)
"""So long after its end a visit that nobody recorded is the next stop still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorFacts:
    """What one needs to know at the door, beside the address. `initials`: as in 'G. P.'.

    `languages` are codes, best first; `flagged`: two workers are asked. `floor` and `lift` are of
    the dwelling, None elsewhere. `part` and `call_first`: how a missed visit is tried again.
    """

    visit: int
    need: str
    initials: str
    phone: str
    languages: tuple[str, ...]
    interpreter: bool
    flagged: bool
    floor: int | None
    lift: bool | None
    permit_needed: bool
    unsafe_persons: str
    outcome: Outcome | None
    encounter: int | None
    minutes: int | None
    late: bool
    part: DayPart | None
    call_first: bool

    @property
    def again(self) -> bool:
        """Whether the visit stands in for a missed one."""
        return missed_visit_of(self.need) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayStop:
    """A stop of the day; `marks` are the worker's own. `state` is what the page shows of it."""

    stop: MyStop
    door: DoorFacts
    marks: tuple[Mark, ...]

    @property
    def arrived_at(self) -> datetime | None:
        """When the worker said they were there."""
        return self._said(MarkKind.ARRIVED)

    @property
    def left_at(self) -> datetime | None:
        """When the worker said they were on their way."""
        return self._said(MarkKind.ON_MY_WAY)

    @property
    def lasts_until(self) -> datetime:
        """Until when the worker can be there, or on the way to it."""
        length = self.stop.ends_at - self.stop.starts_at
        began = max(self.stop.starts_at, self.arrived_at or self.stop.starts_at)
        return began + length + RUNNING_LATE

    @property
    def open(self) -> bool:
        """Whether nobody has said yet how it went, and it is still on."""
        return self.door.outcome is None and self.stop.state is PublishedState.CONFIRMED

    def _said(self, kind: MarkKind) -> datetime | None:
        return next((mark.at for mark in self.marks if mark.kind is kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerDay:
    """A worker's day: stops by start, and what lies between them (lunch, meetings, duties)."""

    worker: str
    day: date
    stops: tuple[DayStop, ...]
    others: tuple[Other, ...]

    def next_stop(self, *, now: datetime) -> DayStop | None:
        """The first stop that nobody has said anything about yet and that is not long over.

        Where all are long over, the first of them: it is still to be recorded.
        """
        left = [one for one in self.stops if one.open]
        return next((one for one in left if one.lasts_until > now), left[0] if left else None)


async def worker_day(viewer: Viewer, *, worker: str, day: date) -> WorkerDay:
    """The day of a worker (code); `NotFound` unless it is theirs to see. Leaves an audit entry:
    addresses and initials are personal."""
    async with unit_of_work() as uow:
        found = await _day(viewer, worker, day)
        detail: dict[str, Detail] = {"day": day.isoformat(), "count": len(found.stops)}
        await record(uow, viewer, "read", "round", worker, detail)
    return found


async def stop_of_day(viewer: Viewer, *, worker: str, visit: int) -> DayStop | None:
    """One stop of a worker's, on whichever day it is published; None where it is not theirs."""
    rows = await fetch_all(_WHEN, visit, worker)
    if not rows:
        return None
    day = rows[0]["starts_at"].astimezone(BRUSSELS).date()
    found = await worker_day(viewer, worker=worker, day=day)
    return next((one for one in found.stops if one.stop.visit == visit), None)


async def _day(viewer: Viewer, worker: str, day: date) -> WorkerDay:
    monday = monday_of(day)
    week = await with_travel(await my_week(viewer, worker=worker, week=monday))
    stops = next(stops for on, stops in week.days if on == day)
    visits = [stop.visit for stop in stops]
    doors = await _doors(visits, day)
    own = await _own_marks(visits, worker)
    others = await others_of_day(
        worker,
        day,
        duties=week.duties_on(day),
        stops=[stop for stop in stops if stop.state is PublishedState.CONFIRMED],
    )
    return WorkerDay(
        worker=worker,
        day=day,
        stops=tuple(
            DayStop(stop=stop, door=doors[stop.visit], marks=own.get(stop.visit, ()))
            for stop in stops
        ),
        others=others,
    )


async def _doors(visits: list[int], day: date) -> Mapping[int, DoorFacts]:
    rows = await fetch_all(_DOORS, visits, day, into=DoorFacts)
    return {row.visit: row for row in rows}


async def _own_marks(visits: list[int], worker: str) -> Mapping[int, tuple[Mark, ...]]:
    rows = await fetch_all("select id from workers where code = $1", worker)
    own = rows[0]["id"] if rows else 0
    marks = await marks_of_visits(visits)
    return {
        visit: tuple(mark for mark in said if mark.worker == own) for visit, said in marks.items()
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrecorded:
    """A published stop that is over, of which nobody has said how it went, with those who went
    along (first names)."""

    visit: int
    tenant: str
    starts_at: datetime
    ends_at: datetime
    kind: str
    companions: tuple[str, ...]


UNRECORDED_DAYS = 28


async def unrecorded(worker: str, *, now: datetime) -> tuple[Unrecorded, ...]:
    """A worker's (code) stops of the last four weeks that nobody has recorded, latest first."""
    rows = await fetch_all(
        _UNRECORDED, worker, now - timedelta(days=UNRECORDED_DAYS), now, into=Unrecorded
    )
    return tuple(rows)


async def visit_today(worker: int | None, tenant: str, *, day: date) -> int | None:
    """A worker's (id) first visit to a tenant (code) in a day's published round, if there is one:
    what a phone keeps of today knows the tenant."""
    found: int | None = await fetch_value(_VISIT_TODAY, worker, tenant, day)
    return found


async def next_round(worker: str, *, after: date) -> date | None:
    """The next day on which something of a worker's (code) is published."""
    found: date | None = await fetch_value(_NEXT_ROUND, worker, after)
    return found


_NEXT_ROUND = """
select min((s.starts_at at time zone 'Europe/Brussels')::date)
from published_stops s join workers w on w.id = s.worker
where w.code = $1 and s.state = 'confirmed'
    and (s.starts_at at time zone 'Europe/Brussels')::date > $2
"""

_VISIT_TODAY = """
select p.visit from published_stops s
join published_visits p on p.id = s.published_visit
join visits v on v.id = p.visit join tenants t on t.id = v.tenant
where s.worker = $1 and t.code = $2 and s.state = 'confirmed'
    and (s.starts_at at time zone 'Europe/Brussels')::date = $3
order by s.starts_at, p.visit limit 1
"""

_WHEN = """
select s.starts_at from published_stops s
join published_visits p on p.id = s.published_visit
join workers w on w.id = s.worker
where p.visit = $1 and w.code = $2
order by s.state = 'cancelled', s.id desc limit 1
"""

_DOORS = """
select v.id as visit, v.need,
    left(t.first_name, 1) || '. ' || left(t.last_name, 1) || '.' as initials,
    t.phone, t.languages, t.interpreter,
    exists (
        select from safety_flags f where f.tenant = t.id and f.raised_on <= $2
            and (f.lifted_on is null or f.lifted_on > $2)
    ) as flagged,
    d.floor, d.lift, coalesce(y.permit_needed, false) as permit_needed,
    coalesce(y.unsafe_persons, '') as unsafe_persons,
    e.outcome, e.id as encounter, e.minutes, coalesce(e.late, false) as late,
    w.part, coalesce(w.call_first, false) as call_first
from visits v
join tenants t on t.id = v.tenant
join published_visits p on p.visit = v.id
left join encounters e on e.visit = v.id
left join retry_wishes w on split_part(v.need, ':', 2) = 'again'
    and w.visit::text = split_part(v.need, ':', -1)
left join lateral (
    select s.permit_needed, s.unsafe_persons, s.tenancy from stays s
    where s.tenant = v.tenant and s.place = p.place and s.starts_on <= $2
        and coalesce(s.ends_on > $2, true)
    order by s.starts_on desc, s.id desc limit 1
) y on true
left join tenancies h on h.id = y.tenancy
left join dwellings d on d.id = h.dwelling
where v.id = any($1::int[])
"""

_UNRECORDED = """
select p.visit, t.code as tenant, s.starts_at, s.ends_at, v.kind,
    array(
        select o.first_name from published_stops x join workers o on o.id = x.worker
        where x.published_visit = p.id and x.state = 'confirmed' and x.worker <> s.worker
        order by x.seat
    ) as companions
from published_stops s
join workers w on w.id = s.worker
join published_visits p on p.id = s.published_visit
join visits v on v.id = p.visit
join tenants t on t.id = v.tenant
where w.code = $1 and s.state = 'confirmed' and s.starts_at >= $2 and s.ends_at <= $3
    and not exists (select from encounters e where e.visit = p.visit)
order by s.starts_at desc, p.visit
"""
