"""ETHOS observations and incomes: dated facts about a tenant."""

from service import clock
from service.access.policy import Viewer, may_edit_person
from service.errors import Invalid
from service.people.changes.edit import edited_tenant
from service.people.drafts import EthosDraft, IncomeDraft
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.i18n import N_


async def save_ethos(
    viewer: Viewer,
    code: str,
    draft: EthosDraft,
    *,
    row: int | None = None,
    expected_version: int | None = None,
) -> Edited:
    """Note where somebody lived on a day, or correct what was noted (`row`)."""
    if draft.observed_on > clock.today():
        raise Invalid({"observed_on": N_("A day that has been: it is an observation.")})
    values = {
        "observed_on": draft.observed_on,
        "category": draft.category,
        "occasion": draft.occasion.value,
    }
    async with edited_tenant(
        viewer, code, may=may_edit_person, action="observe", expected_version=expected_version
    ) as edit:
        if row is None:
            await edit.insert(Editable.ETHOS, tenant=edit.tenant.id, **values)
        else:
            await edit.own(Editable.ETHOS, row)
            await edit.change(Editable.ETHOS, row, **values)
    return edit.edited


async def save_income(
    viewer: Viewer,
    code: str,
    draft: IncomeDraft,
    *,
    row: int | None = None,
    expected_version: int | None = None,
) -> Edited:
    """Note a source of income from a day on, or change it (`row`)."""
    values = {"kind": draft.kind.value, "starts_on": draft.starts_on, "ends_on": draft.ends_on}
    async with edited_tenant(
        viewer, code, may=may_edit_person, action="change income", expected_version=expected_version
    ) as edit:
        if row is None:
            await edit.insert(Editable.INCOMES, tenant=edit.tenant.id, **values)
        else:
            await edit.own(Editable.INCOMES, row)
            await edit.change(Editable.INCOMES, row, **values)
    return edit.edited


async def remove_observed(
    viewer: Viewer,
    code: str,
    table: Editable,
    row: int,
    *,
    expected_version: int | None = None,
) -> Edited:
    """Take away an observation or an income that was noted by mistake."""
    if table not in {Editable.ETHOS, Editable.INCOMES}:
        raise ValueError(f"{table} is not removed this way")
    async with edited_tenant(
        viewer,
        code,
        may=may_edit_person,
        action="remove",
        expected_version=expected_version,
    ) as edit:
        await edit.own(table, row)
        edit.detail["what"] = table.value
        await edit.remove(table, row)
    return edit.edited
