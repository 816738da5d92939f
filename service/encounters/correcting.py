"""Correcting what was recorded: how it stood before is kept, and the waiting list follows."""

from datetime import datetime, timedelta

import msgspec

from service import clock
from service.access.policy import TenantFacts, Viewer, may_record, may_see_roster
from service.audit.actions import record
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import unit_of_work
from service.encounters import rows
from service.encounters.missed import is_missed
from service.encounters.rows import EncounterRow
from service.encounters.said import MOST_MINUTES, Correction, Recorded, is_late
from service.encounters.states import FOUND
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.rounds.returning import return_visit, take_back
from service.rounds.states import Priority
from service.safety.actions import after_encounter
from service.web.i18n import N_

COMPLETING = timedelta(minutes=30)
"""For so long, details that are added by whoever recorded it complete it: no correction."""


async def correct_encounter(
    viewer: Viewer, encounter: int, correction: Correction, *, expected_version: int
) -> Recorded:
    """Make an encounter say something else; raises `Stale` if somebody changed it since.

    The workers and the tenant stay. What it said before is kept in `encounter_corrections`,
    but for reasons, minutes and supplies that the same person adds within half an hour.
    """
    now = clock.now()
    async with unit_of_work() as uow:
        row = await open_encounter(viewer, encounter, lock=True)
        if row.version != expected_version:
            raise Stale
        _refuse(correction, now)
        if not _differs(row, correction):
            return _recorded(row)
        completes = _completes(row, correction, viewer, now)
        if not completes:
            await _keep(row, viewer, now)
        late = is_late(correction.starts_at, row.recorded_at)
        version: int = await fetch_value(
            _UPDATE,
            encounter,
            correction.kind.value,
            correction.outcome.value,
            correction.starts_at,
            correction.minutes,
            [reason.value for reason in dict.fromkeys(correction.reasons)],
            late and (row.late or correction.starts_at != row.starts_at),
        )
        await rows.write_supplies(encounter, correction.supplies)
        verb = "complete" if completes else "correct"
        await record(uow, viewer, verb, "encounter", encounter, {"version": version})
        await _settle(row, correction, by=viewer.account, now=now)
        await after_encounter(uow, tenant=row.tenant, visit=None, workers=(), by=viewer.account)
    return Recorded(id=encounter, version=version, outcome=correction.outcome, late=late)


async def open_encounter(viewer: Viewer, encounter: int, *, lock: bool = False) -> EncounterRow:
    """An encounter that the viewer may write; `NotFound` for strangers, `Forbidden` for readers."""
    row = await rows.encounter_row(encounter, lock=lock)
    if row is None or not may_see_roster(viewer, row.team):
        raise NotFound
    if not may_record(viewer, TenantFacts(frozenset({row.team}))):
        raise Forbidden
    return row


def _refuse(correction: Correction, now: datetime) -> None:
    wrong = {}
    if correction.starts_at > now:
        wrong["starts_at"] = N_("This is still to come: choose a time that has been.")
    if not 0 <= correction.minutes <= MOST_MINUTES:
        wrong["minutes"] = N_("Give minutes from 0 to 720.")
    if wrong:
        raise Invalid(wrong)


def _differs(row: EncounterRow, correction: Correction) -> bool:
    return (
        _main(row) != _main(correction)
        or row.minutes != correction.minutes
        or set(row.reasons) != set(correction.reasons)
        or row.supplies != {kind: n for kind, n in correction.supplies.items() if n}
    )


def _main(of: EncounterRow | Correction) -> tuple[str, str, datetime]:
    return of.kind.value, of.outcome.value, of.starts_at


def _completes(row: EncounterRow, correction: Correction, viewer: Viewer, now: datetime) -> bool:
    own = row.recorded_by == viewer.account and now - row.recorded_at <= COMPLETING
    return own and _main(row) == _main(correction)


async def _keep(row: EncounterRow, viewer: Viewer, now: datetime) -> None:
    before = {
        "kind": row.kind,
        "outcome": row.outcome,
        "starts_at": row.starts_at,
        "minutes": row.minutes,
        "reasons": row.reasons,
        "supplies": row.supplies,
        "workers": row.workers,
    }
    await execute(
        "insert into encounter_corrections (encounter, version, before, corrected_at, corrected_by)"
        " values ($1, $2, $3::jsonb, $4, $5)",
        row.id,
        row.version,
        msgspec.json.encode(before).decode(),
        now,
        viewer.account,
    )


async def _settle(row: EncounterRow, correction: Correction, *, by: int, now: datetime) -> None:
    """Let the waiting list follow: what was missed is asked again, what was not is not."""
    if row.visit is None or row.outcome is correction.outcome:
        return
    found = await fetch_value("select priority from visits where id = $1", row.visit)
    priority = Priority(found)
    if is_missed(correction.outcome, priority) and correction.outcome not in FOUND:
        await return_visit(
            row.visit, part=None, call_first=False, today=clock.today(), now=now, by=by
        )
    elif is_missed(row.outcome, priority) or correction.outcome in FOUND:
        await take_back(row.visit, now=now, by=by)


def _recorded(row: EncounterRow) -> Recorded:
    return Recorded(id=row.id, version=row.version, outcome=row.outcome, late=row.late)


_UPDATE = """
update encounters set kind = $2, outcome = $3, starts_at = $4, minutes = $5, reasons = $6,
    late = $7, version = version + 1
where id = $1 returning version
"""
