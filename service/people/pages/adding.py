"""Registering somebody new."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from service import clock
from service.access.policy import Viewer
from service.access.states import Role
from service.errors import Invalid
from service.people.actions import add_tenant
from service.people.drafts import Code, PersonDraft
from service.people.pages.parts.assignment import assignable_teams
from service.people.pages.parts.person import person_fields
from service.undo.said import after
from service.web.fields import FieldsOf
from service.web.forms import Form, read_form
from service.web.i18n import gettext as _
from service.web.page import page, redirect
from service.web.routing import only

ADDERS = only(Role.TEAM_LEAD, Role.COORDINATOR)


class NewTenantForm(PersonDraft, frozen=True, kw_only=True):
    """A person, and the team that takes them on."""

    team: Code
    starts_on: date

    def person(self) -> PersonDraft:
        """The person alone."""
        return PersonDraft(**{name: getattr(self, name) for name in PersonDraft.__struct_fields__})


_FORM = FieldsOf(NewTenantForm)


@get("/tenants/new", opt=ADDERS, name="new_tenant")
async def new_tenant(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """Show the form for somebody new."""
    today = clock.today().isoformat()
    known = {"referred_on": today, "starts_on": today, "funder": "cocom"}
    form: Form[Any] = Form(values=known, several={"languages": ("fr",)})
    return await _form_page(request, viewer, form)


@post("/tenants/new", opt=ADDERS, name="add_tenant")
async def add(request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]) -> Response[Any]:
    """Register somebody and go to their page."""
    form = await read_form(request, NewTenantForm)
    if form.data is None:
        return await _form_page(request, viewer, form, status=422)
    try:
        code = await add_tenant(
            viewer, form.data.person(), team=form.data.team, starts_on=form.data.starts_on
        )
    except Invalid as invalid:
        return await _form_page(request, viewer, form.refused(invalid), status=422)
    return redirect(request, after(f"/tenants/{code}", said="added"))


async def _form_page(
    request: Request[Any, Any, Any], viewer: Viewer, form: Form[Any], *, status: int = 200
) -> Response[str]:
    teams = await assignable_teams(viewer)
    fields = (
        *person_fields(with_funder=True),
        _FORM.select(
            "team",
            _("Team"),
            [(code, name) for _id, code, name in teams],
            heading=_("Who takes them on"),
        ),
        _FORM.date(
            "starts_on", _("From"), hint=_("The team can read the page two weeks before this day.")
        ),
    )
    return page(request, "people/new.html", status=status, form=form, fields=fields)


ROUTES: tuple[ControllerRouterHandler, ...] = (new_tenant, add)
