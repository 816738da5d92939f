"""The routes of the JSON API, folder by folder, wired together for `service.app`."""

from litestar.types import ControllerRouterHandler

from service.api import api as own_api
from service.people import api as people_api

API_ROUTES: tuple[ControllerRouterHandler, ...] = (
    *own_api.ROUTES,
    *people_api.ROUTES,
)
