"""'How you are told': by kind and way, quiet hours, the e-mail address and its code."""

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency

from service.access.policy import Viewer
from service.errors import Forbidden, Invalid
from service.notices.actions import save_wishes
from service.notices.addresses import ask_address, confirm_address, remove_address
from service.notices.browsers import public_push_key
from service.notices.choices import ALWAYS_SHOWN, DEFAULTS, Choice, kinds_for
from service.notices.queries import choices, my_browsers, notice_settings
from service.notices.schemas import AddressForm, CodeForm, WishesForm
from service.notices.states import NoticeKind
from service.notices.words import KIND_NAMES
from service.settings import Settings
from service.web.forms import Form, empty_form, read_form
from service.web.i18n import N_
from service.web.i18n import gettext as _
from service.web.page import page, redirect
from service.web.routing import SIGNED_IN

PATH = "/account/notices"
_NOTICES = {
    "saved": N_("Your wishes are kept."),
    "sent": N_("A code is on its way to that address."),
    "confirmed": N_("The address is confirmed: e-mails go there from now on."),
    "removed": N_("The address is forgotten."),
    "browser": N_("That browser gets no more pushes."),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """One line of the table."""

    kind: NoticeKind
    name: str
    choice: Choice
    always: bool


@get(PATH, opt=SIGNED_IN, name="notice_wishes")
async def show_wishes(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[str]:
    """Show how the viewer is told."""
    return await _wishes_page(request, viewer, empty_form())


@post(PATH, opt=SIGNED_IN, name="send_notice_wishes")
async def send_wishes(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """Keep how the viewer wants to be told."""
    form = await read_form(request, WishesForm)
    if form.data is None:
        raise Invalid(form.errors)
    wanted = form.data
    wishes = {
        kind: Choice(
            in_app=kind in wanted.in_app, email=kind in wanted.email, push=kind in wanted.push
        )
        for kind in kinds_for(viewer)
    }
    await save_wishes(viewer, wishes, quiet=wanted.quiet)
    return redirect(request, f"{PATH}?notice=saved")


@post(f"{PATH}/address", opt=SIGNED_IN, name="ask_notice_address")
async def send_address(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """Send a code to an address."""
    form = await read_form(request, AddressForm)
    if form.data is None:
        return await _wishes_page(request, viewer, form, status=422)
    if _settings(request).mail is None:
        raise Forbidden(N_("E-mail is not set up here."))
    try:
        await ask_address(viewer, form.data.address)
    except Invalid as invalid:
        return await _wishes_page(request, viewer, form.refused(invalid), status=422)
    return redirect(request, f"{PATH}?notice=sent")


@post(f"{PATH}/address/confirm", opt=SIGNED_IN, name="confirm_notice_address")
async def send_code(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """Confirm the address by the code that was sent there."""
    form = await read_form(request, CodeForm)
    if form.data is None:
        return await _wishes_page(request, viewer, form, status=422)
    try:
        await confirm_address(viewer, form.data.code, _settings(request))
    except Invalid as invalid:
        return await _wishes_page(request, viewer, form.refused(invalid), status=422)
    return redirect(request, f"{PATH}?notice=confirmed")


@post(f"{PATH}/address/remove", opt=SIGNED_IN, name="remove_notice_address")
async def send_removal(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """Forget the viewer's address."""
    await remove_address(viewer)
    return redirect(request, f"{PATH}?notice=removed")


async def _wishes_page(
    request: Request[Any, Any, Any], viewer: Viewer, form: Form[Any], *, status: int = 200
) -> Response[str]:
    settings = _settings(request)
    chosen = await choices(viewer)
    return page(
        request,
        "notices/wishes.html",
        status=status,
        form=form,
        wishes=[
            Wish(kind, _(KIND_NAMES[kind]), chosen.get(kind, DEFAULTS[kind]), kind in ALWAYS_SHOWN)
            for kind in kinds_for(viewer)
        ],
        own=await notice_settings(viewer),
        has_mail=settings.mail is not None,
        push_key=public_push_key(settings) if settings.push else "",
        browsers=await my_browsers(viewer, request.state["session"].id),
        notice_text=_(_NOTICES.get(request.query_params.get("notice", ""), "")),
    )


def _settings(request: Request[Any, Any, Any]) -> Settings:
    settings: Settings = request.app.state["settings"]
    return settings


ROUTES = (show_wishes, send_wishes, send_address, send_code, send_removal)
