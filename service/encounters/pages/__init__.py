"""The worker's day: stops, outcomes, unplanned contacts, and the phone without a connection."""

from litestar.types import ControllerRouterHandler

from service.encounters.pages import contact, day, encounter, offline, outcome, sheet

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *day.ROUTES,
    *outcome.ROUTES,
    *encounter.ROUTES,
    *contact.ROUTES,
    *offline.ROUTES,
    *sheet.ROUTES,
)
