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
from service.encounters.pages.view import OWN, day_page
from service.encounters.said import ContactSaid, Said
from service.encounters.schemas import ContactForm, time_of
from service.encounters.words import ContactWay
from service.errors import Invalid
from service.web.forms import Form, empty_form, read_form
from service.web.page import redirect


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
    return _contact_page(request, await chosen_tenant(viewer, code), empty_form())


@post("/today/contact/{code:str}", opt=OWN, name="send_contact")
async def send_contact(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], code: FromPath[str]
) -> Response[Any]:
    """Record it and go on to the details."""
    tenant = await chosen_tenant(viewer, code)
    form = await read_form(request, ContactForm)
    if form.data is None:
        return _contact_page(request, tenant, form, status=422)
    data = form.data
    starts_at = None
    if data.day is not None and data.time is not None:
        starts_at = datetime.combine(data.day, time_of(data.time), tzinfo=clock.BRUSSELS)
    contact = ContactSaid(
        tenant=tenant.code,
        kind=words.CONTACT_KINDS[data.way],
        said=Said(
            outcome=data.outcome,
            client_id=data.client_id,
        ),
        starts_at=starts_at,
    )
    try:
        made = await record_contact(viewer, contact)
    except Invalid as invalid:
        fields = {"time" if n == "starts_at" else n: t for n, t in invalid.fields.items()}
        return _contact_page(request, tenant, form.refused(Invalid(fields)), status=422)
    return redirect(request, f"/today/encounters/{made.id}?new=true")


def _contact_page(
    request: Request[Any, Any, Any], tenant: ChosenTenant, form: Form[Any], *, status: int = 200
) -> Response[str]:
    return day_page(
        request,
        "encounters/contact.html",
        status=status,
        tenant=tenant,
        form=form,
        ways=tuple(ContactWay),
        contact_outcomes=words.CONTACT_OUTCOMES,
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (choose_tenant, show_contact, send_contact)
