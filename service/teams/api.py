"""`/api/v1/workers` and `/api/v1/absences`: who visits, and when somebody is away."""

from datetime import date, datetime
from typing import Annotated

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.access.scopes import Area
from service.api.paging import Paging
from service.api.routing import SUPPORT, reads
from service.api.versions import ETAG_HEADER, versioned
from service.teams.api_schemas import AbsencePage, Worker, WorkerPage
from service.teams.change_api import ROUTES as CHANGE_ROUTES
from service.teams.records import absence_records, worker_record, worker_records

TeamFilter = Annotated[
    str, QueryParameter(max_length=16, description="Only those of the team with this code.")
]
WorkerFilter = Annotated[
    str, QueryParameter(max_length=16, description="Only those of the worker with this code.")
]
FirstDay = Annotated[
    date | None, QueryParameter(name="from", description="Only what lasts until this day at least.")
]
LastDay = Annotated[
    date | None, QueryParameter(name="to", description="Only what begins by this day.")
]


@get("/workers", opt=reads(Area.WORKERS, *SUPPORT), name="api_workers")
async def workers(
    viewer: NamedDependency[Viewer], paging: NamedDependency[Paging], team: TeamFilter = ""
) -> WorkerPage:
    """List the workers of the caller's teams, by code."""
    rows = await worker_records(
        viewer, team=team or None, after=paging.after(str), limit=paging.limit + 1
    )
    items, cursor = paging.page(rows, lambda one: one.code)
    return WorkerPage(items=items, next_cursor=cursor)


@get(
    "/workers/{worker:str}",
    opt=reads(Area.WORKERS, *SUPPORT),
    name="api_worker",
    response_headers=[ETAG_HEADER],
)
async def worker(viewer: NamedDependency[Viewer], worker: FromPath[str]) -> Response[Worker]:
    """Read one worker."""
    found = await worker_record(viewer, worker)
    return versioned(found, found.version)


@get("/absences", opt=reads(Area.ABSENCES, *SUPPORT), name="api_absences")
async def absences(
    viewer: NamedDependency[Viewer],
    paging: NamedDependency[Paging],
    worker: WorkerFilter = "",
    first: FirstDay = None,
    last: LastDay = None,
) -> AbsencePage:
    """List absences of the workers whom the caller may see, by their start."""
    rows = await absence_records(
        viewer,
        worker=worker or None,
        first=first,
        last=last,
        after=paging.after(tuple[datetime, int]),
        limit=paging.limit + 1,
    )
    items, cursor = paging.page(rows, lambda one: (one.starts_at, one.id))
    return AbsencePage(items=items, next_cursor=cursor)


ROUTES: tuple[ControllerRouterHandler, ...] = (workers, worker, absences, *CHANGE_ROUTES)
