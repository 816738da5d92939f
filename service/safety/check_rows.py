"""Writes lone-worker checks and their append-only steps; inside a unit of work."""

from datetime import datetime

from service import clock
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.notices.actions import notify
from service.notices.states import LoneStep
from service.notices.types import LoneWorkerStep, Recipients
from service.safety.settings import TeamSafety
from service.safety.states import CheckEnd, CheckStep, Rung
from service.safety.types import CheckView, Ladder, Person


async def insert_check(
    *,
    worker: int,
    visit: int | None,
    ends_at: datetime,
    gate: bool,
    ladder: Ladder,
    buddy: Person,
    settings: TeamSafety,
    by: int | None,
) -> int:
    """Begin a check whose ladder is complete; `Refused` while another one of the worker runs."""
    assert ladder.lead is not None
    assert ladder.on_call is not None
    now = clock.now()
    check: int = await fetch_value(
        _INSERT,
        worker,
        settings.team,
        visit,
        gate,
        now,
        by,
        ends_at,
        settings.due_minutes,
        settings.buddy_minutes,
        settings.lead_minutes,
        settings.on_call_minutes,
        buddy.id,
        ladder.lead.id,
        ladder.on_call.id,
    )
    await add_step(check, CheckStep.STARTED, by=by)
    return check


async def add_step(
    check: int,
    kind: CheckStep,
    *,
    by: int | None = None,
    told: int | None = None,
    counted_from: datetime | None = None,
) -> bool:
    """Write a step; False if the clock took it already (for the same `counted_from`)."""
    made = await fetch_value(
        "insert into lone_check_steps (lone_check, kind, at, by, told, counted_from)"
        " values ($1, $2, $3, $4, $5, $6)"
        " on conflict (lone_check, kind, counted_from) where counted_from is not null"
        " do nothing returning id",
        check,
        kind.value,
        clock.now(),
        by,
        told,
        counted_from,
    )
    return made is not None


async def take_rung(uow: UnitOfWork, check: CheckView, rung: Rung) -> bool:
    """Take a step of the ladder and tell whom it names, once; False if it was taken already."""
    told = check.told(rung)
    if not await add_step(
        check.id, CheckStep(rung.value), told=told.id, counted_from=check.ends_at
    ):
        return False
    await notify(
        uow,
        LoneWorkerStep(
            check=check.id,
            worker=check.worker.code,
            step=LoneStep(rung.value),
            minutes=dict(check.minutes)[rung],
        ),
        to=Recipients(workers=frozenset({told.code})),
        key=f"check:{check.id}:{rung.value}:{check.ends_at.isoformat()}",
        path="/lone" if rung is Rung.DUE else f"/lone/{check.id}",
    )
    return True


async def end_check(uow: UnitOfWork, check: CheckView, kind: CheckEnd, *, by: int | None) -> bool:
    """End a check and tell those who were alarmed that it is over; False if it had ended."""
    ended = await execute(
        "update lone_checks set ended_at = $2, ended_by = $3, end_kind = $4"
        " where id = $1 and ended_at is null",
        check.id,
        clock.now(),
        by,
        kind.value,
    )
    if not ended:
        return False
    await add_step(check.id, CheckStep(kind.value), by=by)
    alarmed = await fetch_value(
        "select array_agg(distinct w.code::text) from lone_check_steps s"
        " join workers w on w.id = s.told where s.lone_check = $1 and s.kind <> 'due'",
        check.id,
    )
    if alarmed:
        await notify(
            uow,
            LoneWorkerStep(check=check.id, worker=check.worker.code, step=LoneStep.ENDED),
            to=Recipients(workers=frozenset(alarmed)),
            key=f"check:{check.id}:ended",
            path=f"/lone/{check.id}",
        )
    return True


_INSERT = """
insert into lone_checks (worker, team, visit, gate, started_at, started_by, ends_at, due_minutes,
    buddy_minutes, lead_minutes, on_call_minutes, buddy, lead, on_call)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id
"""
