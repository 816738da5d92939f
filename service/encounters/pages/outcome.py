"""What is said of a planned visit: on my way, arrived, how it went; once, also when sent later."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service import clock
from service.access.policy import Viewer, may_record, may_see_roster
from service.encounters.about import VisitAbout, visit_about
from service.encounters.actions import mark_visit, record_outcome, unmark_visit
from service.encounters.pages.view import OWN, day_page, outcomes_on
from service.encounters.said import Said
from service.encounters.schemas import MarkForm, OutcomeForm
from service.errors import Forbidden, Invalid, NotFound
from service.web.forms import Form, empty_form, read_form
from service.web.page import redirect
from service.web.problems import wants_json


@get("/today/visits/{visit:int}", opt=OWN, name="outcome")
async def show_outcome(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], visit: FromPath[int]
) -> Response[Any]:
    """Ask how a visit went; one that is recorded leads to what was said."""
    about = await visit_of(viewer, visit)
    if about.encounter is not None:
        return redirect(request, f"/today/encounters/{about.encounter}")
    return _sheet(request, about, empty_form())


@post("/today/visits/{visit:int}", opt=OWN, name="send_outcome")
async def send_outcome(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], visit: FromPath[int]
) -> Response[Any]:
    """Record how a visit went; a program is told what stands, a person goes on to the details."""
    about = await visit_of(viewer, visit)
    form = await read_form(request, OutcomeForm)
    if form.data is None:
        if wants_json(request):
            raise Invalid(form.errors)
        return _sheet(request, about, form, status=422)
    said = Said(
        outcome=form.data.outcome, client_id=form.data.client_id, noted_at=form.data.noted_at
    )
    try:
        made = await record_outcome(viewer, visit, said)
    except Invalid as invalid:
        if wants_json(request):
            raise
        return _sheet(request, about, form.refused(invalid), status=422)
    other = made.already and made.outcome is not said.outcome
    address = f"/today/encounters/{made.id}?{'already' if other else 'new'}=true"
    if wants_json(request):
        return Response(content={"address": address, "differs": other}, status_code=200)
    return redirect(request, address)


@post("/today/visits/{visit:int}/mark", opt=OWN, name="mark_visit")
async def send_mark(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], visit: FromPath[int]
) -> Response[Any]:
    """Say 'on my way' or 'arrived', or that it was not so."""
    about = await visit_of(viewer, visit)
    form = await read_form(request, MarkForm)
    if form.data is None:
        raise Invalid(form.errors)
    if form.data.undo:
        await unmark_visit(viewer, visit, form.data.kind)
    else:
        await mark_visit(viewer, visit, form.data.kind, noted_at=form.data.noted_at)
    address = day_address(about.starts_at.astimezone(clock.BRUSSELS).date())
    if wants_json(request):
        return Response(content={"address": address, "differs": False}, status_code=200)
    return redirect(request, address)


def day_address(day: date) -> str:
    """Where a day is shown."""
    return "/today" if day == clock.today() else f"/today/{day.isoformat()}"


async def visit_of(viewer: Viewer, visit: int) -> VisitAbout:
    """The visit, before anything that was sent is read: a stranger learns nothing from errors."""
    found = await visit_about(visit)
    if found is None or not may_see_roster(viewer, found.team):
        raise NotFound
    if not may_record(viewer, found.facts):
        raise Forbidden
    return found


def _sheet(
    request: Request[Any, Any, Any], about: VisitAbout, form: Form[Any], *, status: int = 200
) -> Response[str]:
    day = about.starts_at.astimezone(clock.BRUSSELS).date()
    return day_page(
        request,
        "encounters/outcome.html",
        status=status,
        about=about,
        form=form,
        outcomes=outcomes_on(day),
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (show_outcome, send_outcome, send_mark)
