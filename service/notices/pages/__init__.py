"""The pages of notices: the list with its bell, and how one wants to be told."""

from litestar.types import ControllerRouterHandler

from service.notices.pages import listing

ROUTES: tuple[ControllerRouterHandler, ...] = (*listing.ROUTES,)
