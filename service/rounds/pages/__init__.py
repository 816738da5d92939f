"""The pages of a team's week: boards, plan runs, visits, publishing, and a worker's own week."""

from litestar.types import ControllerRouterHandler

from service.rounds.pages import board, my_week, publishing, run, visit

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *board.ROUTES,
    *run.ROUTES,
    *visit.ROUTES,
    *publishing.ROUTES,
    *my_week.ROUTES,
)
