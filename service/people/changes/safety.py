"""'Two workers', and who must not meet whom or where: raised, reviewed, lifted with a reason."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from service import clock
from service.access.policy import Viewer, may_edit_safety, may_raise_flag
from service.database.sql import fetch_value
from service.errors import Invalid, NotFound
from service.people.changes.edit import edited_tenant
from service.people.drafts import ExclusionDraft, FlagDraft
from service.places.directory import ensure_municipality
from service.places.municipalities import municipalities
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.i18n import N_


class LiftDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Why two workers are needed no more."""

    reason: Annotated[str, Meta(min_length=3, max_length=1000)]


async def raise_flag(
    viewer: Viewer, code: str, draft: FlagDraft, *, expected_version: int | None = None
) -> Edited:
    """Ask for two workers from today on; anybody of the team may."""
    _check_review(draft.review_on)
    async with edited_tenant(
        viewer, code, may=may_raise_flag, action="raise flag", expected_version=expected_version
    ) as edit:
        await edit.insert(
            Editable.FLAGS,
            tenant=edit.tenant.id,
            raised_on=clock.today(),
            review_on=draft.review_on,
            reason=draft.reason,
        )
    return edit.edited


async def review_flag(
    viewer: Viewer, code: str, draft: FlagDraft, *, expected_version: int | None = None
) -> Edited:
    """Keep the flag in force, with a new review date and reason; leads alone."""
    _check_review(draft.review_on)
    async with edited_tenant(
        viewer, code, may=may_edit_safety, action="review flag", expected_version=expected_version
    ) as edit:
        row = await _flag(edit.tenant.id)
        await edit.change(Editable.FLAGS, row, review_on=draft.review_on, reason=draft.reason)
    return edit.edited


async def lift_flag(
    viewer: Viewer, code: str, draft: LiftDraft, *, expected_version: int | None = None
) -> Edited:
    """Lift the flag with a reason; leads alone, as the worker their account names."""
    async with edited_tenant(
        viewer, code, may=may_edit_safety, action="lift flag", expected_version=expected_version
    ) as edit:
        if viewer.worker is None:
            raise Invalid({"reason": N_("Your account names no worker: ask your administrator.")})
        row = await _flag(edit.tenant.id)
        await edit.change(
            Editable.FLAGS,
            row,
            lifted_on=clock.today(),
            lifted_by=viewer.worker,
            lift_reason=draft.reason,
        )
    return edit.edited


async def save_exclusion(
    viewer: Viewer,
    code: str,
    draft: ExclusionDraft,
    *,
    row: int | None = None,
    expected_version: int | None = None,
) -> Edited:
    """Keep a worker or a municipality away from a tenant, or change that (`row`); leads alone."""
    if (draft.worker is None) == (draft.refnis is None):
        raise Invalid({"worker": N_("Choose a worker or a municipality: one of the two.")})
    if draft.refnis is not None and draft.refnis not in municipalities():
        raise Invalid({"refnis": N_("Choose one of the options.")})
    async with edited_tenant(
        viewer, code, may=may_edit_safety, action="exclude", expected_version=expected_version
    ) as edit:
        worker = None
        if draft.worker is not None:
            worker = await fetch_value("select id from workers where code = $1", draft.worker)
            if worker is None:
                raise Invalid({"worker": N_("Choose one of the options.")})
        if draft.refnis is not None:
            await ensure_municipality(draft.refnis)
        today = clock.today()
        values = {
            "worker": worker,
            "municipality": draft.refnis,
            "starts_on": draft.starts_on,
            "ends_on": draft.ends_on,
            "review_on": draft.review_on,
            "reason": draft.reason,
        }
        twice = await fetch_value(_TWICE, edit.tenant.id, row or 0, worker, draft.refnis, today)
        if twice:
            raise Invalid({"worker": N_("This holds already: change the one there is.")})
        if row is None:
            await edit.insert(Editable.EXCLUSIONS, tenant=edit.tenant.id, **values)
        else:
            await edit.own(Editable.EXCLUSIONS, row)
            await edit.change(Editable.EXCLUSIONS, row, **values)
    return edit.edited


_TWICE = """
select true from exclusions where tenant = $1 and id <> $2 and worker is not distinct from $3::int
    and municipality is not distinct from $4::text and coalesce(ends_on > $5, true) limit 1
"""


async def end_exclusion(
    viewer: Viewer, code: str, row: int, *, on: date, expected_version: int | None = None
) -> Edited:
    """End an exclusion on a day; one that has not begun by then goes altogether."""
    async with edited_tenant(
        viewer, code, may=may_edit_safety, action="end exclusion", expected_version=expected_version
    ) as edit:
        was = await edit.own(Editable.EXCLUSIONS, row)
        if was["starts_on"] >= on:
            await edit.remove(Editable.EXCLUSIONS, row)
        else:
            await edit.change(Editable.EXCLUSIONS, row, ends_on=on)
    return edit.edited


def _check_review(day: date) -> None:
    if day <= clock.today():
        raise Invalid({"review_on": N_("A day to come.")})


async def _flag(tenant: int) -> int:
    found: int | None = await fetch_value(
        "select id from safety_flags where tenant = $1 and lifted_on is null for update", tenant
    )
    if found is None:
        raise NotFound
    return found
