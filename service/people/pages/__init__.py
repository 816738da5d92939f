"""Pages about tenants: the list, a page each with its history, and the forms that change it."""

from litestar.types import ControllerRouterHandler

from service.people.pages import adding, editing, reading

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *reading.ROUTES,
    *adding.ROUTES,
    *editing.ROUTES,
)
