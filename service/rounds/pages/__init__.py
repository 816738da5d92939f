"""The pages of a team's week: boards, plan runs, visits, publishing, and a worker's own week."""

from litestar.types import ControllerRouterHandler

from service.rounds.pages import (
    add,
    away,
    balance,
    board,
    day,
    duties,
    levers,
    my_week,
    price,
    proposal,
    publishing,
    run,
    undo,
    visit,
)

ROUTES: tuple[ControllerRouterHandler, ...] = (
    *board.ROUTES,
    *run.ROUTES,
    *proposal.ROUTES,
    *away.ROUTES,
    *balance.ROUTES,
    *duties.ROUTES,
    *levers.ROUTES,
    *visit.ROUTES,
    *price.ROUTES,
    *day.ROUTES,
    *add.ROUTES,
    *undo.ROUTES,
    *publishing.ROUTES,
    *my_week.ROUTES,
)
