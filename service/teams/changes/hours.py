"""When a worker works, from a day on; what was before stays as it was."""

from datetime import date

from scheduling.weeks import monday_of
from service.access.policy import Viewer
from service.database.sql import fetch_all
from service.errors import Invalid
from service.teams.changes.edit import WorkerEdit, edited_worker
from service.teams.changes.worker import may_edit
from service.teams.drafts import PatternDraft
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.i18n import N_


async def begin_pattern(
    viewer: Viewer, code: str, draft: PatternDraft, *, expected_version: int | None = None
) -> Edited:
    """Begin a working pattern; the one in force ends the day before.

    One that begins on the same day is replaced. The first week of the cycle is the week of the
    first day. Raises `Invalid` for a week beyond the cycle and for hours without any.
    """
    if not draft.stretches:
        raise Invalid({"hours": N_("Give the hours of at least one day.")})
    if any(not 0 <= one.cycle_week < draft.cycle_weeks for one in draft.stretches):
        raise Invalid({"hours": N_("There are hours beyond the last week of the cycle.")})
    async with edited_worker(
        viewer, code, may=may_edit, action="change hours", expected_version=expected_version
    ) as edit:
        await _make_room(edit, draft.starts_on)
        made = await edit.insert(
            Editable.PATTERNS,
            worker=edit.worker.id,
            starts_on=draft.starts_on,
            ends_on=draft.ends_on,
            cycle_weeks=draft.cycle_weeks,
            cycle_starts_on=monday_of(draft.starts_on),
        )
        for one in draft.stretches:
            await edit.insert(
                Editable.HOURS,
                pattern=made,
                cycle_week=one.cycle_week,
                weekday=one.weekday,
                from_minute=one.from_minute,
                to_minute=one.to_minute,
            )
        edit.detail["from"] = draft.starts_on.isoformat()
    return edit.edited


async def remove_pattern(
    viewer: Viewer, code: str, row: int, *, expected_version: int | None = None
) -> Edited:
    """Take away hours that have been entered by mistake."""
    async with edited_worker(
        viewer, code, may=may_edit, action="remove hours", expected_version=expected_version
    ) as edit:
        await edit.own(Editable.PATTERNS, row)
        await _take_away(edit, row)
    return edit.edited


async def _make_room(edit: WorkerEdit, first: date) -> None:
    for row in await fetch_all(
        "select id, starts_on, ends_on from working_patterns where worker = $1", edit.worker.id
    ):
        if row["starts_on"] == first:
            await _take_away(edit, row["id"])
        elif row["starts_on"] < first and (row["ends_on"] is None or row["ends_on"] > first):
            await edit.change(Editable.PATTERNS, row["id"], ends_on=first)


async def _take_away(edit: WorkerEdit, pattern: int) -> None:
    for row in await fetch_all("select id from working_hours where pattern = $1", pattern):
        await edit.remove(Editable.HOURS, row["id"])
    await edit.remove(Editable.PATTERNS, pattern)
