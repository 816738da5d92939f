"""A new team, and the base from which a team's rounds begin."""

from service.access.policy import Viewer, may_add_teams
from service.audit.actions import record
from service.database.sql import fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid
from service.people.changes.stay import new_place
from service.people.drafts import NewPlace
from service.places.states import PlaceKind
from service.teams.changes.team import edited_team
from service.teams.drafts import TeamDraft
from service.undo.change_set import ChangeSet
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.i18n import N_


async def add_team(viewer: Viewer, draft: TeamDraft, base: NewPlace) -> str:
    """Enter a team with the usual settings of its kind; returns its code. Coordinators alone.

    Raises `Forbidden`, and `Invalid` by field.
    """
    if not may_add_teams(viewer):
        raise Forbidden
    async with unit_of_work() as uow:
        if await fetch_value("select true from teams where lower(code) = lower($1)", draft.code):
            raise Invalid({"code": N_("Another team has this code.")})
        place = await new_place(ChangeSet(), base, kind=PlaceKind.BASE)
        made = await fetch_value(
            "insert into teams (code, name, kind, base) values ($1, $2, $3, $4) returning id",
            draft.code,
            draft.name,
            draft.kind.value,
            place,
        )
        await record(uow, viewer, "create", "team", made)
    return draft.code


async def save_base(
    viewer: Viewer, team: str, base: NewPlace, *, expected_version: int | None = None
) -> Edited:
    """Move a team's base; plans made before are left as they are. Raises as `edited_team`."""
    async with edited_team(
        viewer, team, action="change base", expected_version=expected_version
    ) as edit:
        place = await new_place(edit, base, kind=PlaceKind.BASE)
        await edit.change(Editable.TEAMS, edit.team.id, base=place)
    return edit.edited
