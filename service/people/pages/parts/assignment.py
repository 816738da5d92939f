"""The form of a tenant's team, own worker and back-up."""

from service import clock
from service.access.policy import Viewer, may_add_tenants, may_assign, may_see_tenant
from service.database.sql import fetch_one
from service.errors import NotFound
from service.people.actions import save_assignment
from service.people.drafts import AssignmentDraft
from service.people.pages.part import Asked, Known, Part, text
from service.teams.choices import team_names, worker_choices
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.fields import Field, FieldsOf
from service.web.i18n import gettext as _


async def assignable_teams(viewer: Viewer) -> list[tuple[int, str, str]]:
    """(id, code, name) of the teams the viewer may take tenants into."""
    return [team for team in await team_names(None) if may_assign(viewer, team[0])]


_FORM = FieldsOf(AssignmentDraft)


async def _fields(asked: Asked, known: Known) -> tuple[Field, ...]:
    teams = await assignable_teams(asked.viewer)
    if asked.row is not None:
        teams = [team for team in teams if team[1] == known.values["team"]]
    people = await worker_choices([team[0] for team in teams], on=clock.today())
    chosen = [("", _("nobody yet")), *people]
    return (
        _FORM.select("team", _("Team"), [(code, name) for _id, code, name in teams]),
        _FORM.select(
            "primary",
            _("Own worker"),
            chosen,
            hint=_("Responsible for this tenant."),
            required=True,
        ),
        _FORM.select("backup", _("Back-up"), chosen, required=True),
        _FORM.date("starts_on", _("From")),
        _FORM.date("ends_on", _("Until"), hint=_("The first day without.")),
    )


async def _known(asked: Asked) -> Known:
    if asked.row is None:
        return Known(values={"starts_on": clock.today().isoformat()})
    row = await fetch_one(
        "select m.id, m.code as team, p.code as primary, b.code as backup, a.starts_on, a.ends_on"
        " from assignments a join teams m on m.id = a.team"
        " left join workers p on p.id = a.primary_worker"
        " left join workers b on b.id = a.backup_worker"
        " where a.id = $1 and a.tenant = $2",
        asked.row,
        asked.tenant.id,
    )
    if row is None or not may_assign(asked.viewer, row.pop("id")):
        raise NotFound
    return Known(values={name: text(value) for name, value in row.items()})


async def _save(asked: Asked, draft: AssignmentDraft) -> Edited:
    return await save_assignment(
        asked.viewer, asked.tenant.code, draft, row=asked.row, expected_version=asked.version
    )


ASSIGNMENT = Part(
    form=AssignmentDraft,
    title=lambda asked: _("Team and own worker") if asked.row else _("Another team"),
    may=lambda viewer, tenant: may_see_tenant(viewer, tenant) and may_add_tenants(viewer),
    fields=_fields,
    known=_known,
    save=_save,
    rows=(Editable.ASSIGNMENTS,),
)
