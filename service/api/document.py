"""The OpenAPI 3.1 document: Litestar's for our routes, with msgspec's own schemas and each problem.

Litestar knows the routes and their parameters; msgspec knows best what its structs accept; which
problems a route can answer with follows from how it is declared.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, get_args

import msgspec
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Tag
from litestar.routes import HTTPRoute
from litestar.types import ControllerRouterHandler

from service.access.scopes import Area, Right, scope
from service.api.problem_kinds import KINDS, statuses_of
from service.api.routing import NEEDS, api_router
from service.api.schemas import Problem
from service.web.routing import ACCESS

_SCHEMAS = "#/components/schemas/"
HEADER_SCHEMAS = {
    "ETag": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    "Location": {"type": "string", "format": "uri-reference"},
}
_DESCRIPTION = """\
What the pages do, for programs: the same rules, the same access, the same actions.

Send a personal token (made on the account page) with each request: `Authorization: Bearer thr_…`.
It can do what its account may, within its scopes, until it expires. Days are dates, instants are
UTC with `Z`, money is in cents, weeks are named by their Monday. Lists come in pages. What has a
version is changed with `If-Match`.
"""
_TAGS = (
    Tag(name="token", description="Whose token this is."),
    Tag(name="tenants", description="People housed or to be housed, as far as the caller may see."),
    Tag(name="agreements", description="What contact a tenant chose, from when to when."),
    Tag(name="workers", description="Who visits."),
    Tag(name="absences", description="When somebody is away; never why in medical words."),
    Tag(name="rosters", description="A team's week of visits: draft, published, revised."),
    Tag(name="encounters", description="What took place, planned or not."),
    Tag(name="feeds", description="Private calendar addresses of one's own."),
)


@lru_cache(maxsize=4)
def document_of(routes: tuple[ControllerRouterHandler, ...]) -> dict[str, Any]:
    """Return the document of these routes of the API, as plain JSON values."""
    app = Litestar(
        route_handlers=[api_router(routes)],
        openapi_config=OpenAPIConfig(
            title="Thuisronde",
            version="1",
            description=_DESCRIPTION,
            tags=list(_TAGS),
            use_handler_docstrings=True,
            operation_id_creator=_operation_id,
        ),
        logging_config=None,
    )
    handlers = {
        (route.path_format, str(method).lower()): handler
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
    }
    made = app.openapi_schema.to_schema()
    made["servers"] = [{"url": "/"}]
    made["paths"] = {
        path: {
            method: _operation(operation, handlers[path, method])
            for method, operation in item.items()
        }
        for path, item in sorted(made["paths"].items())
        if any(
            (path, method) in handlers and NEEDS in handlers[path, method].opt for method in item
        )
    }
    made["components"] = {
        "schemas": _schemas(handlers.values()),
        "responses": {kind.name: kind.response() for kind in KINDS},
        "securitySchemes": {
            "token": {
                "type": "http",
                "scheme": "bearer",
                "description": "A personal token, made on the account page.",
            }
        },
    }
    made["security"] = [{"token": []}]
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(made))
    return plain


def _operation_id(handler: HTTPRouteHandler, _method: Any, _path: Any) -> str:
    return str(handler.name or handler.fn.__name__)


def _operation(operation: dict[str, Any], handler: HTTPRouteHandler) -> dict[str, Any]:
    needed: tuple[Area, Right] | None = handler.opt[NEEDS]
    operation["tags"] = ["token" if needed is None else needed[0].value]
    operation.pop("deprecated", None)
    summary = operation.pop("description", "").partition("\n")
    operation["summary"] = summary[0].strip()
    operation["description"] = " ".join(
        part for part in (" ".join(summary[2].split()), _who(handler)) if part
    )
    for parameter in operation.get("parameters", ()):
        for noise in ("deprecated", "allowEmptyValue", "allowReserved"):
            parameter.pop(noise, None)
        if parameter["name"] == "If-Match":
            parameter["required"] = True
            parameter["schema"] = HEADER_SCHEMAS["ETag"]
            parameter["example"] = '"3"'
    responses = {
        status: response
        for status, response in operation["responses"].items()
        if status.startswith("2")
    }
    for response in responses.values():
        response["description"] = operation["summary"]
        headers = response.pop("headers", {})
        if headers:
            response["headers"] = {
                name: {
                    "description": header["description"],
                    "required": True,
                    "schema": HEADER_SCHEMAS[name],
                }
                for name, header in headers.items()
            }
    for kind in statuses_of(operation, role_bound=isinstance(handler.opt[ACCESS], frozenset)):
        responses[str(kind.status)] = {"$ref": f"#/components/responses/{kind.name}"}
    operation["responses"] = responses
    return operation


def _who(handler: HTTPRouteHandler) -> str:
    """Say which scope and which roles a route is for."""
    needed: tuple[Area, Right] | None = handler.opt[NEEDS]
    roles = handler.opt[ACCESS]
    sentences = [f"Scope `{scope(*needed)}`." if needed else "Any token."]
    if isinstance(roles, frozenset):
        names = ", ".join(sorted(role.value.replace("_", " ") for role in roles))
        sentences.append(f"For: {names}.")
    return " ".join(sentences)


def _schemas(handlers: Any) -> dict[str, Any]:
    structs = [Problem, *dict.fromkeys(found for each in handlers for found in _structs(each))]
    _, schemas = msgspec.json.schema_components(structs, ref_template=f"{_SCHEMAS}{{name}}")
    return dict(sorted(schemas.items()))


def _structs(handler: HTTPRouteHandler) -> Iterator[type[msgspec.Struct]]:
    """Yield the structs that a route takes and gives."""
    for field in (handler.parsed_data_field, handler.parsed_return_field):
        if field is not None:
            yield from _structs_in(field.annotation)


def _structs_in(kind: Any) -> Sequence[type[msgspec.Struct]]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [kind]
    return [found for each in get_args(kind) for found in _structs_in(each)]
