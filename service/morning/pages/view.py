"""The meeting's page as it stands, whatever was asked of it."""

from typing import Any

from litestar import Request, Response

from scheduling.weeks import monday_of
from service import clock
from service.access.policy import Viewer, may_plan
from service.access.states import Role
from service.encounters import words as encounter_words
from service.errors import Forbidden
from service.morning import words
from service.morning.actions import ONLY_THE_LEAD, read_meeting
from service.morning.queries import meeting_team
from service.people import words as people_words
from service.rounds import sentences
from service.rounds.queries import latest_plan_run
from service.rounds.types import PlanRunView
from service.safety import words as safety_words
from service.web.page import page
from service.web.routing import only

SUPPORT = only(Role.WORKER, Role.TEAM_LEAD, Role.COORDINATOR)
COOKIE = "thuisronde-meeting"


async def meeting_page(
    request: Request[Any, Any, Any],
    viewer: Viewer,
    team: str,
    *,
    problem: str = "",
    undo: int | None = None,
    changed: str = "",
    status: int = 200,
) -> Response[str]:
    """The page; `problem` says what was not done, `undo` is a step that can be taken back,
    of the tenant `changed` (a code).
    """
    names = request.cookies.get(COOKIE) == "names"
    board = await read_meeting(viewer, team=team, names=names)
    return page(
        request,
        "morning/meeting.html",
        status=status,
        board=board,
        names=names,
        problem=problem,
        undo=undo if board.plans else None,
        changed=changed,
        run=await todays_run(viewer, team),
        plans=board.plans,
        team_code=team,
        monday=monday_of(board.day),
        today=board.day,
        now=clock.now(),
        sentences=sentences,
        words=words,
        encounter_words=encounter_words,
        people_words=people_words,
        safety_words=safety_words,
        local=_local,
    )


async def todays_run(viewer: Viewer, team: str) -> PlanRunView | None:
    """The newest run of this week, if it was asked for today alone."""
    today = clock.today()
    found = await latest_plan_run(viewer, team=team, week=monday_of(today))
    return found if found is not None and found.only_day == today else None


async def led(viewer: Viewer, team: str) -> None:
    """Refuse whoever does not lead the team: `NotFound` for a stranger, else `Forbidden`."""
    found = await meeting_team(viewer, team)
    if not may_plan(viewer, found.id):
        raise Forbidden(ONLY_THE_LEAD)


def _local(at: Any) -> Any:
    return at.astimezone(clock.BRUSSELS).date()
