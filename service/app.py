"""The web application: the pages, feeds and files of every folder, wired together."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

from litestar import Litestar
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from service.access import admin_pages
from service.access import pages as access_pages
from service.access.authentication import Authentication, current_viewer
from service.api import pages as api_pages
from service.api.problems import EXCEPTION_HANDLERS
from service.api.routing import api_router
from service.audit import pages as audit_pages
from service.data_folder import secret_key
from service.encounters import pages as encounters_pages
from service.feeds import api as feeds_api
from service.feeds import pages as feeds_pages
from service.morning import pages as morning_pages
from service.notices import pages as notices_pages
from service.notices.bell import count_unread
from service.people import pages as people_pages
from service.programs import API_ROUTES
from service.rounds import pages as rounds_pages
from service.rounds.board_stream import keep_streams
from service.safety import pages as safety_pages
from service.settings import Settings, current_settings
from service.teams import pages as teams_pages
from service.undo import pages as undo_pages
from service.web import pages as web_pages
from service.web.compression import Compression
from service.web.csrf import csrf_guard
from service.web.plausible import plausible_guard
from service.web.routing import access_guard, check_declarations
from service.web.security import add_security_headers

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *web_pages.ROUTES,
    *api_pages.ROUTES,
    *access_pages.ROUTES,
    *admin_pages.ROUTES,
    *audit_pages.ROUTES,
    *feeds_api.ROUTES,
    *feeds_pages.ROUTES,
    *notices_pages.ROUTES,
    *rounds_pages.ROUTES,
    *encounters_pages.ROUTES,
    *safety_pages.ROUTES,
    *morning_pages.ROUTES,
    *people_pages.ROUTES,
    *teams_pages.ROUTES,
    *undo_pages.ROUTES,
)


def create_app(settings: Settings | None = None, *, lifespan: Sequence[Lifespan] = ()) -> Litestar:
    """Build the application; whoever runs it opens the database, as `lifespan` or before.

    Raises `RuntimeError` for a route that does not declare whom it is for.
    """
    settings = settings or current_settings()
    app = Litestar(
        route_handlers=[*ROUTES, api_router(API_ROUTES)],
        lifespan=[*lifespan, feeds_api.keep_feeds, keep_streams],
        before_request=count_unread,
        guards=[access_guard, csrf_guard, plausible_guard],
        middleware=[Compression(), Authentication()],
        dependencies={"viewer": Provide(current_viewer)},
        exception_handlers=EXCEPTION_HANDLERS,
        before_send=[add_security_headers],
        openapi_config=None,
        logging_config=None,  # the process decides: service/logs.py
        request_max_body_size=1_000_000,
    )
    settle(app, settings)
    check_declarations(app)
    return app


def settle(app: Litestar, settings: Settings) -> None:
    """Give the application its settings, and let go of what it kept under others."""
    app.state.clear()
    app.state["settings"] = settings
    app.state["api_routes"] = API_ROUTES
    app.state["secure_cookies"] = settings.base_url.startswith("https://")
    app.state["secret_key"] = secret_key(settings.data_dir)
