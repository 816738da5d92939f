"""Entering a new team."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.access.states import Role
from service.errors import Invalid
from service.teams.actions import add_team
from service.teams.drafts import NewTeamCode, TeamDraft, TeamName
from service.teams.pages.base_fields import BaseForm, base_fields
from service.teams.states import TeamKind
from service.teams.words import team_kind
from service.web.fields import Field, FieldKind
from service.web.forms import Form, read_form
from service.web.i18n import gettext as _
from service.web.page import page, redirect
from service.web.routing import only

ADDERS = only(Role.COORDINATOR)


class NewTeamForm(BaseForm, frozen=True, kw_only=True):
    """A team and its base."""

    code: NewTeamCode
    name: TeamName
    kind: TeamKind


@get("/teams/new", opt=ADDERS, name="new_team")
async def new_team(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show the form for a new team."""
    return _page(request, Form(values={"kind": TeamKind.MOBILE.value}))


@post("/teams/new", opt=ADDERS, name="add_team")
async def add(request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]) -> Response[Any]:
    """Enter the team; who leads it is said with their account."""
    form = await read_form(request, NewTeamForm)
    if form.data is None:
        return _page(request, form, status=422)
    draft = TeamDraft(code=form.data.code, name=form.data.name, kind=form.data.kind)
    try:
        code = await add_team(viewer, draft, form.data.place())
    except Invalid as invalid:
        return _page(request, form.refused(invalid), status=422)
    return redirect(request, f"/workers?team={code}&said=added")


def _page(request: Request[Any, Any, Any], form: Form[Any], *, status: int = 200) -> Response[Any]:
    fields = (
        Field(name="name", label=_("Name"), required=True),
        Field(
            name="code",
            label=_("Code"),
            hint=_("Short, in capitals: ACT2 or NIGHT. It stands in addresses and cannot change."),
            required=True,
            short=True,
        ),
        Field(
            name="kind",
            label=_("Kind of team"),
            kind=FieldKind.SELECT,
            options=[(one.value, team_kind(one)) for one in TeamKind],
            hint=_("It decides the first settings; the team's lead changes all of them."),
            required=True,
        ),
        *base_fields(heading=_("Base of the team")),
    )
    return page(request, "teams/new_team.html", status=status, form=form, fields=fields)


ROUTES: tuple[ControllerRouterHandler, ...] = (new_team, add)
