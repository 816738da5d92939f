"""What a team sets for its checks and alerts: read by the team, changed by its lead."""

from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.access.policy import Viewer, may_decide_alert, may_see_alerts
from service.access.states import Role
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.safety import words
from service.safety.actions import save_settings
from service.safety.people import support_workers
from service.safety.schemas import SafetyForm
from service.safety.settings import TeamSafety, safety_of_team
from service.safety.states import LoneVisits
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_code
from service.web.forms import Form, empty_form, read_form
from service.web.i18n import gettext as _
from service.web.page import page, redirect
from service.web.routing import only

LEADS = only(Role.TEAM_LEAD)


@get("/safety/{team:str}", opt=LEADS, name="safety_settings")
async def show(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    saved: FromQuery[bool] = False,
) -> Response[str]:
    """Show what the team set."""
    found = await _team(viewer, team)
    return await _page(request, found, notice=_("Saved.") if saved else "")


@post("/safety/{team:str}", opt=LEADS, name="save_safety_settings")
async def save(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Keep what a lead set."""
    found = await _team(viewer, team)
    form = await read_form(request, SafetyForm)
    if form.data is None:
        return await _page(request, found, form=form, status=422)
    values = msgspec.structs.asdict(form.data)
    people = {name: values.pop(name) for name in ("deputy", "on_call")}
    try:
        await save_settings(
            viewer, team=team, settings=TeamSafety(team=found.id, **values), **people
        )
    except Invalid as invalid:
        return await _page(request, found, form=form.refused(invalid), status=422)
    except Stale:
        text = _("Somebody changed these settings while you were reading. Yours were not kept.")
        return await _page(request, found, problem=text, status=409)
    return redirect(request, f"/safety/{team}?saved=true")


async def _team(viewer: Viewer, code: str) -> TeamFacts:
    found = await team_by_code(code)
    if found is None or not may_see_alerts(viewer, found.id):
        raise NotFound
    if not may_decide_alert(viewer, found.id):
        raise Forbidden
    return found


async def _page(
    request: Request[Any, Any, Any],
    team: TeamFacts,
    *,
    form: Form[Any] | None = None,
    notice: str = "",
    problem: str = "",
    status: int = 200,
) -> Response[str]:
    settings = await safety_of_team(team.id)
    people = await support_workers()
    codes = {one.id: one.code for one in people}
    values = {
        name: str(value)
        for name, value in ((one, getattr(settings, one)) for one in TeamSafety.__slots__)
        if value is not None
    } | {
        "deputy": codes.get(settings.deputy or 0, ""),
        "on_call": codes.get(settings.on_call or 0, ""),
    }
    return page(
        request,
        "safety/settings.html",
        status=status,
        team=team,
        form=form or empty_form(**values),
        version=settings.version,
        people=[
            ("", _("nobody")),
            *((one.code, f"{one.first_name} ({one.code})") for one in people),
        ],
        visits=tuple((one.value, words.lone_visits(one)) for one in LoneVisits),
        notice_text=notice,
        problem=problem,
    )


ROUTES = (show, save)
