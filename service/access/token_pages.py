"""'My tokens': make a personal token for a program, see when it was used, end it."""

from typing import Any

import msgspec
from litestar import Litestar, Request, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.access.schemas import TokenForm
from service.access.scopes import NEEDS, Area, Right, scope
from service.access.token_actions import (
    LONGEST_DAYS,
    USUAL_DAYS,
    NewToken,
    make_token,
    revoke_token,
)
from service.access.token_queries import TokenLine, my_token, my_tokens
from service.access.words import AREA_NAMES, RIGHT_NAMES, RIGHT_SENTENCES
from service.errors import Invalid
from service.web.forms import Form, empty_form, read_form
from service.web.i18n import N_, ngettext
from service.web.i18n import gettext as _
from service.web.page import page, redirect
from service.web.routing import ACCESS, SIGNED_IN, declared_routes

_NOTICES = {"ended": N_("The token is ended. Programs that use it are refused from now on.")}
_DAYS = (7, 30, USUAL_DAYS, 180, LONGEST_DAYS)


@get("/account/tokens", opt=SIGNED_IN, name="tokens")
async def show_tokens(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[str]:
    """Show the viewer's tokens and the form for another one."""
    return await _tokens_page(request, viewer, empty_form(days=str(USUAL_DAYS)))


@post("/account/tokens", opt=SIGNED_IN, name="make_token", status_code=200)
async def send_token(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[str]:
    """Make a token and show it, this once."""
    form = await read_form(request, TokenForm)
    if form.data is None:
        return await _tokens_page(request, viewer, form, status=422)
    try:
        made = await make_token(
            viewer, name=form.data.name, scopes=_wanted(form.data), days=form.data.days
        )
    except Invalid as invalid:
        return await _tokens_page(request, viewer, form.refused(invalid), status=422)
    return await _secret_page(request, viewer, made)


@get("/account/tokens/{token:int}/revoke", opt=SIGNED_IN, name="ask_revoke_token")
async def ask_revoke(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], token: FromPath[int]
) -> Response[str]:
    """Say what ending a token does, before it is done."""
    return page(request, "access/token_revoke.html", token=await my_token(viewer, token))


@post("/account/tokens/{token:int}/revoke", opt=SIGNED_IN, name="revoke_token")
async def send_revoke(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], token: FromPath[int]
) -> Response[None]:
    """End a token."""
    await revoke_token(viewer, token)
    return redirect(request, "/account/tokens?notice=ended")


def usable_areas(app: Litestar, viewer: Viewer) -> dict[Area, frozenset[Right]]:
    """Return what the viewer's roles can do in the API at all: by its routes' declarations."""
    found: dict[Area, set[Right]] = {}
    for _method, _path, handler in declared_routes(app):
        needed: tuple[Area, Right] | None = handler.opt.get(NEEDS)
        roles = handler.opt[ACCESS]
        if needed is not None and (not isinstance(roles, frozenset) or viewer.holds(*roles)):
            found.setdefault(needed[0], set()).add(needed[1])
    return {area: frozenset(found[area]) for area in Area if area in found}


def _wanted(form: TokenForm) -> list[str]:
    values = msgspec.structs.asdict(form)
    return [scope(area, Right(values[area])) for area in Area if values[area]]


def scope_words(token: TokenLine) -> list[str]:
    """Say a token's scopes in the reader's language, a sentence for each right."""
    areas: dict[Right, list[str]] = {}
    for name in token.scopes:
        area, right = name.split(":")
        areas.setdefault(Right(right), []).append(_(AREA_NAMES[Area(area)]).lower())
    return [_(RIGHT_SENTENCES[right], areas=", ".join(areas[right])) for right in sorted(areas)]


async def _tokens_page(
    request: Request[Any, Any, Any], viewer: Viewer, form: Form[Any], *, status: int = 200
) -> Response[str]:
    nothing = ("", _("Nothing"))
    areas = [
        (
            area.value,
            _(AREA_NAMES[area]),
            [
                nothing,
                *((right.value, _(RIGHT_NAMES[right])) for right in Right if right in rights),
            ],
        )
        for area, rights in usable_areas(request.app, viewer).items()
    ]
    return page(
        request,
        "access/tokens.html",
        status=status,
        form=form,
        tokens=[(token, scope_words(token)) for token in await my_tokens(viewer)],
        areas=areas,
        lasts=[(days, ngettext("%(num)s day", "%(num)s days", days)) for days in _DAYS],
        notice_text=_(_NOTICES.get(request.query_params.get("notice", ""), "")),
    )


async def _secret_page(
    request: Request[Any, Any, Any], viewer: Viewer, made: NewToken
) -> Response[str]:
    token = await my_token(viewer, made.id)
    base_url = request.app.state["settings"].base_url.rstrip("/")
    return page(
        request,
        "access/token_secret.html",
        token=token,
        words=scope_words(token),
        secret=made.secret,
        base_url=base_url,
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (show_tokens, send_token, ask_revoke, send_revoke)
