"""The pages of the morning meeting."""

from litestar.types import ControllerRouterHandler

from service.morning.pages import asking, giving, meeting, planning

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *meeting.ROUTES,
    *asking.ROUTES,
    *giving.ROUTES,
    *planning.ROUTES,
)
