"""What the tenant chose: an agreement is dated and replaced, never overwritten; it can pause."""

from datetime import date
from typing import Any

import msgspec

from service import clock
from service.access.policy import Viewer, may_edit_support
from service.database.sql import fetch_all, fetch_one
from service.errors import Invalid, NotFound
from service.people.changes.edit import TenantEdit, edited_tenant
from service.people.drafts import AgreementDraft, PauseDraft
from service.people.states import Wish
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.i18n import N_


async def agree(
    viewer: Viewer, code: str, draft: AgreementDraft, *, expected_version: int | None = None
) -> Edited:
    """Begin an agreement; the one in force then ends the day before, as it was.

    One that begins on the same day, today or later, is a draft still and is replaced. Raises
    `Invalid` where a later agreement is in the way.
    """
    if set(draft.wanted) & set(draft.unwanted):
        raise Invalid({"unwanted": N_("Nobody can be wanted and unwanted.")})
    async with edited_tenant(
        viewer, code, may=may_edit_support, action="agree", expected_version=expected_version
    ) as edit:
        workers = await _worker_ids(draft)
        ends_on = await _make_room(edit, draft.starts_on)
        made = await edit.insert(
            Editable.AGREEMENTS,
            tenant=edit.tenant.id,
            preset=draft.preset.value,
            starts_on=draft.starts_on,
            ends_on=ends_on,
            contacts=draft.contacts,
            period_days=draft.period_days,
            longest_gap_days=draft.longest_gap_days,
            minutes=draft.minutes,
            workers_needed=draft.workers_needed,
            disciplines=[one.value for one in draft.disciplines],
            windows=msgspec.json.encode(draft.windows).decode(),
            gender_wish=draft.gender_wish.value if draft.gender_wish else None,
            gender_wish_hard=draft.gender_wish_hard and draft.gender_wish is not None,
            distinct_workers=draft.distinct_workers,
            most_workers=draft.most_workers,
            counts_phone=draft.counts_phone,
        )
        for wish, codes in ((Wish.WANTED, draft.wanted), (Wish.UNWANTED, draft.unwanted)):
            for one in codes:
                await edit.insert(
                    Editable.WISHES, agreement=made, worker=workers[one], wish=wish.value
                )
    return edit.edited


async def end_agreement(
    viewer: Viewer, code: str, row: int, *, on: date, expected_version: int | None = None
) -> Edited:
    """End an agreement on a day (the first without it)."""
    async with edited_tenant(
        viewer,
        code,
        may=may_edit_support,
        action="end agreement",
        expected_version=expected_version,
    ) as edit:
        await edit.own(Editable.AGREEMENTS, row)
        await edit.change(Editable.AGREEMENTS, row, ends_on=on)
    return edit.edited


async def save_pause(
    viewer: Viewer,
    code: str,
    draft: PauseDraft,
    *,
    row: int | None = None,
    expected_version: int | None = None,
) -> Edited:
    """Pause the agreement of that day, or change a pause (`row`)."""
    async with edited_tenant(
        viewer, code, may=may_edit_support, action="pause", expected_version=expected_version
    ) as edit:
        values = {"starts_on": draft.starts_on, "ends_on": draft.ends_on}
        if row is not None:
            await _own_pause(edit, row)
            await edit.change(Editable.PAUSES, row, **values)
        else:
            agreement = await fetch_one(
                "select id from agreements where tenant = $1 and starts_on <= $2"
                " and coalesce(ends_on > $2, true)",
                edit.tenant.id,
                draft.starts_on,
            )
            if agreement is None:
                raise Invalid({"starts_on": N_("No agreement is in force on this day.")})
            await edit.insert(Editable.PAUSES, agreement=agreement["id"], **values)
    return edit.edited


async def remove_pause(
    viewer: Viewer, code: str, row: int, *, expected_version: int | None = None
) -> Edited:
    """Take a pause away: the agreement asks for visits again."""
    async with edited_tenant(
        viewer, code, may=may_edit_support, action="end pause", expected_version=expected_version
    ) as edit:
        await _own_pause(edit, row)
        await edit.remove(Editable.PAUSES, row)
    return edit.edited


async def _make_room(edit: TenantEdit, first: date) -> date | None:
    """End what is in force on that day; returns the day on which what follows begins."""
    rows = await fetch_all(
        "select id, starts_on, ends_on from agreements where tenant = $1 order by starts_on",
        edit.tenant.id,
    )
    later = next((row["starts_on"] for row in rows if row["starts_on"] > first), None)
    for row in rows:
        if row["starts_on"] == first:
            if first < clock.today():
                raise Invalid(
                    {"starts_on": N_("An agreement began on this day: choose a later one.")}
                )
            await _take_away(edit, row)
        elif row["starts_on"] < first and (row["ends_on"] is None or row["ends_on"] > first):
            await edit.change(Editable.AGREEMENTS, row["id"], ends_on=first)
    assert later is None or isinstance(later, date)
    return later


async def _take_away(edit: TenantEdit, row: dict[str, Any]) -> None:
    """Remove a draft of an agreement with what hangs on it."""
    for table in (Editable.WISHES, Editable.PAUSES):
        for one in await fetch_all(
            f"select id from {table} where agreement = $1",  # noqa: S608
            row["id"],
        ):
            await edit.remove(table, one["id"])
    await edit.remove(Editable.AGREEMENTS, row["id"])


async def _own_pause(edit: TenantEdit, row: int) -> None:
    found = await fetch_one(
        "select s.id from agreement_pauses s join agreements a on a.id = s.agreement"
        " where s.id = $1 and a.tenant = $2",
        row,
        edit.tenant.id,
    )
    if found is None:
        raise NotFound


async def _worker_ids(draft: AgreementDraft) -> dict[str, int]:
    asked = sorted({*draft.wanted, *draft.unwanted})
    rows = await fetch_all("select id, code from workers where code = any($1::text[])", asked)
    found = {row["code"]: row["id"] for row in rows}
    for field, codes in (("wanted", draft.wanted), ("unwanted", draft.unwanted)):
        if set(codes) - set(found):
            raise Invalid({field: N_("Choose one of the options.")})
    return found
