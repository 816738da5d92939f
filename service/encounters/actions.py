"""What people say about visits: on the way, how it went, what was different. One unit of work each.

Nothing that took place is refused for being late. Said twice, it has its effect once; said by
two colleagues, the second is told what stands. Strangers get `NotFound`, readers `Forbidden`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from service import clock
from service.access.policy import Viewer, may_plan, may_record, may_see_roster, may_see_tenant
from service.audit.actions import record
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import UnitOfWork, unit_of_work
from service.encounters import rows
from service.encounters.correcting import correct_encounter
from service.encounters.missed import is_missed
from service.encounters.queries import MET
from service.encounters.rows import EncounterRow, VisitRow
from service.encounters.said import (
    KIND_OF_VISIT,
    MOST_MINUTES,
    ContactSaid,
    Recorded,
    Said,
    is_late,
    said_at,
    usual_minutes,
)
from service.encounters.states import (
    BEFOREHAND,
    FOUND,
    WHERE_THEY_STAY,
    EncounterKind,
    MarkKind,
)
from service.encounters.trying_again import return_to_stay, try_again
from service.errors import Forbidden, Invalid, NotFound
from service.people.states import StayKind
from service.rounds.returning import return_visit
from service.safety.actions import after_arrival, after_encounter
from service.web.i18n import N_

__all__ = [
    "correct_encounter",
    "mark_visit",
    "record_contact",
    "record_outcome",
    "return_to_stay",
    "try_again",
    "unmark_visit",
]

USUAL_MINUTES: Mapping[EncounterKind, int] = {
    EncounterKind.HOME_VISIT: 30,
    EncounterKind.ACCOMPANIMENT: 60,
    EncounterKind.CONSULTATION: 30,
    EncounterKind.PHONE: 10,
    EncounterKind.GROUP: 60,
    EncounterKind.AT_DOOR: 10,
}
"""Minutes an unplanned contact begins with, until somebody says otherwise."""


async def record_outcome(viewer: Viewer, visit: int, said: Said) -> Recorded:
    """Say how a planned visit went; returns what stands, `already` if it was said before.

    Of a visit on a later day only what can be known before it (`BEFOREHAND`), else `Invalid`.
    A missed visit goes back to the board's waiting list in the same transaction; that of somebody
    in hospital or prison once a stay says where that is (`return_to_stay`).
    """
    now = clock.now()
    async with unit_of_work() as uow:
        row = await _visit(viewer, visit)
        standing = await _sent_before(viewer, said.client_id)
        standing = standing or await rows.encounter_of_visit(visit)
        if standing is not None:
            return _already(standing)
        said_when = said_at(said.noted_at, now)
        if said.outcome not in BEFOREHAND and _is_to_come(row, said_when):
            raise Invalid({"outcome": N_("This visit is on a day that is still to come.")})
        began = min(row.arrived_at or row.starts_at, row.starts_at, said_when)
        if row.arrived_at is not None and row.starts_at <= row.arrived_at <= said_when:
            began = row.arrived_at
        made = await _write(
            uow,
            viewer,
            said,
            tenant=row.tenant,
            team=row.team,
            visit=visit,
            kind=KIND_OF_VISIT[row.kind],
            starts_at=began,
            planned=row.minutes,
            place_kind=row.place_kind,
            workers=_who_was_there(viewer, row),
            now=now,
        )
        if is_missed(said.outcome, row.priority) and said.outcome not in FOUND:
            await return_visit(
                visit,
                part=None,
                call_first=False,
                today=clock.today(),
                now=now,
                by=viewer.account,
            )
    return made


async def record_contact(viewer: Viewer, contact: ContactSaid) -> Recorded:
    """Say that a contact took place which nobody had planned. Raises `Invalid` for the future."""
    now = clock.now()
    found = await rows.tenant_facts(contact.tenant, today=clock.today())
    if found is None or not may_see_tenant(viewer, found[1]):
        raise NotFound
    tenant, facts = found
    if not may_record(viewer, facts):
        raise Forbidden
    async with unit_of_work() as uow:
        standing = await _sent_before(viewer, contact.said.client_id)
        if standing is not None:
            return _already(standing)
        team = min(facts.teams & viewer.teams())
        said_when = said_at(contact.said.noted_at, now)
        starts_at = contact.starts_at or said_when
        if starts_at > now:
            raise Invalid({"starts_at": N_("This is still to come: choose a time that has been.")})
        workers = await rows.worker_ids(contact.workers, team=team)
        place = contact.place_kind
        if place is None and contact.kind in WHERE_THEY_STAY:
            day = starts_at.astimezone(clock.BRUSSELS).date()
            place = await rows.place_kind_on(tenant, day)
        return await _write(
            uow,
            viewer,
            contact.said,
            tenant=tenant,
            team=team,
            visit=None,
            kind=contact.kind,
            starts_at=starts_at,
            planned=USUAL_MINUTES[contact.kind],
            place_kind=place,
            workers=tuple(workers) or _oneself(viewer),
            now=now,
        )


async def mark_visit(
    viewer: Viewer, visit: int, kind: MarkKind, *, noted_at: datetime | None = None
) -> datetime:
    """Say 'on my way' or 'arrived'; said again, the first time stands. Returns when.

    Only for oneself: `Forbidden` for an account that is no worker.
    """
    now = clock.now()
    async with unit_of_work() as uow:
        row = await _visit(viewer, visit)
        if viewer.worker is None:
            raise Forbidden(N_("Only who goes on a visit says this."))
        await execute(
            "insert into visit_marks (visit, worker, kind, at) values ($1, $2, $3, $4)"
            " on conflict (visit, worker, kind) do nothing",
            row.id,
            viewer.worker,
            kind.value,
            said_at(noted_at, now),
        )
        await record(uow, viewer, kind.value, "visit", visit)
        if kind is MarkKind.ARRIVED:
            await after_arrival(uow, viewer, visit)
        at: datetime = await fetch_value(
            "select at from visit_marks where visit = $1 and worker = $2 and kind = $3",
            visit,
            viewer.worker,
            kind.value,
        )
    return at


async def unmark_visit(viewer: Viewer, visit: int, kind: MarkKind) -> None:
    """Take back one's own 'on my way' or 'arrived'; nothing is left to take back: nothing done."""
    async with unit_of_work() as uow:
        await _visit(viewer, visit)
        await execute(
            "delete from visit_marks where visit = $1 and worker = $2 and kind = $3",
            visit,
            viewer.worker,
            kind.value,
        )
        await record(uow, viewer, f"not {kind.value}", "visit", visit)


async def _visit(viewer: Viewer, visit: int) -> VisitRow:
    """The visit, locked, if the viewer may say something about it."""
    row = await rows.visit_row(visit, lock=True)
    if row is None or not may_see_roster(viewer, row.team):
        raise NotFound
    if not may_record(viewer, row.facts):
        raise Forbidden
    return row


async def _sent_before(viewer: Viewer, client_id: UUID | None) -> EncounterRow | None:
    """What this browser's message made before; another account's is nobody's business."""
    if client_id is None:
        return None
    await execute("select pg_advisory_xact_lock(hashtext($1))", str(client_id))
    found = await rows.encounter_of_client(client_id)
    if found is not None and found.recorded_by != viewer.account:
        raise Invalid({"client_id": N_("This was sent by somebody else already.")})
    return found


def _is_to_come(row: VisitRow, now: datetime) -> bool:
    local = row.starts_at.astimezone(clock.BRUSSELS).date()
    return local > now.astimezone(clock.BRUSSELS).date()


def _who_was_there(viewer: Viewer, row: VisitRow) -> tuple[int, ...]:
    """Who was planned, where one of them or the lead says it; else whoever says it went instead."""
    if viewer.worker in row.workers or (may_plan(viewer, row.team) and row.workers):
        return row.workers
    return _oneself(viewer) or row.workers


def _oneself(viewer: Viewer) -> tuple[int, ...]:
    return () if viewer.worker is None else (viewer.worker,)


def _already(standing: EncounterRow) -> Recorded:
    return Recorded(
        id=standing.id,
        version=standing.version,
        outcome=standing.outcome,
        late=standing.late,
        already=True,
    )


async def _write(
    uow: UnitOfWork,
    viewer: Viewer,
    said: Said,
    *,
    tenant: int,
    team: int,
    visit: int | None,
    kind: EncounterKind,
    starts_at: datetime,
    planned: int,
    place_kind: StayKind | None,
    workers: tuple[int, ...],
    now: datetime,
) -> Recorded:
    details = said.details
    minutes = usual_minutes(said.outcome, planned) if details.minutes is None else details.minutes
    if not 0 <= minutes <= MOST_MINUTES:
        raise Invalid({"minutes": N_("Give minutes from 0 to 720.")})
    late = is_late(starts_at, said_at(said.noted_at, now))
    made: int = await fetch_value(
        _INSERT,
        tenant,
        team,
        visit,
        kind.value,
        said.outcome.value,
        starts_at,
        minutes,
        None if place_kind is None else place_kind.value,
        [reason.value for reason in dict.fromkeys(details.reasons)],
        now,
        viewer.account,
        said.client_id,
        late,
    )
    for worker in workers:
        await execute(
            "insert into encounter_workers (encounter, worker) values ($1, $2)", made, worker
        )
    await rows.write_supplies(made, details.supplies)
    await record(uow, viewer, "record", "encounter", made, {"late": late})
    await after_encounter(
        uow,
        tenant=tenant,
        visit=visit,
        workers=workers,
        by=viewer.account,
        met_until=starts_at + timedelta(minutes=minutes) if kind in MET else None,
    )
    return Recorded(id=made, version=1, outcome=said.outcome, late=late)


_INSERT = """
insert into encounters (tenant, team, visit, kind, outcome, starts_at, minutes, place_kind, reasons,
    recorded_at, recorded_by, client_id, late, version)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)
returning id
"""
