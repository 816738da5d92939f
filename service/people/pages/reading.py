"""Tenants: the list by days overdue, and a plain page for each."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from service import clock
from service.access.policy import TenantFacts, Viewer, may_add_tenants, tenant_teams_filter
from service.access.states import Role
from service.errors import Invalid
from service.people import edit_words, words
from service.people.actions import read_history, read_tenant_list, read_tenant_page
from service.people.caseload_queries import tenants_to_come
from service.people.history_queries import seen_by
from service.people.history_words import history_line
from service.people.life import LifeState
from service.people.pages.previewing import shown_weeks
from service.people.queries import tenant_names
from service.people.schemas import SearchForm
from service.people.states import StayKind
from service.places.queries import municipality_name
from service.rounds import words as round_words
from service.rounds.ahead import needs_ahead
from service.rounds.overview import VISITING
from service.teams.queries import active_teams
from service.teams.words import discipline, gender, resource_kind
from service.undo.said import said
from service.web.forms import read_form
from service.web.i18n import current_language
from service.web.page import page
from service.web.routing import only

LEFT = frozenset({LifeState.ENDED, LifeState.PASSED_ON, LifeState.DIED})
"""States in which nobody visits any more."""
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
    teams = TenantFacts(frozenset(team.id for team in found.teams))
    return page(
        request,
        "people/tenant.html",
        tenant=found,
        said=said(request),
        seen=await seen_by(viewer, found.id, teams) if found.support else (),
        ahead=shown_weeks(await needs_ahead(viewer, tenant=found.id, teams=teams.teams))
        if found.support and found.state not in LEFT
        else (),
        stay_kinds=tuple(StayKind),
        edit_words=edit_words,
        resource_kind=resource_kind,
        gender=gender,
        age=_age(found.birth_date),
        area=_area,
        words=words,
        round_words=round_words,
        discipline=discipline,
    )


@get("/tenants/{code:str}/history", opt=READERS, name="tenant_history")
async def history(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], code: FromPath[str]
) -> Response[str]:
    """Show what happened, newest first, as far as the reader may see; it is written down."""
    found = await read_history(viewer, code)
    names = await tenant_names(viewer, [code])
    return page(
        request,
        "people/history.html",
        history=found,
        name=names.get(code, ""),
        lines=[history_line(event) for event in found.events],
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
        coming=() if asked.mine or asked.team else await tenants_to_come(viewer, search=asked.q),
        teams=await _teams(viewer),
        adds=may_add_tenants(viewer),
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


ROUTES: tuple[ControllerRouterHandler, ...] = (tenants, search, tenant, history)
