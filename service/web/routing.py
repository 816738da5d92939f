"""Who a route is for, declared at the route: `opt=PUBLIC`, `opt=SIGNED_IN`, `opt=only(...)`.

This is the outer door. Whether a viewer may see the object behind it is asked of
`service.access.policy` where the object is fetched.
"""

from collections.abc import Iterator
from typing import Any

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute

from service.access.policy import Viewer
from service.access.states import Role
from service.errors import Forbidden
from service.web.i18n import N_

ACCESS = "access"
CSRF_EXEMPT = "csrf_exempt"
PUBLIC: dict[str, Any] = {ACCESS: "public"}
SIGNED_IN: dict[str, Any] = {ACCESS: "signed in"}
BY_TOKEN: dict[str, Any] = {ACCESS: "public", CSRF_EXEMPT: True}


class NotSignedIn(Exception):
    """Nobody is signed in: answered with the way to the sign-in page."""


def only(*roles: Role) -> dict[str, Any]:
    """Return the `opt` of a route for whoever holds one of `roles`."""
    if not roles:
        raise ValueError("a route for no role is for nobody: name at least one")
    return {ACCESS: frozenset(roles)}


def access_guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let in whom the route is declared for: else `NotSignedIn` or `Forbidden`."""
    access = handler.opt.get(ACCESS)
    if connection.scope.get("method") == "OPTIONS":  # answered without the route: what it allows
        return
    if access == PUBLIC[ACCESS]:
        return
    viewer: Viewer | None = connection.state.get("viewer")
    if viewer is None:
        raise NotSignedIn
    if access == SIGNED_IN[ACCESS]:
        return
    if not isinstance(access, frozenset) or not viewer.holds(*access):
        raise Forbidden(
            N_("This page is not for your role."),
            advice=N_("Ask your administrator if you need it."),
        )


def declared_routes(app: Litestar) -> Iterator[tuple[str, str, BaseRouteHandler]]:
    """Yield (method, path, handler) of every route that people can call."""
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        for handler in route.route_handlers:
            for method in sorted(handler.http_methods):
                if method != "OPTIONS":
                    yield str(method), route.path_format, handler


def check_declarations(app: Litestar) -> None:
    """Refuse to start with a route that does not say whom it is for."""
    silent = [
        f"{method} {path}"
        for method, path, handler in declared_routes(app)
        if ACCESS not in handler.opt
    ]
    if silent:
        raise RuntimeError(
            f"These routes declare no access: {', '.join(silent)}."
            " Give each an opt= of service.web.routing."
        )
