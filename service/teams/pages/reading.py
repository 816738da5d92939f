"""Workers: the list of a team's, and a page each."""

from datetime import timedelta
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.types import ControllerRouterHandler

from service import clock
from service.access.policy import (
    Viewer,
    may_add_teams,
    may_add_tenants,
    may_assign,
    may_plan,
    worker_teams_filter,
)
from service.access.states import Role
from service.audit.actions import record_reading
from service.places.queries import municipality_name
from service.teams import words
from service.teams.choices import team_names
from service.teams.hours_text import hours_text
from service.teams.pages.repairing import repair_path
from service.teams.pages.week_shown import week_rows
from service.teams.worker_queries import worker_lines, worker_page
from service.undo.said import said
from service.web.i18n import current_language
from service.web.language_names import language_name
from service.web.page import page
from service.web.routing import SIGNED_IN, only

READERS = only(Role.WORKER, Role.TEAM_LEAD, Role.COORDINATOR)


@get("/workers", opt=READERS, name="workers")
async def workers(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromQuery[str] = ""
) -> Response[str]:
    """List the workers of the viewer's teams."""
    return page(
        request,
        "teams/workers.html",
        lines=await worker_lines(viewer, team=team or None),
        teams=await team_names(worker_teams_filter(viewer)),
        led=frozenset(code for one, code, _name in await team_names(None) if may_plan(viewer, one)),
        asked=team,
        adds=may_add_tenants(viewer),
        adds_teams=may_add_teams(viewer),
        said=said(request),
        now=clock.now(),
        words=words,
    )


@get("/workers/{worker:str}", opt=SIGNED_IN, name="worker")
async def worker(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], worker: FromPath[str]
) -> Response[str]:
    """Show a worker: to themselves, their teams and the coordinator; that it was read is kept."""
    found = await worker_page(viewer, worker)
    if not found.own:
        await record_reading(viewer, "worker", found.worker.id)
    today, every = clock.today(), await team_names(None)
    return page(
        request,
        "teams/worker.html",
        found=found,
        facts=found.facts,
        said=said(request),
        rows=[(one, week_rows(one)) for one in found.patterns],
        plans=frozenset(code for one, code, _name in every if may_plan(viewer, one)),
        assigns=frozenset(code for one, code, _name in every if may_assign(viewer, one)),
        today=today,
        monday=today - timedelta(days=today.weekday()),
        now=clock.now(),
        words=words,
        language_name=language_name,
        area=lambda refnis: municipality_name(refnis, current_language().value),
        hours_text=hours_text,
        repair_path=repair_path,
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (workers, worker)
