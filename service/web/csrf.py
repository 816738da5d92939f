"""Forged requests: a token in each form or header, and the browser's own word on the origin.

Signed in, the token is the session's. Before that it is a cookie of its own (double submit),
which signing in replaces. In a page it stands masked, each time in other signs: the length of
compressed pages would tell it otherwise, guess by guess.
"""

import base64
import binascii
import hmac
import secrets
from typing import Any
from urllib.parse import urlsplit

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.handlers import BaseRouteHandler

from service.errors import Forbidden
from service.web.i18n import N_
from service.web.routing import CSRF_EXEMPT

FIELD = "csrf_token"
HEADER = "X-CSRF-Token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def form_cookie_name(*, secure: bool) -> str:
    """Return the name of the cookie that stands in for a session before signing in."""
    return "__Host-thuisronde-form" if secure else "thuisronde-form"


def csrf_token(request: Request[Any, Any, Any]) -> str:
    """Return the token for the forms of this answer, made if there is none yet."""
    session = request.state.get("session")
    if session is not None:
        return str(session.csrf_token)
    token = request.state.get("form_token")
    if token is None:
        secure = bool(request.app.state["secure_cookies"])
        token = request.cookies.get(form_cookie_name(secure=secure)) or secrets.token_urlsafe(32)
        request.state["form_token"] = token
    return str(token)


def masked(token: str) -> str:
    """Return a token in signs that are other ones each time: a random pad, and both combined."""
    plain = token.encode()
    pad = secrets.token_bytes(len(plain))
    return base64.urlsafe_b64encode(pad + _combined(plain, pad)).decode()


def unmasked(given: str) -> str:
    """Return the token behind a mask; what is none comes back as it is."""
    try:
        both = base64.b64decode(given, altchars=b"-_", validate=True)
        return _combined(both[len(both) // 2 :], both[: len(both) // 2]).decode()
    except (binascii.Error, ValueError):
        return given


def _combined(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def form_cookie(request: Request[Any, Any, Any]) -> Cookie:
    """Return the cookie that a page with a form sets where nobody is signed in."""
    secure = bool(request.app.state["secure_cookies"])
    return Cookie(
        key=form_cookie_name(secure=secure),
        value=csrf_token(request),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


async def csrf_guard(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Refuse a changing request without its token, or sent by another site's page."""
    if not isinstance(connection, Request) or connection.method in _SAFE:
        return
    if handler.opt.get(CSRF_EXEMPT):
        return
    expected = _expected(connection)
    if not _from_here(connection) or not expected:
        raise _forged()
    given = connection.headers.get(HEADER) or str((await connection.form()).get(FIELD) or "")
    if not hmac.compare_digest(unmasked(given).encode(), expected.encode()):
        raise _forged()


def _expected(request: Request[Any, Any, Any]) -> str:
    session = request.state.get("session")
    if session is not None:
        return str(session.csrf_token)
    secure = bool(request.app.state["secure_cookies"])
    return request.cookies.get(form_cookie_name(secure=secure)) or ""


def _from_here(request: Request[Any, Any, Any]) -> bool:
    """Whether the browser says the form stood on our page; old browsers say nothing."""
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        return False
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("Host", "")


def _forged() -> Forbidden:
    return Forbidden(
        N_("This form is no longer valid."),
        advice=N_("Go back, load the page again and send it once more."),
    )
