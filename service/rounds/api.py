"""`/api/v1/teams` and `/api/v1/workers/…/weeks`: rosters, publishing and published weeks."""

from datetime import date

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.access.scopes import Area
from service.access.states import Role
from service.api.errors import RuleBroken
from service.api.paging import Paging
from service.api.routing import SUPPORT, reads, writes
from service.api.versions import ETAG_HEADER, versioned
from service.rounds.actions import publish_roster
from service.rounds.api_schemas import (
    Publication,
    Roster,
    RosterPage,
    Stop,
    TeamList,
    WorkerWeek,
)
from service.rounds.errors import DraftUnsafe
from service.rounds.queries import my_week
from service.rounds.records import roster_lines, roster_record, visible_teams
from service.rounds.visit_api import ROUTES as VISIT_ROUTES


@get("/teams", opt=reads(Area.ROSTERS, *SUPPORT), name="api_teams")
async def teams(viewer: NamedDependency[Viewer]) -> TeamList:
    """List the teams whose weeks the caller may see."""
    return TeamList(items=await visible_teams(viewer))


@get("/teams/{team:str}/rosters", opt=reads(Area.ROSTERS, *SUPPORT), name="api_rosters")
async def rosters(
    viewer: NamedDependency[Viewer], paging: NamedDependency[Paging], team: FromPath[str]
) -> RosterPage:
    """List a team's weeks, latest first."""
    rows = await roster_lines(viewer, team, before=paging.after(date), limit=paging.limit + 1)
    items, cursor = paging.page(rows, lambda one: one.week)
    return RosterPage(items=items, next_cursor=cursor)


@get(
    "/teams/{team:str}/rosters/{week:date}",
    opt=reads(Area.ROSTERS, *SUPPORT),
    name="api_roster",
    response_headers=[ETAG_HEADER],
)
async def roster(
    viewer: NamedDependency[Viewer], team: FromPath[str], week: FromPath[date]
) -> Response[Roster]:
    """Read a team's week: its visits placed, waiting and called off. `week` is its Monday."""
    found = await roster_record(viewer, team, week)
    return versioned(found, found.version)


@post(
    "/teams/{team:str}/rosters/{week:date}/publish",
    opt=writes(Area.ROSTERS, *SUPPORT),
    name="api_publish",
    status_code=200,
    response_headers=[ETAG_HEADER],
)
async def publish(
    viewer: NamedDependency[Viewer],
    team: FromPath[str],
    week: FromPath[date],
    expected: NamedDependency[int],
) -> Response[Publication]:
    """Publish the draft as it was seen.

    Workers, feeds and notices follow. A draft that breaks hard rules is refused (409), each rule
    with its sentence.
    """
    try:
        done = await publish_roster(viewer, team=team, week=week, expected_version=expected)
    except DraftUnsafe as refused:
        raise RuleBroken(tuple(one.detail for one in refused.breaches)) from None
    found = Publication(revision=done.revision, version=done.version, changes=len(done.changes))
    return versioned(found, done.version)


@get(
    "/workers/{worker:str}/weeks/{week:date}",
    opt=reads(Area.ROSTERS, Role.WORKER, Role.TEAM_LEAD, Role.COORDINATOR),
    name="api_worker_week",
)
async def worker_week(
    viewer: NamedDependency[Viewer], worker: FromPath[str], week: FromPath[date]
) -> WorkerWeek:
    """Read a worker's published week; of a colleague, the stops for teams one may see."""
    found = await my_week(viewer, worker=worker, week=week)
    return WorkerWeek(
        worker=worker,
        week=week,
        stops=tuple(
            Stop(
                visit=stop.visit,
                uid=stop.uid,
                tenant=stop.tenant,
                kind=stop.kind,
                state=stop.state,
                starts_at=stop.starts_at,
                ends_at=stop.ends_at,
                partners=stop.partners,
                promised=stop.promised,
                municipality=stop.place.area.refnis,
            )
            for _day, stops in found.days
            for stop in stops
        ),
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (
    teams,
    rosters,
    roster,
    publish,
    worker_week,
    *VISIT_ROUTES,
)
