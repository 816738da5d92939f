"""What programs change of workers and absences, by the pages' own actions.

An absence has its worker's version: whoever changes one has seen the others.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from litestar import Response, delete, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.access.scopes import Area
from service.access.states import Role
from service.api.routing import BASE, SUPPORT, writes
from service.api.versions import ETAG_HEADER, LOCATION_HEADER, versioned
from service.errors import Invalid
from service.teams.actions import add_worker, change_worker, remove_absence, save_absence
from service.teams.api_schemas import Absence, AbsenceChange, NewWorker, Worker, WorkerChange
from service.teams.records import absence_entered, absence_record, worker_record

_ABSENCE = "/workers/{worker:str}/absences/{absence:int}"


@post(
    "/workers",
    opt=writes(Area.WORKERS, Role.TEAM_LEAD, Role.COORDINATOR),
    name="api_add_worker",
    status_code=201,
    response_headers=[ETAG_HEADER, LOCATION_HEADER],
)
async def add(data: JSONBody[NewWorker], viewer: NamedDependency[Viewer]) -> Response[Worker]:
    """Enter somebody new into a team; the code is given by the service."""
    code = await add_worker(viewer, data, team=data.team)
    found = await worker_record(viewer, code)
    return versioned(found, found.version, location=f"{BASE}/workers/{code}")


@put(
    "/workers/{worker:str}",
    opt=writes(Area.WORKERS, *SUPPORT),
    name="api_change_worker",
    response_headers=[ETAG_HEADER],
)
async def change(
    data: JSONBody[WorkerChange],
    viewer: NamedDependency[Viewer],
    worker: FromPath[str],
    expected: NamedDependency[int],
) -> Response[Worker]:
    """Change a worker's own data, whole."""
    await change_worker(viewer, worker, data, expected_version=expected)
    found = await worker_record(viewer, worker)
    return versioned(found, found.version)


@post(
    "/workers/{worker:str}/absences",
    opt=writes(Area.ABSENCES, *SUPPORT),
    name="api_enter_absence",
    status_code=201,
    response_headers=[ETAG_HEADER],
)
async def enter(
    data: JSONBody[AbsenceChange], viewer: NamedDependency[Viewer], worker: FromPath[str]
) -> Response[Absence]:
    """Enter an absence. Published visits in it stay where they are until somebody repairs."""
    with _fields_renamed():
        await save_absence(viewer, worker, data)
    found = await absence_entered(viewer, worker, data.starts_at)
    return await _absence(viewer, worker, found)


@put(
    _ABSENCE,
    opt=writes(Area.ABSENCES, *SUPPORT),
    name="api_change_absence",
    response_headers=[ETAG_HEADER],
)
async def change_absence(
    data: JSONBody[AbsenceChange],
    viewer: NamedDependency[Viewer],
    worker: FromPath[str],
    absence: FromPath[int],
    expected: NamedDependency[int],
) -> Response[Absence]:
    """Change an absence. `If-Match` is the worker's version."""
    with _fields_renamed():
        await save_absence(viewer, worker, data, row=absence, expected_version=expected)
    return await _absence(viewer, worker, await absence_record(viewer, worker, absence))


@delete(_ABSENCE, opt=writes(Area.ABSENCES, *SUPPORT), name="api_remove_absence", status_code=204)
async def remove(
    viewer: NamedDependency[Viewer],
    worker: FromPath[str],
    absence: FromPath[int],
    expected: NamedDependency[int],
) -> None:
    """Take an absence away: the worker is there after all. `If-Match` is the worker's version."""
    await remove_absence(viewer, worker, absence, expected_version=expected)


async def _absence(viewer: Viewer, worker: str, found: Absence) -> Response[Absence]:
    return versioned(found, (await worker_record(viewer, worker)).version)


@contextmanager
def _fields_renamed() -> Iterator[None]:
    """Name the fields of the body where an action names those of the page's form."""
    try:
        yield
    except Invalid as invalid:
        names = {"first_day": "starts_at", "last_day": "ends_at"}
        fields = {names.get(name, name): text for name, text in invalid.fields.items()}
        raise Invalid(fields) from None


ROUTES: tuple[ControllerRouterHandler, ...] = (add, change, enter, change_absence, remove)
