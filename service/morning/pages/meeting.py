"""The morning meeting: one page for the wall and the phone, by codes or by names."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.access.policy import Viewer
from service.morning.pages.view import COOKIE, SUPPORT, meeting_page
from service.morning.queries import meeting_team
from service.morning.schemas import NamesForm
from service.rounds.overview import board_teams
from service.web.forms import read_form
from service.web.page import page, redirect

NAMES_FOR = 2 * 3600
"""Seconds after which the switch falls back to codes by itself."""


@get("/morning", opt=SUPPORT, name="meetings")
async def meetings(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """Lead to the meeting of the viewer's only team, or let choose."""
    teams = await board_teams(viewer)
    own = [team for team in teams if team.plans] or list(teams)
    if len(own) == 1:
        return redirect(request, f"/morning/{own[0].code}")
    return page(request, "morning/choose.html", teams=teams)


@get("/morning/{team:str}", opt=SUPPORT, name="meeting")
async def meeting(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    undo: FromQuery[int | None] = None,
    changed: FromQuery[str] = "",
) -> Response[str]:
    """Show today's meeting of a team; `undo` is the step just made, for the tenant `changed`."""
    return await meeting_page(request, viewer, team, undo=undo, changed=changed)


@post("/morning/{team:str}/names", opt=SUPPORT, name="meeting_names")
async def show_names(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Switch between codes and names, in this browser, for two hours at most."""
    await meeting_team(viewer, team)
    form = await read_form(request, NamesForm)
    response = redirect(request, f"/morning/{team}")
    response.set_cookie(
        Cookie(
            key=COOKIE,
            value="names" if form.data and form.data.names else "codes",
            max_age=NAMES_FOR,
            path=f"/morning/{team}",
            secure=bool(request.app.state["secure_cookies"]),
            httponly=True,
            samesite="lax",
        )
    )
    return response


ROUTES = (meetings, meeting, show_names)
