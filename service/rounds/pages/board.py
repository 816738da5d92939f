"""The boards: which teams and weeks there are, and one team's week."""

from datetime import date, timedelta
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Stream

from scheduling.weeks import monday_of
from service import clock
from service.access.policy import Viewer
from service.access.states import Role
from service.errors import Invalid
from service.rounds.away_weeks import next_away_week
from service.rounds.board_stream import board_streams, told
from service.rounds.overview import board_teams, team_weeks, week_to_plan
from service.rounds.pages.compose import Notice, board_page, board_path, team_choice
from service.rounds.pages.view import View, view_cookie
from service.rounds.schemas import ViewForm
from service.teams.words import team_kind
from service.web.dates import week as week_words
from service.web.forms import read_form
from service.web.i18n import gettext as _
from service.web.page import local_path, page, redirect
from service.web.plausible import LEADS_TO_MONDAY
from service.web.routing import only

SUPPORT = only(Role.WORKER, Role.TEAM_LEAD, Role.COORDINATOR)
LEADS = only(Role.TEAM_LEAD)


@get("/board", opt=SUPPORT, name="boards")
async def boards(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], every: FromQuery[bool] = False
) -> Response[Any]:
    """List the boards; whoever has one only, or leads one, is led to it unless `every` is asked."""
    teams = await board_teams(viewer)
    own = [team for team in teams if team.plans] or teams
    if len(own) == 1 and not every:
        return redirect(request, board_path(own[0].code, week_to_plan()))
    monday = monday_of(clock.today())
    weeks = await team_weeks(teams, (monday, monday + timedelta(days=7)))
    return page(
        request, "rounds/boards.html", teams=teams, weeks=weeks, monday=monday, team_kind=team_kind
    )


@get("/board/{team:str}", opt=SUPPORT, name="team_board")
async def team_board(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[Any]:
    """Lead to the week that is being planned."""
    await team_choice(viewer, team)
    return redirect(request, board_path(team, week_to_plan()))


@get("/board/{team:str}/{week:date}", opt={**SUPPORT, **LEADS_TO_MONDAY}, name="board")
async def board(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    visit: FromQuery[int | None] = None,
    day: FromQuery[str | None] = None,
    published: FromQuery[int | None] = None,
) -> Response[Any]:
    """Show a team's week; any day leads to its Monday."""
    if week != monday_of(week):
        return redirect(request, board_path(team, monday_of(week)))
    notice = None
    if published is not None:
        notice = await _published(viewer, team, week)
    return await board_page(
        request, viewer, team=team, week=week, visit=visit, day=day, notice=notice
    )


async def _published(viewer: Viewer, code: str, week: date) -> Notice:
    """What is said once a week is published: for a lead also where a sick call goes on."""
    text = _("The week is published. Pages and feeds show it now.")
    choice, _teams = await team_choice(viewer, code)
    found = await next_away_week(choice.id, week) if choice.plans else None
    if found is None:
        return Notice(text)
    away, later = found
    onward = _(
        "%(name)s is away in the %(week)s too: see what would change there.",
        name=away.first_name,
        week=week_words(later.week),
    )
    return Notice(text, onward=(f"{board_path(code, later.week)}/runs/{later.run}", onward))


@get("/board/events", opt=SUPPORT, name="board_events")
async def events(request: Request[Any, Any, Any]) -> Stream:
    """Tell of every roster that changes and that the reader may see, while the session lasts."""
    return Stream(
        told(board_streams(request.app), request.state["session"].id),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


@post("/board/view", opt=SUPPORT, name="board_view")
async def choose_view(request: Request[Any, Any, Any]) -> Response[Any]:
    """Keep in this browser how the board is shown."""
    form = await read_form(request, ViewForm)
    if form.data is None:
        raise Invalid(form.errors)
    response = redirect(request, local_path(form.data.next, otherwise="/board"))
    response.set_cookie(view_cookie(request, View(form.data.names, form.data.dense)))
    return response


ROUTES = (boards, events, team_board, board, choose_view)
