"""The form of a worker's time in a team."""

from service import clock
from service.access.policy import may_assign
from service.database.sql import fetch_one
from service.errors import NotFound
from service.teams.actions import save_membership
from service.teams.changes.worker import may_edit
from service.teams.choices import team_names
from service.teams.drafts import MembershipDraft
from service.teams.pages.part import Asked
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.fields import Field, FieldsOf
from service.web.i18n import gettext as _
from service.web.parts import Known, Part, text

_FORM = FieldsOf(MembershipDraft)


async def _fields(asked: Asked, known: Known) -> tuple[Field, ...]:
    teams = [team for team in await team_names(None) if may_assign(asked.viewer, team[0])]
    if asked.row is not None:
        teams = [team for team in teams if team[1] == known.values["team"]]
    return (
        _FORM.select("team", _("Team"), [(code, name) for _id, code, name in teams]),
        _FORM.date("starts_on", _("From")),
        _FORM.date(
            "ends_on",
            _("Until"),
            hint=_("The first day without: the account's roles in this team end with it."),
        ),
    )


async def _known(asked: Asked) -> Known:
    if asked.row is None:
        return Known(values={"starts_on": clock.today().isoformat()})
    row = await fetch_one(
        "select t.id, t.code as team, m.starts_on, m.ends_on from team_memberships m"
        " join teams t on t.id = m.team where m.id = $1 and m.worker = $2",
        asked.row,
        asked.worker.id,
    )
    if row is None or not may_assign(asked.viewer, row.pop("id")):
        raise NotFound
    return Known(values={name: text(value) for name, value in row.items()})


async def _save(asked: Asked, draft: MembershipDraft) -> Edited:
    return await save_membership(
        asked.viewer, asked.worker.code, draft, row=asked.row, expected_version=asked.version
    )


MEMBERSHIP = Part(
    form=MembershipDraft,
    title=lambda asked: _("Team") if asked.row else _("Another team"),
    may=may_edit,
    fields=_fields,
    known=_known,
    save=_save,
    rows=(Editable.MEMBERSHIPS,),
)
