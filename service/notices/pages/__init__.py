"""The pages of notices: the list with its bell, and how one wants to be told."""

from litestar.types import ControllerRouterHandler

from service.notices.pages import browsers, failed, listing, wishes

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *listing.ROUTES,
    *wishes.ROUTES,
    *browsers.ROUTES,
    *failed.ROUTES,
)
