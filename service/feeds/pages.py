"""'My feeds': make an address for a device, see who fetched it, give it a new one, end it."""

from dataclasses import replace
from typing import Any

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.errors import Invalid
from service.feeds.actions import NewFeed, make_feed, renew_feed, revoke_feed
from service.feeds.labels import CLIENT_NAMES, LEVEL_NAMES, SHORT_LEVEL_NAMES
from service.feeds.links import feed_address
from service.feeds.queries import (
    FeedChoice,
    FeedRow,
    all_feeds,
    feed,
    feed_choices,
    my_feeds,
    renewable_feed,
)
from service.feeds.schemas import FeedForm
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.types import FeedScope
from service.web.forms import Form, empty_form, read_form
from service.web.i18n import N_
from service.web.i18n import gettext as _
from service.web.page import page, redirect
from service.web.routing import SIGNED_IN

_NOTICES = {"ended": N_("The feed is ended. Its address now says only that it has ended.")}


@get("/feeds", opt=SIGNED_IN, name="feeds")
async def show_feeds(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[str]:
    """Show the viewer's feeds and the form for another one."""
    return await _feeds_page(request, viewer, _first_form(viewer))


@post("/feeds", opt=SIGNED_IN, name="make_feed", status_code=200)
async def send_feed(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[str]:
    """Make a feed and show its address, this once: it cannot be read again afterwards."""
    form = await read_form(request, FeedForm)
    if form.data is None:
        return await _feeds_page(request, viewer, form, status=422)
    wanted = form.data
    try:
        made = await make_feed(
            viewer,
            scope=await _chosen_scope(viewer, wanted.scope),
            device=wanted.device,
            level=wanted.level,
            language=wanted.language,
        )
    except Invalid as invalid:
        return await _feeds_page(request, viewer, form.refused(invalid), status=422)
    return await _address_page(request, viewer, made)


@get("/feeds/{feed_id:int}/renew", opt=SIGNED_IN, name="ask_renew_feed")
async def ask_renew(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], feed_id: FromPath[int]
) -> Response[str]:
    """Say what a new address does, before it is done."""
    return page(request, "feeds/renew.html", feed=await renewable_feed(viewer, feed_id))


@post("/feeds/{feed_id:int}/renew", opt=SIGNED_IN, name="renew_feed", status_code=200)
async def send_renew(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], feed_id: FromPath[int]
) -> Response[str]:
    """Give a feed a new address and show it, this once."""
    return await _address_page(request, viewer, await renew_feed(viewer, feed_id))


@get("/feeds/{feed_id:int}/revoke", opt=SIGNED_IN, name="ask_revoke_feed")
async def ask_revoke(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], feed_id: FromPath[int]
) -> Response[str]:
    """Say what ending a feed does, before it is done."""
    found = await feed(viewer, feed_id)
    return page(request, "feeds/revoke.html", feed=found, own=found.owner == viewer.account)


@post("/feeds/{feed_id:int}/revoke", opt=SIGNED_IN, name="revoke_feed")
async def send_revoke(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], feed_id: FromPath[int]
) -> Response[None]:
    """End a feed."""
    await revoke_feed(viewer, feed_id)
    return redirect(request, "/feeds?notice=ended")


def choice_value(choice: FeedChoice) -> str:
    """Return what the form sends for a choice; codes, never ids."""
    if choice.scope.kind is ScopeKind.WORKER:
        return "own"
    return f"team:{choice.code}"


async def _chosen_scope(viewer: Viewer, value: str) -> FeedScope:
    for choice in await feed_choices(viewer):
        if choice_value(choice) == value:
            return choice.scope
    raise Invalid({"scope": N_("Choose one of the options.")})


def _first_form(viewer: Viewer) -> Form[Any]:
    return empty_form(language=viewer.language.value, level=FeedLevel.MINIMAL.value)


def _choice_label(choice: FeedChoice) -> str:
    if choice.scope.kind is ScopeKind.WORKER:
        return _("My own round (%(code)s)", code=choice.code)
    return _("The week of team %(code)s", code=choice.code)


def _in_words(row: FeedRow) -> FeedRow:
    """Return the row with its client as people read it."""
    name = CLIENT_NAMES.get(row.last_client)
    return replace(row, last_client=_(name)) if name else row


async def _feeds_page(
    request: Request[Any, Any, Any], viewer: Viewer, form: Form[Any], *, status: int = 200
) -> Response[str]:
    choices = await feed_choices(viewer)
    others = [row for row in await all_feeds(viewer) if row.owner != viewer.account]
    return page(
        request,
        "feeds/feeds.html",
        status=status,
        form=form,
        feeds=[_in_words(row) for row in await my_feeds(viewer)],
        others=[_in_words(row) for row in others],
        scopes=[(choice_value(choice), _choice_label(choice)) for choice in choices],
        first_scope=choice_value(choices[0]) if choices else "",
        levels=[(level.value, _(LEVEL_NAMES[level])) for level in FeedLevel],
        level_names={level: _(SHORT_LEVEL_NAMES[level]) for level in FeedLevel},
        notice_text=_(_NOTICES.get(request.query_params.get("notice", ""), "")),
    )


async def _address_page(
    request: Request[Any, Any, Any], viewer: Viewer, made: NewFeed
) -> Response[str]:
    base_url = request.app.state["settings"].base_url
    return page(
        request,
        "feeds/address.html",
        feed=await feed(viewer, made.id),
        address=feed_address(made.token, base_url=base_url),
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (
    show_feeds,
    send_feed,
    ask_renew,
    send_renew,
    ask_revoke,
    send_revoke,
)
