"""The phone without a connection: what it keeps, the page it then shows, how it is installed."""

from typing import Any

import msgspec
from litestar import MediaType, Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from scheduling.weeks import monday_of, to_instant
from service import clock
from service.access.policy import Viewer
from service.access.states import Language
from service.encounters.day import worker_day
from service.encounters.kept import KeptRound, kept_stops
from service.encounters.pages.view import OWN, day_page, worker_of
from service.web.csrf import csrf_token
from service.web.i18n import speak
from service.web.phone_key import phone_key
from service.web.routing import PUBLIC
from service.web.static import build_hash, static_url
from service.web.templates import environment

SHELL_FILES = (
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/components.css",
    "css/states.css",
    "css/my-week.css",
    "css/day.css",
    "css/saying.css",
    "js/phone.js",
    "js/sending.js",
    "js/saying.js",
    "js/offline.js",
    "brand.svg",
)
_BARE: dict[str, Any] = {**PUBLIC, "no_session": True}


@get("/today/round", opt=OWN, name="kept_round")
async def kept_round(
    request: Request[Any, Any, Any], viewer: NamedDependency[Viewer]
) -> Response[Any]:
    """Give today's minimal round to keep on the phone, with whose it is and until when."""
    worker = await worker_of(viewer)
    today = clock.today()
    found = await worker_day(viewer, worker=worker.code, day=today)
    kept = KeptRound(
        account=phone_key(request),
        csrf=csrf_token(request),
        day=today,
        until=to_instant(monday_of(today), day=today.weekday() + 1, minute=0),
        stops=kept_stops(found),
    )
    return Response(
        content=msgspec.json.encode(kept),
        media_type=MediaType.JSON,
        headers={"Cache-Control": "no-store", "Vary": "Cookie"},
    )


@get("/today/offline/{language:str}", opt=_BARE, name="offline_shell")
async def offline_shell(request: Request[Any, Any, Any], language: FromPath[str]) -> Response[str]:
    """Show the page that a phone opens without a connection: empty, the same for everybody."""
    speak(Language(language) if language in set(Language) else Language.FRENCH)
    return day_page(request, "encounters/offline.html")


@get("/today-worker.js", opt=_BARE, name="today_worker")
async def today_worker() -> Response[str]:
    """Serve the service worker of `/today`; it changes whenever a static file does."""
    source = (
        environment()
        .get_template("encounters/today-worker.js")
        .render(build=build_hash(), files=[static_url(name) for name in SHELL_FILES])
    )
    return Response(
        content=source,
        media_type="text/javascript",
        headers={"Cache-Control": "no-cache", "Service-Worker-Allowed": "/today"},
    )


@get("/manifest.webmanifest", opt=_BARE, name="manifest")
async def manifest() -> Response[bytes]:
    """Say how the application is installed: its name, its icons, where it begins."""
    content = {
        "id": "/today",
        "name": "Thuisronde",
        "short_name": "Thuisronde",
        "start_url": "/today",
        "scope": "/",
        "display": "standalone",
        "background_color": "#f6f3ec",
        "theme_color": "#0d5c63",
        "icons": [
            {"src": static_url("icons/icon-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static_url("icons/icon-512.png"), "sizes": "512x512", "type": "image/png"},
            {
                "src": static_url("icons/icon-maskable.png"),
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
    }
    return Response(
        content=msgspec.json.encode(content),
        media_type="application/manifest+json",
        headers={"Cache-Control": "no-cache"},
    )


ROUTES: tuple[ControllerRouterHandler, ...] = (kept_round, offline_shell, today_worker, manifest)
