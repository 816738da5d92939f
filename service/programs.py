"""The routes of the JSON API, folder by folder, wired together for `service.app`."""

from litestar.types import ControllerRouterHandler

from service.api import api as own_api
from service.encounters import api as encounters_api
from service.feeds import feed_api
from service.people import api as people_api
from service.rounds import api as rounds_api
from service.teams import api as teams_api

API_ROUTES: tuple[ControllerRouterHandler, ...] = (
    *own_api.ROUTES,
    *people_api.ROUTES,
    *teams_api.ROUTES,
    *rounds_api.ROUTES,
    *encounters_api.ROUTES,
    *feed_api.ROUTES,
)
