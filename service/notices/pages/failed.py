"""For administrators: what did not go out lately and why, by login, without an address."""

from datetime import timedelta
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency

from service import clock
from service.access.policy import Viewer
from service.access.states import Role
from service.notices.queries import failed_deliveries, refused_addresses
from service.notices.words import CHANNEL_NAMES, KIND_NAMES, PROBLEM_NAMES
from service.web.i18n import gettext as _
from service.web.page import page
from service.web.routing import only

SHOWN = timedelta(days=14)


@get("/notices/failed", opt=only(Role.ADMINISTRATOR), name="failed_notices")
async def show_failed(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[str]:
    """Show the failed deliveries of two weeks, and whose address was refused."""
    settings = request.app.state["settings"]
    return page(
        request,
        "notices/failed.html",
        failed=await failed_deliveries(viewer, since=clock.now() - SHOWN),
        refused=await refused_addresses(viewer),
        has_mail=settings.mail is not None,
        has_push=settings.push is not None,
        kinds={kind: _(text) for kind, text in KIND_NAMES.items()},
        channels={channel: _(text) for channel, text in CHANNEL_NAMES.items()},
        problems={problem: _(text) for problem, text in PROBLEM_NAMES.items()},
    )


ROUTES = (show_failed,)
