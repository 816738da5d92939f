"""Tenants: the list by days overdue, and a plain page for each."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from service import clock
from service.access.policy import Viewer, tenant_teams_filter
from service.access.states import Role
from service.errors import Invalid
from service.people import words
from service.people.actions import read_tenant_list, read_tenant_page
from service.people.schemas import SearchForm
from service.places.queries import municipality_name
from service.rounds import words as round_words
from service.rounds.overview import VISITING
from service.teams.queries import active_teams
from service.teams.words import discipline
from service.web.forms import read_form
from service.web.i18n import current_language
from service.web.page import page
from service.web.routing import only

READERS = only(Role.WORKER, Role.TEAM_LEAD, Role.COORDINATOR, Role.HOUSING_OFFICER)


@get("/tenants", opt=READERS, name="tenants")
async def tenants(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromQuery[str] = "",
    mine: FromQuery[bool] = False,
) -> Response[str]:
    """List the tenants of the viewer's teams, longest overdue first."""
    return await _list_page(request, viewer, SearchForm(team=team, mine=mine))


@post("/tenants", opt=READERS, name="search_tenants", status_code=200)
async def search(request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]) -> Response[str]:
    """List those whose name or code was typed; what was typed stays out of the address."""
    form = await read_form(request, SearchForm)
    if form.data is None:
        raise Invalid(form.errors)
    return await _list_page(request, viewer, form.data)


@get("/tenants/{code:str}", opt=READERS, name="tenant")
async def tenant(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], code: FromPath[str]
) -> Response[str]:
    """Show a tenant, as far as the reader may see; that it was read is written down."""
    found = await read_tenant_page(viewer, code)
    return page(
        request,
        "people/tenant.html",
        tenant=found,
        age=_age(found.birth_date),
        area=_area,
        words=words,
        round_words=round_words,
        discipline=discipline,
    )


async def _list_page(
    request: Request[Any, Any, Any], viewer: Viewer, asked: SearchForm
) -> Response[str]:
    lines = await read_tenant_list(viewer, team=asked.team or None, mine=asked.mine, search=asked.q)
    return page(
        request,
        "people/tenants.html",
        lines=lines,
        asked=asked,
        teams=await _teams(viewer),
        shows_support=viewer.holds(Role.WORKER, Role.TEAM_LEAD, Role.COORDINATOR),
        area=_area,
        words=words,
        today=clock.today(),
    )


async def _teams(viewer: Viewer) -> tuple[tuple[str, str], ...]:
    """The teams one can filter by: (code, name) of those whose tenants the viewer may list."""
    allowed = tenant_teams_filter(viewer)
    return tuple(
        (team.code, team.name)
        for team in await active_teams()
        if team.kind in VISITING and (allowed is None or team.id in allowed)
    )


def _area(refnis: str) -> str:
    return municipality_name(refnis, current_language().value)


def _age(born: date) -> int:
    today = clock.today()
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


ROUTES: tuple[ControllerRouterHandler, ...] = (tenants, search, tenant)
