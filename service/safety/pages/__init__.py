"""The pages of lone-worker checks, no-contact alerts and what a team sets for both."""

from litestar.types import ControllerRouterHandler

from service.safety.pages import alerts, checks, settings

ROUTES: tuple[ControllerRouterHandler, ...] = (*checks.ROUTES, *alerts.ROUTES, *settings.ROUTES)
