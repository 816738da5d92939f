"""Takes back what one did to a draft: the step a notice names, or one's last."""

from datetime import date
from typing import Any

from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.access.policy import Viewer
from service.errors import Invalid, Stale
from service.rounds import actions
from service.rounds.pages.board import SUPPORT
from service.rounds.pages.compose import Notice, all_visits, board_page, changed_team, undo_of
from service.rounds.pages.telling import said_by_hand
from service.rounds.queries import roster_board
from service.rounds.schemas import UndoForm
from service.rounds.undoing import NothingToUndo
from service.web.forms import read_form
from service.web.i18n import gettext as _


@post("/board/{team:str}/{week:date}/undo", opt=SUPPORT, name="undo_step")
async def undo(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
) -> Response[Any]:
    """Undo; where the visit was changed meanwhile nothing is done, and that is said."""
    await changed_team(viewer, team)
    form = await read_form(request, UndoForm)
    if form.data is None:
        raise Invalid(form.errors)
    status, visit = 200, None
    try:
        done = await actions.undo_step(viewer, team=team, week=week, step=form.data.step)
        notice = Notice(_("Undone."), undo=undo_of(team, week, done.step))
        visit = done.visit
    except NothingToUndo:
        notice = Notice(_("There is nothing of yours to undo in this week."))
    except Stale as stale:
        notice, status = Notice(f"{_(stale.message)} {_(stale.advice)}", alarm=True), 409
    by_hand = request.query_params.get("hand") == "true"
    response = await board_page(
        request,
        viewer,
        team=team,
        week=week,
        visit=await _shown(request, viewer, team, week),
        day=request.query_params.get("day"),
        notice=None if by_hand else notice,
        status=status,
    )
    if by_hand:
        response.headers["HX-Trigger"] = said_by_hand(notice, visit or 0)
    return response


async def _shown(
    request: Request[Any, Any, Any], viewer: Viewer, team: str, week: date
) -> int | None:
    """The visit whose panel was open, if it still stands on the board."""
    asked = request.query_params.get("show", "")
    board = await roster_board(viewer, team=team, week=week)
    return next((one.id for one in all_visits(board) if str(one.id) == asked), None)


ROUTES = (undo,)
