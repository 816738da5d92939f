"""Writes a plan into the draft: visits keep their row, and so their identity, by their need."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec

from scheduling.plan import Plan, Unplaced
from scheduling.problem import Pin, Placement, Problem, Visit
from scheduling.weeks import DAY_MINUTES, to_instant
from service.database.sql import execute, fetch_all, fetch_value
from service.rounds.duty_rows import write_duties
from service.rounds.rows import NOT_ASKED, RosterRow

SERIES_PARTS = 4  # tenant, kind, series, day


async def write_plan(
    roster: RosterRow,
    *,
    problem: Problem,
    plan: Plan,
    run: int,
    by: int | None,
    now: datetime,
    only: Collection[str] | None = None,
    duties: bool = True,
    scoped: bool = False,
) -> int:
    """Make a plan the draft, inside a unit of work that holds the roster's lock.

    Visits that had begun when the plan was made are left as they are; those that are no longer
    asked go, or are called off where somebody may have been told of them. With `only` (needs) all
    others stay as they are; `duties`: those go to whom the plan gives them. A `scoped` plan says
    nothing new of why a visit still waits. Returns the version.
    """
    tenants = await _ids("tenants", [visit.tenant for visit in problem.visits])
    workers = await _ids("workers", [worker.code for worker in problem.workers])
    placements = {placement.visit: placement for placement in plan.placements}
    left_out = {unplaced.visit: unplaced for unplaced in plan.unplaced}
    homes = {tenant.code: tenant.place for tenant in problem.tenants}
    begun = {pin.visit for pin in problem.pins if _has_begun(pin, problem)}
    for visit in problem.visits:
        if visit.code in begun or not (only is None or visit.code in only):
            continue
        placement = placements.get(visit.code)
        row = await fetch_value(
            _WRITE,
            uuid4(),
            roster.id,
            visit.code,
            tenants[visit.tenant],
            visit.kind,
            visit.priority.value,
            _place_id(visit.place or homes[visit.tenant]),
            _part(visit.code, "app"),
            _series(visit.code),
            visit.minutes,
            len(visit.seats),
            visit.overdue_days,
            *_standing(problem, visit, placement),
            _reasons(left_out.get(visit.code)),
            now,
            by,
            scoped,
        )
        await set_workers(row, [workers[code] for code in placement.workers] if placement else ())
    if duties:
        await write_duties(roster.team, problem=problem, plan=plan, workers=workers, now=now)
    await _drop_unasked(
        roster.id, [visit.code for visit in problem.visits], problem, only=only, now=now, by=by
    )
    version: int = await fetch_value(
        "update rosters set version = version + 1, plan_run = $2, updated_at = $3,"
        " updated_by = $4 where id = $1 returning version",
        roster.id,
        run,
        now,
        by,
    )
    return version


async def set_workers(visit: int, workers: Sequence[int]) -> None:
    """Say who goes on a visit of the draft: worker ids in seat order."""
    await execute("delete from visit_workers where visit = $1", visit)
    for seat, worker in enumerate(workers):
        await execute(
            "insert into visit_workers (visit, worker, seat) values ($1, $2, $3)",
            visit,
            worker,
            seat,
        )


def _standing(
    problem: Problem, visit: Visit, placement: Placement | None
) -> tuple[str, datetime | None, datetime | None]:
    if placement is None:
        return "waiting", None, None
    starts = to_instant(problem.week, day=placement.day, minute=placement.start)
    return "placed", starts, starts + timedelta(minutes=visit.minutes)


def _has_begun(pin: Pin, problem: Problem) -> bool:
    """Whether a visit is held at a time that has passed: no plan says anything about it."""
    if problem.now is None or pin.day is None or pin.start is None:
        return False
    return pin.day * DAY_MINUTES + pin.start < problem.now


async def _drop_unasked(
    roster: int,
    asked: Sequence[str],
    problem: Problem,
    *,
    only: Collection[str] | None,
    now: datetime,
    by: int | None,
) -> None:
    """Take away visits that are no longer asked; what was published or took place is called off."""
    begun = (
        now
        if problem.now is None
        else to_instant(problem.week, day=0, minute=0) + timedelta(minutes=problem.now)
    )
    rows = await fetch_all(
        _UNASKED, roster, list(asked), begun, None if only is None else sorted(only)
    )
    kept = [row["id"] for row in rows if row["told"]]
    gone = [row["id"] for row in rows if not row["told"]]
    await execute("delete from visit_workers where visit = any($1::int[])", kept)
    await execute(
        "update visits set state = 'cancelled', starts_at = null, ends_at = null, pinned = false,"
        " reasons = $4, updated_at = $2, updated_by = $3 where id = any($1::int[])",
        kept,
        now,
        by,
        NOT_ASKED,
    )
    await execute("delete from visits where id = any($1::int[])", gone)


async def _ids(table: str, codes: Sequence[str]) -> Mapping[str, int]:
    rows: list[dict[str, Any]] = await fetch_all(
        f"select id, code from {table} where code = any($1::text[])",  # noqa: S608 our own names
        sorted(set(codes)),
    )
    return {row["code"]: row["id"] for row in rows}


def _place_id(code: str) -> int:
    """The id in `P12`, or in `P12.T-041`: the same place, closed to that tenant."""
    return int(code.removeprefix("P").partition(".")[0])


def _part(need: str, kind: str) -> int | None:
    """The id in a key such as `T-041:app:17`."""
    parts = need.split(":")
    return int(parts[2]) if parts[1] == kind else None


def _series(need: str) -> int | None:
    """The id in a key such as `T-041:depot:12:2026-11-30`."""
    parts = need.split(":")
    return int(parts[2]) if len(parts) == SERIES_PARTS else None


def _reasons(unplaced: Unplaced | None) -> str:
    found = unplaced.reasons if unplaced else ()
    return msgspec.json.encode(
        [{"code": reason.code.value, "left": reason.left} for reason in found]
    ).decode()


_WRITE = """
insert into visits (uid, roster, need, tenant, kind, priority, place, appointment, series, minutes,
    workers_needed, overdue_days, state, starts_at, ends_at, reasons, updated_at, updated_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
on conflict (roster, need) do update set
    kind = excluded.kind, priority = excluded.priority, place = excluded.place,
    appointment = excluded.appointment, series = excluded.series, minutes = excluded.minutes,
    workers_needed = excluded.workers_needed, overdue_days = excluded.overdue_days,
    state = excluded.state, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
    reasons = case when $19 and visits.state = excluded.state then visits.reasons
        else excluded.reasons end,
    pinned = visits.pinned and excluded.state = 'placed',
    one_worker = visits.one_worker and excluded.workers_needed = 1,
    updated_at = case when visits.starts_at is distinct from excluded.starts_at
        then excluded.updated_at else visits.updated_at end,
    updated_by = case when visits.starts_at is distinct from excluded.starts_at
        then excluded.updated_by else visits.updated_by end
returning id
"""

_UNASKED = """
select v.id,
    exists (select from published_visits p where p.visit = v.id)
        or exists (select from encounters e where e.visit = v.id) as told
from visits v
where v.roster = $1 and v.state <> 'cancelled' and v.need <> all($2::text[])
    and not coalesce(v.starts_at < $3, false)
    and ($4::text[] is null or v.need = any($4))
"""
