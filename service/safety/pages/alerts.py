"""No-contact alerts: those that are open, what was done in each, and closing one."""

from collections.abc import Callable, Sequence
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service import clock
from service.access.policy import Viewer, may_decide_alert, may_log_alert, may_see_alerts
from service.access.states import Role
from service.audit.actions import record
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.people.queries import tenant_names
from service.rounds.overview import worker_names
from service.safety import words
from service.safety.alerting import close_alert, log_step, note_overdose
from service.safety.alerts import open_alert_of, overdose_noted
from service.safety.errors import AlertOver
from service.safety.pages.checks import SUPPORT
from service.safety.queries import (
    UnrecordedVisit,
    alerts_of,
    awaited_records,
    shown_alert,
    unrecorded_of,
)
from service.safety.schemas import CloseForm, OverdoseForm, StepForm
from service.safety.states import DECISIONS, LEAD_ENDS, AlertStep
from service.teams.queries import team_by_code
from service.web.forms import Form, empty_form, read_form
from service.web.i18n import N_
from service.web.i18n import gettext as _
from service.web.page import page, redirect
from service.web.routing import only

WRITERS = only(Role.WORKER, Role.TEAM_LEAD)
LOGGED = (AlertStep.LOOKED, AlertStep.HOSPITALS, AlertStep.PRISONS, AlertStep.NETWORK)


@get("/alerts", opt=SUPPORT, name="alerts")
async def alerts(request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]) -> Response[str]:
    """List the open alerts of the viewer's teams, the oldest first."""
    async with unit_of_work() as uow:
        found = await alerts_of(viewer)
        awaited = await awaited_records(viewer)
        count = len(found) + len(awaited)
        await record(uow, viewer, "list", "contact_alert", "open", {"count": count})
    return page(
        request,
        "safety/alerts.html",
        alerts=found,
        awaited=awaited,
        people=await _people([one.visit for one in awaited]),
        words=words,
    )


@get("/alerts/team/{team:str}", opt=SUPPORT, name="team_alerts")
async def team_alerts(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], team: FromPath[str]
) -> Response[str]:
    """How many alerts of a team are open, by code, as a fragment for its board."""
    found = await team_by_code(team)
    if found is None or not may_see_alerts(viewer, found.id):
        raise NotFound
    shown = await alerts_of(viewer, team=found.id)
    return page(request, "safety/team_alerts.html", alerts=shown)


@get("/alerts/{alert:int}", opt=SUPPORT, name="alert")
async def alert_page(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], alert: FromPath[int]
) -> Response[str]:
    """Show an alert and what was done."""
    return await _page(request, viewer, alert)


@post("/alerts/{alert:int}/steps", opt=WRITERS, name="log_alert_step")
async def log(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], alert: FromPath[int]
) -> Response[Any]:
    """Write down what was done."""
    await shown_alert(viewer, alert)
    form = await read_form(request, StepForm)
    if form.data is None:
        return await _page(request, viewer, alert, form=form, status=422)
    try:
        await log_step(viewer, alert, kind=form.data.kind)
    except AlertOver as over:
        return await _page(request, viewer, alert, problem=_(over.message), status=409)
    return redirect(request, f"/alerts/{alert}")


@post("/alerts/{alert:int}/close", opt=WRITERS, name="close_alert")
async def close(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], alert: FromPath[int]
) -> Response[Any]:
    """Close an alert with a reason."""
    found = await shown_alert(viewer, alert)
    if not may_decide_alert(viewer, found.team):
        raise Forbidden(N_("Only the team's lead closes an alert."))
    form = await read_form(request, CloseForm)
    if form.data is None:
        return await _page(request, viewer, alert, form=form, status=422)
    try:
        await close_alert(
            viewer, alert, reason=form.data.reason, expected_version=form.data.version
        )
    except Invalid as invalid:
        return await _page(request, viewer, alert, form=form.refused(invalid), status=422)
    except Stale:
        text = _("Somebody wrote in this alert while you were reading: read it again first.")
        return await _page(request, viewer, alert, form=form, problem=text, status=409)
    except AlertOver as over:
        return await _page(request, viewer, alert, problem=_(over.message), status=409)
    return redirect(request, f"/alerts/{alert}")


@get("/tenants/{code:str}/alert", opt=SUPPORT, name="tenant_alert")
async def tenant_alert(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], code: FromPath[str]
) -> Response[str]:
    """A tenant's open alert as a fragment for the tenant's page; empty where there is none."""
    found = await open_alert_of(code)
    if found is not None:
        found = await shown_alert(viewer, found.id)
    elif code not in await tenant_names(viewer, (code,)):
        raise NotFound
    noted = await overdose_noted(code, on=clock.today())
    return page(
        request, "safety/tenant_alert.html", alert=found, code=code, noted=noted, words=words
    )


@post("/tenants/{code:str}/overdose", opt=WRITERS, name="note_overdose")
async def overdose(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], code: FromPath[str]
) -> Response[Any]:
    """Note that the tenant had an overdose today, or take that back."""
    form = await read_form(request, OverdoseForm)
    await note_overdose(viewer, tenant=code, back=form.data is not None and form.data.back)
    return redirect(request, f"/tenants/{code}")


async def _page(
    request: Request[Any, Any, Any],
    viewer: Viewer,
    alert: int,
    *,
    form: Form[Any] | None = None,
    problem: str = "",
    status: int = 200,
) -> Response[str]:
    found = await shown_alert(viewer, alert)
    async with unit_of_work() as uow:
        await record(uow, viewer, "read", "contact_alert", alert)
        names = await tenant_names(viewer, (found.tenant,))
    decides = may_decide_alert(viewer, found.team)
    unrecorded = await unrecorded_of(found)
    return page(
        request,
        "safety/alert.html",
        status=status,
        alert=found,
        name=names.get(found.tenant, ""),
        form=form or empty_form(),
        problem=problem,
        unrecorded=unrecorded,
        people=await _people(unrecorded),
        logs=may_log_alert(viewer, found.team) and found.closed_at is None,
        decides=decides and found.closed_at is None,
        steps=LOGGED,
        decisions=tuple(sorted(DECISIONS, reverse=True)),
        ends=LEAD_ENDS,
        words=words,
    )


async def _people(visits: Sequence[UnrecordedVisit]) -> Callable[[Sequence[str]], str]:
    """Says first names for the workers' codes of some visits."""
    names = await worker_names({code for one in visits for code in one.workers})
    return lambda codes: ", ".join(names.get(code, code) for code in codes)


ROUTES = (alerts, team_alerts, alert_page, log, close, tenant_alert, overdose)
