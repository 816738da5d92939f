"""Addresses that can lead nowhere: refused before a route reads them, not by the database."""

from datetime import date
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from service.errors import NotFound
from service.web.routing import CSRF_EXEMPT

LARGEST_ID = 2**31 - 1
YEARS = range(1990, 2200)


def plausible_guard(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Raise `NotFound` for an id, a day or a text in the address that no row can have.

    Routes by token judge their token themselves, and keep it out of every page.
    """
    if handler.opt.get(CSRF_EXEMPT):
        return
    values = (*connection.path_params.values(), *connection.query_params.values())
    if not all(is_plausible(value) for value in values):
        raise NotFound


def is_plausible(value: object) -> bool:
    """Say whether a row can have this id, day or text."""
    match value:
        case str():
            return "\0" not in value
        case int():
            return 0 <= value <= LARGEST_ID
        case date():
            return value.year in YEARS
        case _:
            return True
