"""Entering a new team."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.access.states import Role
from service.errors import Invalid
from service.places.fields import address_fields
from service.teams.actions import add_team
from service.teams.drafts import NewTeamCode, TeamDraft, TeamName
from service.teams.pages.base_form import BaseForm
from service.teams.states import TeamKind
from service.teams.words import team_kind
from service.web.fields import FieldsOf, options_of
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


_FORM = FieldsOf(NewTeamForm)


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
        _FORM.text("name", _("Name")),
        _FORM.text(
            "code",
            _("Code"),
            hint=_("Short, in capitals: ACT2 or NIGHT. It stands in addresses and cannot change."),
            short=True,
        ),
        _FORM.select(
            "kind",
            _("Kind of team"),
            options_of(TeamKind, team_kind),
            hint=_("It decides the first settings; the team's lead changes all of them."),
        ),
        *address_fields(_FORM, heading=_("Base of the team")),
    )
    return page(request, "teams/new_team.html", status=status, form=form, fields=fields)


ROUTES: tuple[ControllerRouterHandler, ...] = (new_team, add)
