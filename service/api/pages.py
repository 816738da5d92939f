"""The API's document, for programs and for people; public, as it holds no data."""

from typing import Any

from litestar import Request, Response, get
from litestar.types import ControllerRouterHandler

from service.api.document import document_of
from service.api.reference import reference_of
from service.api.routing import BASE
from service.web.page import page
from service.web.routing import PUBLIC


@get(f"{BASE}/openapi.json", opt={**PUBLIC, "no_session": True}, name="openapi")
async def openapi(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
    """Return the OpenAPI document."""
    return Response(
        document_of(request.app.state["api_routes"]),
        media_type="application/vnd.oai.openapi+json;version=3.1",
        headers={"Cache-Control": "no-cache"},
    )


@get(BASE, opt=PUBLIC, name="api_reference")
async def reference(request: Request[Any, Any, Any]) -> Response[str]:
    """Show the document as people read it."""
    document = document_of(request.app.state["api_routes"])
    return page(request, "api/reference.html", reference=reference_of(document))


ROUTES: tuple[ControllerRouterHandler, ...] = (openapi, reference)
