"""Pages of the house itself: the start, what it is made of, whether it lives."""

from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.di import NamedDependency
from litestar.types import ControllerRouterHandler

from service.access.policy import Viewer
from service.database.sql import fetch_value
from service.places.attributions import attributions
from service.web.navigation import start_page
from service.web.page import page, redirect
from service.web.routing import PUBLIC, SIGNED_IN
from service.web.static import static
from service.web.vendored import vendored_packages


@get("/", opt=SIGNED_IN, name="start")
async def start(request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]) -> Response[None]:
    """Lead everybody to the page they begin with."""
    return redirect(request, start_page(request.app, viewer))


@get("/about", opt=PUBLIC, name="about")
async def about(request: Request[Any, Any, Any]) -> Response[str]:
    """Show whose data and whose programs this is built on."""
    return page(
        request, "web/about.html", attributions=attributions(), vendored=vendored_packages()
    )


@get("/health", opt={**PUBLIC, "no_session": True}, name="health", media_type=MediaType.TEXT)
async def health() -> str:
    """Answer 'ok' once the database has answered; 503 otherwise."""
    await fetch_value("select 1")
    return "ok"


@get("/robots.txt", opt={**PUBLIC, "no_session": True}, name="robots", media_type=MediaType.TEXT)
async def robots() -> str:
    """Ask search engines to leave all alone but feeds: some calendar programs obey this too."""
    return "User-agent: *\nAllow: /calendars/\nDisallow: /\n"


ROUTES: tuple[ControllerRouterHandler, ...] = (start, about, health, robots, static)
