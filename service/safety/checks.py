"""Reads lone-worker checks and the visits that people make alone."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from scheduling.weeks import monday_of, to_instant
from service.database.sql import fetch_all
from service.safety.states import CheckEnd, CheckStep, Rung
from service.safety.types import CheckView, LoneVisit, Person, StepLine

_INSTANT = timedelta(microseconds=1)
_PEOPLE = ("worker", "buddy", "lead", "on_call")


async def check_by_id(check: int, *, lock: bool = False) -> CheckView | None:
    """A check; with `lock` nobody else changes it until the unit of work ends."""
    ending = " for update of c" if lock else ""
    rows = await fetch_all(f"{_CHECKS} where c.id = $1{ending}", check)
    return _view(rows[0]) if rows else None


async def open_check_of(worker: int) -> CheckView | None:
    """The check that runs for a worker (id)."""
    rows = await fetch_all(f"{_CHECKS} where c.worker = $1 and c.ended_at is null", worker)
    return _view(rows[0]) if rows else None


async def open_checks(
    *, teams: Sequence[int] = (), ladder_of: int | None = None
) -> tuple[CheckView, ...]:
    """The checks that run for workers of some teams, or that a worker (id) is on the ladder of."""
    rows = await fetch_all(
        f"{_CHECKS} where c.ended_at is null"
        " and (c.team = any($1::int[]) or $2::int in (c.buddy, c.lead, c.on_call))"
        " order by c.ends_at, c.id",
        list(teams),
        ladder_of,
    )
    return tuple(_view(row) for row in rows)


async def overdue_checks(now: datetime) -> tuple[int, ...]:
    """Ids of the checks of which a step of the ladder is due and was not taken."""
    rows = await fetch_all(_OVERDUE, now)
    return tuple(row["id"] for row in rows)


async def steps_of(check: int) -> tuple[StepLine, ...]:
    """A check's log, in order."""
    rows = await fetch_all(_STEPS, check)
    return tuple(
        StepLine(kind=CheckStep(row["kind"]), at=row["at"], by=row["by"], told=row["told"])
        for row in rows
    )


async def lone_visits(worker: int, day: date) -> tuple[LoneVisit, ...]:
    """The published visits that a worker (id) makes alone on a day, by time."""
    monday, index = monday_of(day), day.weekday()
    bounds = (to_instant(monday, day=n, minute=0) for n in (index, index + 1))
    rows = await fetch_all(_VISITS, *bounds, worker)
    return tuple(_visit(row) for row in rows)


async def begun_lone_visits(now: datetime) -> list[tuple[int, LoneVisit]]:
    """Visits made alone that have begun and not ended, with their worker (id), no check so far."""
    rows = await fetch_all(_VISITS, now - timedelta(hours=12), now + _INSTANT, None)
    found = [(row["worker"], _visit(row)) for row in rows]
    return [
        (worker, visit)
        for worker, visit in found
        if visit.ends_at > now and not visit.checked and not visit.done
    ]


def _visit(row: dict[str, Any]) -> LoneVisit:
    return LoneVisit(**{name: value for name, value in row.items() if name != "worker"})


def _view(row: dict[str, Any]) -> CheckView:
    people = {
        name: Person(id=row[name], code=row[f"{name}_code"], first_name=row[f"{name}_first_name"])
        for name in _PEOPLE
    }
    return CheckView(
        id=row["id"],
        team=row["team"],
        visit=row["visit"],
        tenant=row["tenant"],
        gate=row["gate"],
        started_at=row["started_at"],
        ends_at=row["ends_at"],
        minutes=tuple((rung, row[f"{rung.value}_minutes"]) for rung in Rung),
        last_signal_at=row["last_signal_at"],
        ended_at=row["ended_at"],
        end_kind=CheckEnd(row["end_kind"]) if row["end_kind"] else None,
        taken=frozenset(Rung(one) for one in row["taken"]),
        no_signal_minutes=row["no_signal_minutes"],
        on_call_phone=row["on_call_phone"],
        **people,
    )


_PERSON = ", ".join(
    f"c.{name}, {name}_w.code as {name}_code, {name}_w.first_name as {name}_first_name"
    for name in _PEOPLE
)
_JOINS = " ".join(f"join workers {name}_w on {name}_w.id = c.{name}" for name in _PEOPLE)

_CHECKS = f"""
select c.id, c.team, c.visit, t.code as tenant, c.gate, c.started_at, c.ends_at, c.due_minutes,
    c.buddy_minutes, c.lead_minutes, c.on_call_minutes, c.last_signal_at, c.ended_at, c.end_kind,
    coalesce(s.no_signal_minutes, 5) as no_signal_minutes,
    coalesce(s.on_call_phone, '') as on_call_phone, {_PERSON},
    array(
        select x.kind from lone_check_steps x
        where x.lone_check = c.id and x.counted_from = c.ends_at
    ) as taken
from lone_checks c {_JOINS}
left join visits v on v.id = c.visit left join tenants t on t.id = v.tenant
left join safety_settings s on s.team = c.team
"""  # noqa: S608 built of constants

_OVERDUE = """
select c.id from lone_checks c
cross join lateral (values ('due', c.due_minutes), ('buddy', c.buddy_minutes),
    ('lead', c.lead_minutes), ('on_call', c.on_call_minutes)) as r(kind, minutes)
where c.ended_at is null and c.ends_at + make_interval(mins => r.minutes) <= $1
    and not exists (
        select from lone_check_steps x
        where x.lone_check = c.id and x.kind = r.kind and x.counted_from = c.ends_at)
group by c.id order by c.id
"""

_STEPS = """
select x.kind, x.at, coalesce(w.first_name, a.login, '') as by, coalesce(o.first_name, '') as told
from lone_check_steps x
left join accounts a on a.id = x.by
left join workers w on w.id = a.worker
left join workers o on o.id = x.told
where x.lone_check = $1 order by x.at, x.id
"""

_VISITS = """
select s.worker, v.id as visit, t.code as tenant, r.team, b.starts_at, b.ends_at,
    coalesce(y.kind = 'prison', false) as gate, coalesce(y.kind = 'home', false) as home,
    exists (
        select from lone_checks c where c.visit = v.id and c.worker = s.worker
    ) as checked,
    exists (select from encounters e where e.visit = v.id) as done
from published_visits b
join visits v on v.id = b.visit
join rosters r on r.id = v.roster
join tenants t on t.id = v.tenant
join published_stops s on s.published_visit = b.id and s.state = 'confirmed'
left join lateral (
    select y.kind from stays y where y.tenant = v.tenant and y.place = b.place
        and y.starts_on <= (b.starts_at at time zone 'Europe/Brussels')::date
        and coalesce(y.ends_on > (b.starts_at at time zone 'Europe/Brussels')::date, true)
    order by y.starts_on desc, y.id desc limit 1
) y on true
where b.state = 'confirmed' and b.workers_needed = 1 and b.starts_at >= $1 and b.starts_at < $2
    and ($3::int is null or s.worker = $3)
order by b.starts_at, v.id
"""
