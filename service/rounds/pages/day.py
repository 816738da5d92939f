"""One day of a team to scale, with its map."""

from datetime import date
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.access.policy import Viewer
from service.errors import NotFound
from service.people.queries import tenant_names
from service.rounds import words
from service.rounds.day_map import day_map
from service.rounds.day_scale import AROUND, HEAD, LETTER, MARGIN, NAME, ROW, day_scale, written
from service.rounds.own_visits import changeable_visits
from service.rounds.pages.board import SUPPORT
from service.rounds.pages.compose import all_visits, area_name, partner_names, team_choice
from service.rounds.pages.view import view_of
from service.rounds.queries import roster_board
from service.rounds.states import VisitKind
from service.teams.queries import team_by_code
from service.teams.words import duty as duty_word
from service.web.icons import drawn_icon
from service.web.page import page


@get("/board/{team:str}/{week:date}/day/{day:date}", opt=SUPPORT, name="board_day")
async def show_day(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    day: FromPath[date],
    worker: FromQuery[str | None] = None,
) -> Response[Any]:
    """Show the rounds of a day on a time axis and on the map; `worker` brings one round forward."""
    choice, _teams = await team_choice(viewer, team)
    board = await roster_board(viewer, team=team, week=week)
    facts = await team_by_code(team)
    if board.roster is None or facts is None or not 0 <= (day - week).days < 7:
        raise NotFound
    view = view_of(request)
    tenants = frozenset(one.tenant for one in all_visits(board))
    mine = await changeable_visits(viewer, team=team, week=week)
    return page(
        request,
        "rounds/day.html",
        board=board,
        team=choice,
        week=week,
        day=day,
        days=board.days,
        scale=day_scale(board.rows, day, facts.policy),
        head=HEAD,
        row_height=ROW,
        margin=MARGIN,
        names_width=NAME,
        letter=LETTER,
        around=AROUND,
        written=written,
        map=await day_map(board.rows, day, roster=board.roster.id, base=facts.base),
        chosen=worker,
        names=await tenant_names(viewer, tenants) if view.names else {},
        view=view,
        may_change=lambda one: mine is None or one.id in mine,
        area_name=area_name,
        partner_names=lambda one, row: partner_names(board, one, row),
        kinds=tuple(VisitKind),
        duty_word=duty_word,
        drawn_icon=drawn_icon,
        words=words,
    )


ROUTES = (show_day,)
