"""The day of a worker on one sheet of paper."""

from datetime import date
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.access.states import Role
from service.encounters.day import worker_day
from service.encounters.pages.day import entries_of
from service.encounters.pages.view import day_page
from service.rounds.overview import worker_shown
from service.web.routing import only

SUPPORT = only(Role.WORKER, Role.TEAM_LEAD, Role.COORDINATOR)


@get("/workers/{worker:str}/day/{day:date}", opt=SUPPORT, name="day_sheet")
async def day_sheet(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    worker: FromPath[str],
    day: FromPath[date],
) -> Response[Any]:
    """Show a worker's day as it is printed: to the worker, and to whom their week is shown."""
    shown = await worker_shown(viewer, worker)
    found = await worker_day(viewer, worker=shown.code, day=day)
    return day_page(
        request,
        "encounters/sheet.html",
        found=found,
        worker=shown,
        day=day,
        entries=entries_of(found),
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (day_sheet,)
