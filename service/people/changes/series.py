"""Series beside the agreement: medication, a depot injection, a group."""

from datetime import date

from service.access.policy import Viewer, may_edit_support
from service.database.sql import fetch_value
from service.errors import Invalid
from service.people.changes.edit import edited_tenant
from service.people.drafts import SeriesDraft
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.i18n import N_


async def save_series(
    viewer: Viewer,
    code: str,
    draft: SeriesDraft,
    *,
    row: int | None = None,
    expected_version: int | None = None,
) -> Edited:
    """Begin a series, or change one (`row`)."""
    _check(draft)
    values = {
        "kind": draft.kind.value,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
        "weekdays": sorted(set(draft.weekdays)),
        "interval_days": draft.interval_days,
        "tolerance_days": draft.tolerance_days if draft.interval_days else 0,
        "anchor_on": (draft.anchor_on or draft.starts_on) if draft.interval_days else None,
        "minutes": draft.minutes,
        "discipline": draft.discipline.value if draft.discipline else None,
        "workers_needed": draft.workers_needed,
        "from_minute": draft.from_minute,
        "to_minute": draft.to_minute,
    }
    async with edited_tenant(
        viewer,
        code,
        may=may_edit_support,
        action="change series",
        expected_version=expected_version,
    ) as edit:
        if await fetch_value(_TWICE, edit.tenant.id, row or 0, *(values[one] for one in _ALIKE)):
            raise Invalid({"kind": N_("There is such a series already: change that one.")})
        if row is None:
            await edit.insert(Editable.SERIES, tenant=edit.tenant.id, **values)
        else:
            await edit.own(Editable.SERIES, row)
            await edit.change(Editable.SERIES, row, **values)
    return edit.edited


async def end_series(
    viewer: Viewer, code: str, row: int, *, on: date, expected_version: int | None = None
) -> Edited:
    """End a series on a day (the first without it); one that has not begun goes altogether."""
    async with edited_tenant(
        viewer, code, may=may_edit_support, action="end series", expected_version=expected_version
    ) as edit:
        was = await edit.own(Editable.SERIES, row)
        if was["starts_on"] >= on:
            await edit.remove(Editable.SERIES, row)
        else:
            await edit.change(Editable.SERIES, row, ends_on=on)
    return edit.edited


_ALIKE = ("kind", "weekdays", "interval_days", "from_minute", "to_minute", "starts_on")
_TWICE = """
select true from series where tenant = $1 and id <> $2 and kind = $3 and weekdays = $4::smallint[]
    and interval_days is not distinct from $5::smallint
    and from_minute is not distinct from $6::smallint
    and to_minute is not distinct from $7::smallint and coalesce(ends_on > $8::date, true)
limit 1
"""
"""A series with the same rhythm that goes on when this one begins."""


def _check(draft: SeriesDraft) -> None:
    faults: dict[str, str] = {}
    if bool(draft.weekdays) == (draft.interval_days is not None):
        faults["weekdays"] = N_("Choose days of the week, or an interval in days: one of the two.")
    if (draft.from_minute is None) != (draft.to_minute is None):
        faults["to_minute"] = N_("Give both times, or none.")
    elif (
        draft.from_minute is not None
        and draft.to_minute is not None
        and draft.to_minute - draft.from_minute < draft.minutes
    ):
        faults["to_minute"] = N_("The visit does not fit between these times.")
    if draft.ends_on is not None and draft.ends_on <= draft.starts_on:
        faults["ends_on"] = N_("It ends after it begins.")
    if faults:
        raise Invalid(faults)
