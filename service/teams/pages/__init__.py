"""Pages about workers and teams: the list, a page each, the forms that change them, settings."""

from litestar.types import ControllerRouterHandler

from service.teams.pages import adding, editing, reading, settings

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *reading.ROUTES,
    *adding.ROUTES,
    *editing.ROUTES,
    *settings.ROUTES,
)
