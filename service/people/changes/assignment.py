"""In whose caseload a tenant is: the team, who is responsible, and the back-up."""

from datetime import date

from service.access.policy import Viewer, may_assign, may_see_tenant
from service.database.sql import fetch_value
from service.errors import Forbidden, Invalid
from service.people.changes.edit import TenantEdit, edited_tenant
from service.people.drafts import AssignmentDraft
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.i18n import N_


async def save_assignment(
    viewer: Viewer,
    code: str,
    draft: AssignmentDraft,
    *,
    row: int | None = None,
    expected_version: int | None = None,
) -> Edited:
    """Take a tenant into a team, or change an assignment (`row`).

    A new primary worker or back-up of a running assignment holds from today on: what was before
    stays as it was. Raises `Invalid` for a worker who is not in the team.
    """
    async with edited_tenant(
        viewer,
        code,
        may=may_see_tenant,
        action="assign",
        expected_version=expected_version,
    ) as edit:
        team = await fetch_value("select id from teams where code = $1 and active", draft.team)
        if team is None:
            raise Invalid({"team": N_("Choose one of the options.")})
        if not may_assign(viewer, team):
            raise Forbidden
        people = await _workers(draft, team)
        if draft.ends_on is not None and draft.ends_on <= draft.starts_on:
            raise Invalid({"ends_on": N_("It ends after it begins.")})
        values = {"starts_on": draft.starts_on, "ends_on": draft.ends_on, **people}
        edit.detail["team"] = team
        if row is None:
            await edit.insert(Editable.ASSIGNMENTS, tenant=edit.tenant.id, team=team, **values)
        else:
            was = await edit.own(Editable.ASSIGNMENTS, row)
            if was["team"] != team:
                raise Invalid({"team": N_("For another team, end this one and add a new one.")})
            await _change(edit, was, values)
    return edit.edited


async def _change(edit: TenantEdit, was: dict[str, object], values: dict[str, object]) -> None:
    row = was["id"]
    assert isinstance(row, int)
    if any(was[name] != value for name, value in values.items()):
        await edit.change(Editable.ASSIGNMENTS, row, **values)


async def _workers(draft: AssignmentDraft, team: int) -> dict[str, object]:
    """The ids of the two, who belong to the team at some time from the first day on."""
    found: dict[str, object] = {}
    for column, field, code in (
        ("primary_worker", "primary", draft.primary),
        ("backup_worker", "backup", draft.backup),
    ):
        found[column] = None if code is None else await _member(code, team, draft.starts_on, field)
    if draft.primary is not None and draft.primary == draft.backup:
        raise Invalid({"backup": N_("Somebody else than the own worker.")})
    return found


async def _member(code: str, team: int, first: date, field: str) -> int:
    found: int | None = await fetch_value(
        "select w.id from workers w join team_memberships m on m.worker = w.id"
        " where w.code = $1 and m.team = $2 and coalesce(m.ends_on > $3, true) limit 1",
        code,
        team,
        first,
    )
    if found is None:
        raise Invalid({field: N_("Somebody of this team.")})
    return found
