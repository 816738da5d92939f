"""The forms that change a worker, and entering somebody new."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service import clock
from service.access.policy import Viewer, may_add_tenants, may_assign
from service.access.states import Role
from service.errors import Forbidden, Invalid, NotFound
from service.teams.actions import add_worker
from service.teams.changes.edit import sees, worker_facts
from service.teams.choices import team_names
from service.teams.drafts import TeamCode
from service.teams.pages.part import Asked
from service.teams.pages.parts import PARTS
from service.teams.pages.parts.worker import WorkerForm, worker_fields
from service.undo.editing import ASK, Desk, Owner, remove_part, save_part, show_part
from service.undo.said import after
from service.undo.states import Subject
from service.web.fields import FieldsOf
from service.web.forms import Form, read_form
from service.web.i18n import N_
from service.web.i18n import gettext as _
from service.web.page import page, redirect
from service.web.parts import row_asked
from service.web.routing import SIGNED_IN, only

ADDERS = only(Role.TEAM_LEAD, Role.COORDINATOR)


class NewWorkerForm(WorkerForm, frozen=True, kw_only=True):
    """Somebody new, and their team."""

    team: TeamCode


_FORM = FieldsOf(NewWorkerForm)


@get("/workers/new", opt=ADDERS, name="new_worker")
async def new_worker(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """Show the form for somebody new."""
    known = {
        "employed_from": clock.today().isoformat(),
        "contract_percent": "100",
        "visiting_share_percent": "50",
        "max_visits_per_day": "5",
        "travel_mode": "transit",
    }
    return await _new_page(request, viewer, Form(values=known, several={"languages": ("fr", "nl")}))


@post("/workers/new", opt=ADDERS, name="add_worker")
async def add(request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]) -> Response[Any]:
    """Enter somebody and go to their page, where the hours are still to be given."""
    form = await read_form(request, NewWorkerForm)
    if form.data is None:
        return await _new_page(request, viewer, form, status=422)
    try:
        code = await add_worker(viewer, form.data.draft(), team=form.data.team)
    except Invalid as invalid:
        return await _new_page(request, viewer, form.refused(invalid), status=422)
    return redirect(request, after(f"/workers/{code}", said="added"))


@get("/workers/{worker:str}/edit/{part:str}/{row:str}", opt=SIGNED_IN, name="edit_worker")
async def show(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    worker: FromPath[str],
    part: FromPath[str],
    row: FromPath[str],
) -> Response[Any]:
    """Show a form with what is known; `row` is an id, `new`, or `own` where there is one only."""
    choice = request.query_params.get("choice", "")[:8]
    return await show_part(request, await _desk(viewer, worker, part, row, choice=choice))


@post("/workers/{worker:str}/edit/{part:str}/{row:str}", opt=SIGNED_IN, name="save_worker")
async def save(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    worker: FromPath[str],
    part: FromPath[str],
    row: FromPath[str],
) -> Response[Any]:
    """Save what was typed, or show it again with an error beside each field."""
    return await save_part(request, await _desk(viewer, worker, part, row))


@post(
    "/workers/{worker:str}/edit/{part:str}/{row:str}/remove",
    opt=SIGNED_IN,
    name="remove_from_worker",
)
async def remove(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    worker: FromPath[str],
    part: FromPath[str],
    row: FromPath[str],
) -> Response[Any]:
    """Take a row away; what was done can be undone from the page it leads to."""
    return await remove_part(request, await _desk(viewer, worker, part, row))


async def _desk(viewer: Viewer, code: str, part: str, row: str, *, choice: str = "") -> Desk:
    """The part and the row of the address; access is decided before any form is read."""
    worker = await worker_facts(code)
    if worker is None or not sees(viewer, worker) or part not in PARTS:
        raise NotFound
    if not PARTS[part].may(viewer, worker):
        if part == "absence" and viewer.worker == worker.id:
            raise Forbidden(
                N_("In your team the lead enters absences."),
                advice=N_("Ask your team lead; for today, call."),
            )
        raise Forbidden(advice=ASK)

    async def owner() -> Owner:
        found = await worker_facts(code)
        if found is None:
            raise NotFound
        return Owner(
            subject=Subject.WORKER,
            row=found.id,
            version=found.version,
            code=found.code,
            whose=f"{found.first_name} {found.last_name}",
            back=f"/workers/{found.code}",
        )

    asked = Asked(viewer=viewer, worker=worker, row=row_asked(row), choice=choice)
    return Desk(part=PARTS[part], asked=asked, owner=owner)


async def _new_page(
    request: Request[Any, Any, Any], viewer: Viewer, form: Form[Any], *, status: int = 200
) -> Response[str]:
    teams = [team for team in await team_names(None) if may_assign(viewer, team[0])]
    if not may_add_tenants(viewer) or not teams:
        raise Forbidden
    team = _FORM.select("team", _("Team"), [(code, name) for _id, code, name in teams])
    return page(
        request,
        "teams/new_worker.html",
        status=status,
        form=form,
        fields=(team, *await worker_fields()),
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (new_worker, add, show, save, remove)
