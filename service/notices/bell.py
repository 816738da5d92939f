"""The bell of every page: how many notices its reader has not read yet."""

from typing import Any

from litestar import Request

from service.access.policy import Viewer
from service.notices.queries import unread_count


async def count_unread(request: Request[Any, Any, Any]) -> None:
    """Put the number into the request's state, before a whole page is made."""
    viewer = request.scope.get("state", {}).get("viewer")
    wants_page = "text/html" in request.headers.get("Accept", "")
    if not isinstance(viewer, Viewer) or request.method != "GET" or not wants_page:
        return
    if request.headers.get("HX-Request") != "true" or request.url.path == "/notices/bell":
        request.state["unread"] = await unread_count(viewer.account)
