"""Declares a route of the API: who may call it, and which scope the token needs.

The outer doors are `service.web.routing.access_guard` (the account's role) and `scope_guard` here
(the token's scope). Whether the object behind is the caller's is asked where it is fetched.
"""

from typing import Any

from litestar import Request, Router
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.handlers import BaseRouteHandler
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.access.scopes import NEEDS, Area, Right, allows, scope
from service.access.states import Role
from service.api.authentication import TokenAuthentication, current_grant
from service.api.bodies import check_request
from service.api.errors import BadRequest, ScopeMissing
from service.api.paging import Paging, asked_page
from service.api.versions import expected_version
from service.errors import NotFound
from service.web.plausible import is_plausible_path, is_plausible_query
from service.web.routing import ACCESS, CSRF_EXEMPT, SIGNED_IN, only

BASE = "/api/v1"
SUPPORT = (Role.WORKER, Role.TEAM_LEAD, Role.COORDINATOR)
"""The roles that read support; housing officers and administrators never do."""

_BY_TOKEN: dict[str, Any] = {CSRF_EXEMPT: True, "no_session": True}


def reads(area: Area, *roles: Role) -> dict[str, Any]:
    """Return the `opt` of a route that reads in an area; for every role where none is named."""
    return _needs(area, Right.READ, roles)


def writes(area: Area, *roles: Role) -> dict[str, Any]:
    """Return the `opt` of a route that changes something in an area."""
    return _needs(area, Right.WRITE, roles)


def with_any_token() -> dict[str, Any]:
    """Return the `opt` of a route for every token that holds, whatever its scopes."""
    return {**_BY_TOKEN, ACCESS: SIGNED_IN[ACCESS], NEEDS: None}


def scope_guard(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Refuse a token without the route's scope."""
    if connection.scope.get("method") == "OPTIONS":
        return
    needed: tuple[Area, Right] | None = handler.opt[NEEDS]
    if needed is None:
        return
    assert isinstance(connection, Request)
    if not allows(current_grant(connection).scopes, *needed):
        raise ScopeMissing(scope(*needed))


def plausible_address(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Refuse ids, days, weeks and texts in the address that no row can have."""
    if not is_plausible_path(connection, handler):
        raise NotFound
    bad = {
        name: "not a value that can occur"
        for name, value in connection.query_params.items()
        if not is_plausible_query(value)
    }
    if bad:
        raise BadRequest("Parameters were not accepted.", parameters=bad)


async def token_viewer(request: Request[Any, Any, Any]) -> Viewer:
    """Provide the dependency `viewer`: whose token it is."""
    return current_grant(request).viewer


def api_router(handlers: tuple[ControllerRouterHandler, ...]) -> Router:
    """Return the router of all routes under `/api/v1`."""
    return Router(
        path=BASE,
        route_handlers=handlers,
        guards=[scope_guard, plausible_address],
        middleware=[TokenAuthentication()],
        before_request=check_request,
        dependencies={
            "viewer": Provide(token_viewer),
            "paging": Provide(asked_page, sync_to_thread=False),
            "expected": Provide(expected_version, sync_to_thread=False),
        },
        include_in_schema=True,
    )


def _needs(area: Area, right: Right, roles: tuple[Role, ...]) -> dict[str, Any]:
    access = only(*roles) if roles else {ACCESS: SIGNED_IN[ACCESS]}
    return {**_BY_TOKEN, **access, NEEDS: (area, right)}


__all__ = ["BASE", "NEEDS", "SUPPORT", "Paging", "api_router", "reads", "with_any_token", "writes"]
