"""Signing in and out, the language, and everybody's own account."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service import clock
from service.access import actions, known_browsers, sessions
from service.access.authentication import (
    LANGUAGE_COOKIE,
    ended_cookie,
    known_cookie,
    session_cookie,
)
from service.access.browsers import browser_name
from service.access.policy import Viewer, may_manage_accounts
from service.access.queries import account_by_id, devices, team_codes
from service.access.schemas import LanguageForm, PasswordForm, SignInForm
from service.access.token_pages import ROUTES as TOKEN_ROUTES
from service.access.words import ROLE_NAMES
from service.errors import Invalid, NotFound
from service.web.dates import clock_time
from service.web.forms import Form, empty_form, read_form
from service.web.i18n import N_
from service.web.i18n import gettext as _
from service.web.page import local_path, page, redirect
from service.web.routing import PUBLIC, SIGNED_IN

_NOTICES = {
    "password": N_("Your password is changed. Other devices are signed out."),
    "language": N_("The language is changed."),
    "device": N_("The device is signed out."),
}


@get("/sign-in", opt=PUBLIC, name="sign_in")
async def show_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    """Show the form, or go on where somebody is signed in already."""
    target = local_path(request.query_params.get("next", "/"))
    if request.state.get("viewer") is not None:
        return redirect(request, target)
    return _sign_in_page(request, empty_form(next=target))


@post("/sign-in", opt=PUBLIC, name="send_sign_in")
async def send_sign_in(request: Request[Any, Any, Any]) -> Response[Any]:
    """Sign in: a new session each time, so that nobody can have prepared it."""
    form = await read_form(request, SignInForm)
    if form.data is None:
        return _sign_in_page(request, form, status=422)
    result = await actions.sign_in(
        login=form.data.login,
        password=form.data.password,
        address=request.client.host if request.client else "",
        browser=browser_name(request.headers.get("User-Agent", "")),
        key=request.app.state["secret_key"],
        known=request.cookies.get(known_browsers.COOKIE, ""),
        instead_of=request.state["session"],
    )
    if isinstance(result, actions.WrongPassword):
        problem = _("Login or password is not right. Look at capitals and at the keyboard.")
        return _sign_in_page(request, form, status=401, problem=problem)
    if isinstance(result, actions.TooManyAttempts):
        problem = _(
            "Too many attempts. Try again at %(time)s, or ask your administrator.",
            time=clock_time(result.until),
        )
        return _sign_in_page(request, form, status=429, problem=problem)
    response = redirect(request, local_path(form.data.next))
    response.set_cookie(session_cookie(request, result))
    response.set_cookie(known_cookie(request, form.data.login))
    return response


@post("/sign-out", opt=SIGNED_IN, name="sign_out")
async def sign_out(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """End this session."""
    await actions.sign_out(viewer, request.state["session"].id)
    return _signed_out(request)


@post("/account/sign-out-everywhere", opt=SIGNED_IN, name="sign_out_everywhere")
async def sign_out_everywhere(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """End all sessions of the account."""
    await actions.sign_out_everywhere(viewer)
    return _signed_out(request)


@post("/account/devices/{device:int}/sign-out", opt=SIGNED_IN, name="sign_out_device")
async def sign_out_device(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer], device: FromPath[int]
) -> Response[Any]:
    """End one other session of the account."""
    await actions.sign_out_device(viewer, device)
    return redirect(request, "/account?notice=device")


@post("/language", opt=PUBLIC, name="language")
async def choose_language(request: Request[Any, Any, Any]) -> Response[Any]:
    """Read on in another language: kept in the account, or in a cookie before signing in."""
    form = await read_form(request, LanguageForm)
    if form.data is None:
        raise Invalid(form.errors)
    viewer: Viewer | None = request.state.get("viewer")
    if viewer is not None:
        await actions.choose_language(viewer, form.data.language)
    response = redirect(request, local_path(form.data.next))
    response.set_cookie(
        Cookie(
            key=LANGUAGE_COOKIE,
            value=form.data.language.value,
            max_age=365 * 24 * 3600,
            path="/",
            secure=bool(request.app.state["secure_cookies"]),
            httponly=True,
            samesite="lax",
        )
    )
    return response


@get("/account", opt=SIGNED_IN, name="account")
async def show_account(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """Show one's own account."""
    return await _account_page(request, viewer, empty_form())


@post("/account/password", opt=SIGNED_IN, name="password")
async def change_password(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """Change one's own password."""
    form = await read_form(request, PasswordForm)
    if form.data is None:
        return await _account_page(request, viewer, form, status=422)
    if form.data.password_new != form.data.password_again:
        invalid = Invalid({"password_again": N_("This is not the same as the new password.")})
        return await _account_page(request, viewer, form.refused(invalid), status=422)
    try:
        await actions.change_own_password(
            viewer,
            request.state["session"].id,
            current=form.data.password,
            wanted=form.data.password_new,
            address=request.client.host if request.client else "",
            key=request.app.state["secret_key"],
        )
    except Invalid as invalid:
        return await _account_page(request, viewer, form.refused(invalid), status=422)
    return redirect(request, "/account?notice=password")


def _sign_in_page(
    request: Request[Any, Any, Any], form: Form[Any], *, status: int = 200, problem: str = ""
) -> Response[str]:
    return page(request, "access/sign_in.html", status=status, form=form, problem=problem)


def _roles(viewer: Viewer, teams: dict[int, str]) -> list[tuple[str, str]]:
    """The viewer's roles in words, each with its team's code."""
    held = sorted(viewer.roles, key=lambda held: (held.role.value, held.team or 0))
    return [(_(ROLE_NAMES[item.role]), teams.get(item.team or 0, "")) for item in held]


async def _account_page(
    request: Request[Any, Any, Any], viewer: Viewer, form: Form[Any], *, status: int = 200
) -> Response[str]:
    account = await account_by_id(viewer.account)
    if account is None:
        raise NotFound
    now = clock.now()
    return page(
        request,
        "access/account.html",
        status=status,
        form=form,
        account=account,
        devices=await devices(account.id, seen_after=now - sessions.IDLE, at=now),
        this_device=request.state["session"].id,
        roles=_roles(viewer, await team_codes(viewer.teams())),
        manages_accounts=may_manage_accounts(viewer),
        notice_text=_(_NOTICES.get(request.query_params.get("notice", ""), "")),
    )


def _signed_out(request: Request[Any, Any, Any]) -> Response[Any]:
    response = redirect(request, "/sign-in")
    response.set_cookie(ended_cookie(request))
    return response


ROUTES: tuple[ControllerRouterHandler, ...] = (
    show_sign_in,
    send_sign_in,
    sign_out,
    sign_out_everywhere,
    sign_out_device,
    choose_language,
    show_account,
    change_password,
    *TOKEN_ROUTES,
)
