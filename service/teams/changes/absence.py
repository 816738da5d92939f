"""When a worker is away: entered by leads, and by workers where their team lets them."""

from service.access.policy import Viewer, may_enter_absence
from service.database.sql import fetch_value
from service.errors import Invalid
from service.teams.changes.edit import EditedWorker, edited_worker
from service.teams.drafts import AbsenceDraft
from service.teams.telling import tell_of_absence
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.i18n import N_


def may_enter(viewer: Viewer, worker: EditedWorker) -> bool:
    """Whether the viewer may enter and end this worker's absences."""
    return may_enter_absence(
        viewer, worker=worker.id, teams=worker.teams, by_workers=worker.own_absences
    )


async def save_absence(
    viewer: Viewer,
    code: str,
    draft: AbsenceDraft,
    *,
    row: int | None = None,
    expected_version: int | None = None,
) -> Edited:
    """Enter an absence, or change one (`row`). Published visits in it are not moved by this."""
    if draft.ends_at <= draft.starts_at:
        raise Invalid({"last_day": N_("It ends after it begins.")})
    values = {
        "starts_at": draft.starts_at,
        "ends_at": draft.ends_at,
        "kind": draft.kind.value,
    }
    async with edited_worker(
        viewer, code, may=may_enter, action="enter absence", expected_version=expected_version
    ) as edit:
        if await fetch_value(_TWICE, edit.worker.id, row or 0, draft.starts_at, draft.ends_at):
            raise Invalid({"first_day": N_("This absence is entered already.")})
        if row is None:
            await edit.insert(Editable.ABSENCES, worker=edit.worker.id, **values)
        else:
            await edit.own(Editable.ABSENCES, row)
            await edit.change(Editable.ABSENCES, row, **values)
        await tell_of_absence(
            worker=code, starts_at=draft.starts_at, ends_at=draft.ends_at, by=viewer.account
        )
    return edit.edited


_TWICE = (
    "select true from absences where worker = $1 and id <> $2 and starts_at = $3 and ends_at = $4"
    " limit 1"
)


async def remove_absence(
    viewer: Viewer, code: str, row: int, *, expected_version: int | None = None
) -> Edited:
    """Take an absence away: the worker is there after all."""
    async with edited_worker(
        viewer, code, may=may_enter, action="remove absence", expected_version=expected_version
    ) as edit:
        await edit.own(Editable.ABSENCES, row)
        await edit.remove(Editable.ABSENCES, row)
    return edit.edited
