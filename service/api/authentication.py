"""Who asks, by the token in the header alone: no cookie counts under `/api`."""

from typing import Any

from litestar import Request
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from service.access.states import Language
from service.access.token_throttle import note_failure
from service.access.tokens import Grant, find_grant
from service.api.errors import TokenRefused, TooManyFailures
from service.web.i18n import speak

_SCHEME = "bearer"


class TokenAuthentication(ASGIMiddleware):
    """Puts `grant` and `viewer` into the request's state; None where no token was sent."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Look the token up and go on; one that does not hold is refused, also on open routes."""
        request: Request[Any, Any, Any] = Request(scope)
        grant = await _grant(request)
        state = scope["state"]
        state["session"], state["language"] = None, Language.ENGLISH
        state["grant"], state["viewer"] = grant, grant.viewer if grant else None
        speak(Language.ENGLISH)
        await next_app(scope, receive, send)


def current_grant(request: Request[Any, Any, Any]) -> Grant:
    """Return what the request's token allows; raises `TokenRefused` without one."""
    grant = request.state.get("grant")
    if not isinstance(grant, Grant):
        raise TokenRefused("There is no token.")
    return grant


async def _grant(request: Request[Any, Any, Any]) -> Grant | None:
    sent = request.headers.get("Authorization", "").strip()
    if not sent:
        return None
    scheme, _, secret = sent.partition(" ")
    if scheme.lower() == _SCHEME:
        found = await find_grant(secret.strip())
        if found is not None:
            return found
    address = request.client.host if request.client else ""
    until = await note_failure(address, key=request.app.state["secret_key"])
    if until is not None:
        raise TooManyFailures(until)
    raise TokenRefused("This token does not hold.")
