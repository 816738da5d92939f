"""Planning today anew from the meeting, and how far that is."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from scheduling.weeks import monday_of
from service import clock
from service.access.policy import Viewer, may_plan
from service.errors import Invalid, ThuisrondeError
from service.morning.actions import replan_today
from service.morning.pages.view import SUPPORT, led, meeting_page, todays_run
from service.morning.queries import meeting_team
from service.rounds import sentences
from service.web.i18n import gettext as _
from service.web.page import page, redirect


@get("/morning/{team:str}/run", opt=SUPPORT, name="meeting_run")
async def run(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[str]:
    """How far the planning of today is, as a fragment that asks again by itself."""
    found = await meeting_team(viewer, team)
    return page(
        request,
        "morning/run.html",
        run=await todays_run(viewer, team),
        plans=may_plan(viewer, found.id),
        team_code=team,
        monday=monday_of(clock.today()),
        sentences=sentences,
    )


@post("/morning/{team:str}/replan", opt=SUPPORT, name="meeting_replan")
async def replan(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Plan today anew, alone."""
    await led(viewer, team)
    try:
        await replan_today(viewer, team=team)
    except Invalid:
        text = _("Today cannot be planned anew any more.")
        return await meeting_page(request, viewer, team, problem=text, status=409)
    except ThuisrondeError as error:
        text = f"{_(error.message)} {_(error.advice) if error.advice else ''}".strip()
        return await meeting_page(request, viewer, team, problem=text, status=409)
    return redirect(request, f"/morning/{team}")


ROUTES = (run, replan)
