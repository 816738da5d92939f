"""Finds out who asks, and in which language to answer, before a route is reached."""

from typing import Any

from litestar import Request
from litestar.datastructures import Cookie
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from service.access import known_browsers
from service.access.policy import Viewer
from service.access.queries import fold_login
from service.access.sessions import LONGEST, OpenSession, cookie_name, find_session
from service.access.states import Language
from service.web.i18n import best_language, speak

LANGUAGE_COOKIE = "thuisronde-language"
POLLED = "polled"
"""`opt` of a route that pages ask by themselves: asking it does not keep a session alive."""


class Authentication(ASGIMiddleware):
    """Puts `viewer`, `session` and `language` into the request's state."""

    scopes = (ScopeType.HTTP,)
    exclude_opt_key = "no_session"

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Look the cookie up and go on, signed in or not."""
        request: Request[Any, Any, Any] = Request(scope)
        found = None
        token = request.cookies.get(cookie_name(secure=_secure(request)))
        if token:
            found = await find_session(token, seen=not scope["route_handler"].opt.get(POLLED))
        session, viewer = found or (None, None)
        language = viewer.language if viewer else language_asked(request)
        state = scope["state"]
        state["session"], state["viewer"], state["language"] = session, viewer, language
        speak(language)
        await next_app(scope, receive, send)


async def current_viewer(request: Request[Any, Any, Any]) -> Viewer:
    """Provide the dependency `viewer`; the route's access has made sure that there is one."""
    viewer = request.state.get("viewer")
    assert isinstance(viewer, Viewer)
    return viewer


def language_asked(request: Request[Any, Any, Any]) -> Language:
    """Return the language chosen before signing in, else the browser's."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in set(Language):
        return Language(chosen)
    return best_language(request.headers.get("Accept-Language", ""))


def session_cookie(request: Request[Any, Any, Any], session: OpenSession) -> Cookie:
    """Return the cookie that carries a session just opened."""
    assert session.token is not None
    return _cookie(request, value=session.token, max_age=int(LONGEST.total_seconds()))


def ended_cookie(request: Request[Any, Any, Any]) -> Cookie:
    """Return the cookie that takes a session away from the browser."""
    return _cookie(request, value="", max_age=0)


def known_cookie(request: Request[Any, Any, Any], login: str) -> Cookie:
    """Return the cookie by which a browser is known to somebody who has just signed in."""
    kept = request.cookies.get(known_browsers.COOKIE, "")
    key = request.app.state["secret_key"]
    return Cookie(
        key=known_browsers.COOKIE,
        value=known_browsers.with_account(kept, fold_login(login), key=key),
        max_age=int(known_browsers.KEPT_FOR.total_seconds()),
        path="/sign-in",
        secure=_secure(request),
        httponly=True,
        samesite="strict",
    )


def _cookie(request: Request[Any, Any, Any], *, value: str, max_age: int) -> Cookie:
    secure = _secure(request)
    return Cookie(
        key=cookie_name(secure=secure),
        value=value,
        max_age=max_age,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def _secure(request: Request[Any, Any, Any]) -> bool:
    return bool(request.app.state["secure_cookies"])
