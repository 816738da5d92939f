"""The forms that change a worker, and entering somebody new."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service import clock
from service.access.policy import Viewer, may_add_tenants, may_assign
from service.access.states import Role
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.teams.actions import add_worker
from service.teams.changes.edit import sees, worker_facts
from service.teams.choices import team_names
from service.teams.drafts import TeamCode
from service.teams.pages.part import Asked
from service.teams.pages.parts import PARTS
from service.teams.pages.parts.worker import WorkerForm, worker_fields
from service.undo.said import after
from service.web.fields import Field, FieldKind
from service.web.forms import Form, read_form
from service.web.i18n import gettext as _
from service.web.page import page, redirect
from service.web.parts import Known, Part, VersionForm
from service.web.plausible import LARGEST_ID
from service.web.routing import SIGNED_IN, only

ADDERS = only(Role.TEAM_LEAD, Role.COORDINATOR)


class NewWorkerForm(WorkerForm, frozen=True, kw_only=True):
    """Somebody new, and their team."""

    team: TeamCode


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
    found, asked = await _asked(viewer, worker, part, row)
    asked = _chosen(asked, request.query_params.get("choice", "")[:8])
    known = await found.known(asked)
    form: Form[Any] = Form(values=known.values, several=known.several)
    return await _form_page(request, found, asked, known, form)


@post("/workers/{worker:str}/edit/{part:str}/{row:str}", opt=SIGNED_IN, name="save_worker")
async def save(
    request: Request[Any, Any, Any],
    viewer: NamedDependency[Viewer],
    worker: FromPath[str],
    part: FromPath[str],
    row: FromPath[str],
) -> Response[Any]:
    """Save what was typed, or show it again with an error beside each field."""
    found, asked = await _asked(viewer, worker, part, row)
    seen = await read_form(request, VersionForm)
    asked = _chosen(asked, seen.data.choice if seen.data else "", seen=seen.data)
    known = await found.known(asked)
    form = await read_form(request, found.form)
    if form.data is None or seen.data is None:
        return await _form_page(request, found, asked, known, form, status=422)
    try:
        edited = await found.save(asked, form.data)
    except Invalid as invalid:
        return await _form_page(request, found, asked, known, form.refused(invalid), status=422)
    except Stale:
        return await _form_page(request, found, asked, known, form, status=409)
    said = "added" if asked.row is None else "saved"
    return redirect(request, after(f"/workers/{worker}", said=said, edited=edited))


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
    found, asked = await _asked(viewer, worker, part, row)
    if found.remove is None or asked.row is None:
        raise NotFound
    seen = await read_form(request, VersionForm)
    asked = _chosen(asked, "", seen=seen.data)
    known = await found.known(asked)
    shown: Form[Any] = Form(values=known.values, several=known.several)
    if seen.data is None:
        return await _form_page(request, found, asked, known, shown, status=422)
    try:
        edited = await found.remove(asked, found.remove_form())
    except Stale:
        return await _form_page(request, found, asked, known, shown, status=409)
    return redirect(request, after(f"/workers/{worker}", said="removed", edited=edited))


async def _asked(viewer: Viewer, code: str, part: str, row: str) -> tuple[Part, Asked]:
    """The part and the row of the address; access is decided before any form is read."""
    worker = await worker_facts(code)
    if worker is None or not sees(viewer, worker) or part not in PARTS:
        raise NotFound
    if not PARTS[part].may(viewer, worker):
        raise Forbidden
    if row in {"new", "own"}:
        return PARTS[part], Asked(viewer=viewer, worker=worker, row=None if row == "new" else 0)
    if not row.isdecimal() or not 0 < int(row) <= LARGEST_ID:
        raise NotFound
    return PARTS[part], Asked(viewer=viewer, worker=worker, row=int(row))


def _chosen(asked: Asked, choice: str, *, seen: VersionForm | None = None) -> Asked:
    return Asked(
        viewer=asked.viewer,
        worker=asked.worker,
        row=asked.row,
        version=seen.version if seen else None,
        choice=choice,
    )


async def _form_page(
    request: Request[Any, Any, Any],
    part: Part,
    asked: Asked,
    known: Known,
    form: Form[Any],
    *,
    status: int = 200,
) -> Response[str]:
    """The form with what was typed; after `Stale` it carries the version that stands now."""
    stale = status == 409
    worker = await worker_facts(asked.worker.code) if stale else asked.worker
    if worker is None:
        raise NotFound
    return page(
        request,
        part.template,
        status=status,
        title=part.title(asked),
        sentence=part.sentence(asked),
        whose=f"{worker.first_name} {worker.last_name}",
        back=f"/workers/{worker.code}",
        choice=asked.choice,
        stale=stale,
        version=worker.version if stale or asked.version is None else asked.version,
        fields=await part.fields(asked, known),
        form=form,
        removes=part.remove is not None and asked.row is not None,
        remove_label=part.remove_label(),
    )


async def _new_page(
    request: Request[Any, Any, Any], viewer: Viewer, form: Form[Any], *, status: int = 200
) -> Response[str]:
    teams = [team for team in await team_names(None) if may_assign(viewer, team[0])]
    if not may_add_tenants(viewer) or not teams:
        raise Forbidden
    team = Field(
        name="team",
        label=_("Team"),
        kind=FieldKind.SELECT,
        options=[(code, name) for _id, code, name in teams],
        required=True,
    )
    return page(
        request,
        "teams/new_worker.html",
        status=status,
        form=form,
        fields=(team, *await worker_fields()),
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (new_worker, add, show, save, remove)
