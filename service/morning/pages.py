"""The morning meeting: one page for the wall and the phone, and what is decided on it."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from scheduling.weeks import monday_of
from service import clock
from service.access.policy import Viewer, may_plan
from service.access.states import Role
from service.encounters import words as encounter_words
from service.errors import Forbidden, Invalid, ThuisrondeError
from service.morning import words
from service.morning.actions import ask_today, forget_wish, read_meeting, replan_today
from service.morning.queries import meeting_team
from service.morning.schemas import AskForm, NamesForm, TenantForm
from service.people import words as people_words
from service.rounds import sentences
from service.rounds.overview import board_teams
from service.rounds.queries import latest_plan_run
from service.rounds.types import PlanRunView
from service.safety import words as safety_words
from service.web.forms import read_form
from service.web.i18n import N_
from service.web.i18n import gettext as _
from service.web.page import page, redirect
from service.web.routing import only

SUPPORT = only(Role.WORKER, Role.TEAM_LEAD, Role.COORDINATOR)
COOKIE = "thuisronde-meeting"
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
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[str]:
    """Show today's meeting of a team."""
    return await _page(request, viewer, team)


@get("/morning/{team:str}/run", opt=SUPPORT, name="meeting_run")
async def run(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[str]:
    """How far the planning of today is, as a fragment that asks again by itself."""
    found = await meeting_team(viewer, team)
    return page(
        request,
        "morning/run.html",
        run=await _run(viewer, team),
        plans=may_plan(viewer, found.id),
        team_code=team,
        monday=monday_of(clock.today()),
        sentences=sentences,
    )


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


@post("/morning/{team:str}/ask", opt=SUPPORT, name="meeting_ask")
async def ask(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Ask that somebody goes to a tenant today, or nobody."""
    await _led(viewer, team)
    form = await read_form(request, AskForm)
    if form.data is None:
        raise Invalid(form.errors)
    asked = form.data
    await ask_today(
        viewer,
        team=team,
        tenant=asked.tenant,
        kind=asked.kind,
        part=asked.part,
        by_two=asked.by_two,
    )
    return redirect(request, f"/morning/{team}#t-{asked.tenant}")


@post("/morning/{team:str}/forget", opt=SUPPORT, name="meeting_forget")
async def forget(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Take back what was asked for a tenant today."""
    await _led(viewer, team)
    form = await read_form(request, TenantForm)
    if form.data is None:
        raise Invalid(form.errors)
    await forget_wish(viewer, team=team, tenant=form.data.tenant)
    return redirect(request, f"/morning/{team}#t-{form.data.tenant}")


@post("/morning/{team:str}/replan", opt=SUPPORT, name="meeting_replan")
async def replan(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Plan today anew, alone."""
    await _led(viewer, team)
    try:
        await replan_today(viewer, team=team)
    except Invalid:
        text = _("Today cannot be planned anew any more.")
        return await _page(request, viewer, team, problem=text, status=409)
    except ThuisrondeError as error:
        text = f"{_(error.message)} {_(error.advice) if error.advice else ''}".strip()
        return await _page(request, viewer, team, problem=text, status=409)
    return redirect(request, f"/morning/{team}")


async def _led(viewer: Viewer, team: str) -> None:
    found = await meeting_team(viewer, team)
    if not may_plan(viewer, found.id):
        raise Forbidden(N_("Only the team's lead changes the day."))


async def _run(viewer: Viewer, team: str) -> PlanRunView | None:
    """The newest run of this week, if it was asked for today alone."""
    today = clock.today()
    found = await latest_plan_run(viewer, team=team, week=monday_of(today))
    return found if found is not None and found.only_day == today else None


async def _page(
    request: Request[Any, Any, Any],
    viewer: Viewer,
    team: str,
    *,
    problem: str = "",
    status: int = 200,
) -> Response[str]:
    names = request.cookies.get(COOKIE) == "names"
    board = await read_meeting(viewer, team=team, names=names)
    return page(
        request,
        "morning/meeting.html",
        status=status,
        board=board,
        names=names,
        problem=problem,
        run=await _run(viewer, team),
        plans=board.plans,
        team_code=team,
        monday=monday_of(board.day),
        today=clock.today(),
        now=clock.now(),
        sentences=sentences,
        words=words,
        encounter_words=encounter_words,
        people_words=people_words,
        safety_words=safety_words,
        local=_local,
    )


def _local(at: Any) -> Any:
    return at.astimezone(clock.BRUSSELS).date()


ROUTES: tuple[ControllerRouterHandler, ...] = (
    meetings,
    meeting,
    run,
    show_names,
    ask,
    forget,
    replan,
)
