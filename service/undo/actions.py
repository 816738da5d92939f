"""Keeping what a change did for an hour, and taking it back if nobody changed it since."""

from datetime import timedelta

import msgspec

from service import clock
from service.access.policy import Viewer
from service.audit.actions import record
from service.database.sql import execute, fetch_one, fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Invalid, NotFound, Refused, Stale
from service.undo.change_set import ChangeSet, RowChange, put_back
from service.undo.states import SUBJECT_TABLES, Subject
from service.web.i18n import N_

KEPT = timedelta(hours=1)
_CHANGES = msgspec.json.Decoder(list[RowChange])


async def raise_version(subject: Subject, row: int) -> int:
    """Count one more change of a tenant, worker or team; joins the unit of work."""
    table = SUBJECT_TABLES[subject]
    version: int = await fetch_value(
        f"update {table} set version = version + 1 where id = $1 returning version",  # noqa: S608
        row,
    )
    return version


async def remember(viewer: Viewer, edit: ChangeSet, *, subject: Subject, row: int) -> int | None:
    """Keep what an edit did and return the step's id; joins the unit of work.

    None where nothing was done. What is older than an hour is forgotten here.
    """
    now = clock.now()
    await execute("delete from undo_steps where made_at < $1", now - KEPT)
    if not edit.changes:
        return None
    step: int = await fetch_value(
        "insert into undo_steps (account, subject, subject_row, rows, made_at)"
        " values ($1, $2, $3, $4, $5) returning id",
        viewer.account,
        subject.value,
        row,
        msgspec.json.encode(edit.changes).decode(),
        now,
    )
    return step


async def take_back(viewer: Viewer, step: int) -> None:
    """Undo a change of the viewer's own, whole or not at all.

    Raises `NotFound` for somebody else's or one that is too old, `Stale` where a row was changed
    since, `Invalid` (field `undo`) where something else needs what would go.
    """
    try:
        async with unit_of_work() as uow:
            found = await fetch_one(
                "select subject, subject_row, rows from undo_steps"
                " where id = $1 and account = $2 and made_at >= $3 for update",
                step,
                viewer.account,
                clock.now() - KEPT,
            )
            if found is None:
                raise NotFound
            subject = Subject(found["subject"])
            version = await raise_version(subject, found["subject_row"])
            for change in reversed(_CHANGES.decode(found["rows"])):
                if not await put_back(change):
                    raise Stale
            await execute("delete from undo_steps where id = $1", step)
            detail = {"version": version}
            await record(uow, viewer, "undo", subject.value, found["subject_row"], detail)
    except Refused:
        raise Invalid({"undo": N_("Something else needs this by now: it stays.")}) from None
