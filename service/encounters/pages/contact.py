"""An unplanned contact: choose the tenant, then two taps say what it was and how it went."""

from datetime import datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service import clock
from service.access.policy import Viewer
from service.encounters import words
from service.encounters.actions import record_contact
from service.encounters.choosing import ChosenTenant, chosen_tenant, tenants_to_choose
from service.encounters.day import visit_today
from service.encounters.pages.outcome import visit_of
from service.encounters.pages.view import OWN, day_page
from service.encounters.said import ContactSaid, Said
from service.encounters.schemas import ContactForm, time_of
from service.errors import Invalid
from service.web.forms import Form, empty_form, read_form
from service.web.i18n import N_
from service.web.page import redirect
from service.web.problems import wants_json


@get("/today/contact", opt=OWN, name="choose_tenant")
async def choose_tenant(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """List the viewer's tenants, whom they met last or meet today first."""
    return day_page(request, "encounters/choose.html", tenants=await tenants_to_choose(viewer))


@get("/today/contact/{code:str}", opt=OWN, name="contact")
async def show_contact(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], code: FromPath[str]
) -> Response[Any]:
    """Ask what it was and how it went."""
    return await _contact_page(request, viewer, await chosen_tenant(viewer, code), empty_form())


@post("/today/contact/{code:str}", opt=OWN, name="send_contact")
async def send_contact(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], code: FromPath[str]
) -> Response[Any]:
    """Record it and go on to the details."""
    return await _record(request, viewer, await chosen_tenant(viewer, code))


@post("/today/visits/{visit:int}/contact", opt=OWN, name="send_contact_of_visit")
async def send_contact_of_visit(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], visit: FromPath[int]
) -> Response[Any]:
    """Record a contact with the tenant of a visit: so that a phone keeps no code to be sent."""
    about = await visit_of(viewer, visit)
    return await _record(request, viewer, await chosen_tenant(viewer, about.tenant))


async def _record(
    request: Request[Any, Any, Any], viewer: Viewer, tenant: ChosenTenant
) -> Response[Any]:
    form = await read_form(request, ContactForm)
    if form.data is None:
        if wants_json(request):
            raise Invalid(form.errors)
        return await _contact_page(request, viewer, tenant, form, status=422)
    try:
        made = await record_contact(viewer, _said(tenant, form.data))
    except Invalid as invalid:
        if wants_json(request):
            raise
        fields = {"time" if n == "starts_at" else n: t for n, t in invalid.fields.items()}
        refused = form.refused(Invalid(fields))
        return await _contact_page(request, viewer, tenant, refused, status=422)
    address = f"/today/encounters/{made.id}?new=true"
    if wants_json(request):
        return Response(content={"address": address, "differs": False}, status_code=200)
    return redirect(request, address)


def _said(tenant: ChosenTenant, data: ContactForm) -> ContactSaid:
    """What is to be recorded; a time alone is of today, a day alone is `Invalid`."""
    starts_at = None
    if data.time is not None:
        day = data.day or clock.today()
        starts_at = datetime.combine(day, time_of(data.time), tzinfo=clock.BRUSSELS)
    elif data.day is not None:
        raise Invalid({"time": N_("Fill this in.")})
    return ContactSaid(
        tenant=tenant.code,
        kind=words.CONTACT_KINDS[data.way],
        said=Said(outcome=data.outcome, client_id=data.client_id, noted_at=data.noted_at),
        starts_at=starts_at,
    )


async def _contact_page(
    request: Request[Any, Any, Any],
    viewer: Viewer,
    tenant: ChosenTenant,
    form: Form[Any],
    *,
    status: int = 200,
) -> Response[str]:
    return day_page(
        request,
        "encounters/contact.html",
        status=status,
        tenant=tenant,
        form=form,
        visit=await visit_today(viewer.worker, tenant.code, day=clock.today()),
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (
    choose_tenant,
    show_contact,
    send_contact,
    send_contact_of_visit,
)
