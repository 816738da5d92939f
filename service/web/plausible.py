"""What can never occur: refused before a route or a rule reads it, not by the database.

Of addresses (ids, days, weeks, texts) a guard answers 'not found'; of forms and bodies the readers
ask `can_be_kept` for each value.
"""

import re
from datetime import date
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from service.errors import NotFound
from service.web.routing import CSRF_EXEMPT

LARGEST_ID = 2**31 - 1
LONGEST_NAME = 200
"""Characters of what an address calls something by; no code or date has nearly as many."""
YEARS = range(1990, 2200)
"""Years of days and weeks that have an address."""
YEARS_KEPT = range(1900, 2200)
"""Years that can be written down: somebody's birth is the earliest."""
LEADS_TO_MONDAY: dict[str, Any] = {"leads_to_monday": True}
"""Beside the access in a route's `opt`: any day of `week` is led to its Monday."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_WHOLE_NUMBER = re.compile(r"[+-]?\d+\Z")


def plausible_guard(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> None:
    """Raise `NotFound` for an id, a day, a week or a text in the address that no row can have.

    Routes by token judge their token themselves, and keep it out of every page.
    """
    if handler.opt.get(CSRF_EXEMPT):
        return
    query = connection.query_params.values()
    if not is_plausible_path(connection, handler) or not all(map(is_plausible_query, query)):
        raise NotFound


def is_plausible_path(
    connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler
) -> bool:
    """Say whether every part of a path can name something; a week is its Monday."""
    week = connection.path_params.get("week")
    if isinstance(week, date) and week.weekday() and not handler.opt.get("leads_to_monday"):
        return False
    return all(map(is_plausible, connection.path_params.values()))


def is_plausible(value: object) -> bool:
    """Say whether a row can have this id, day or text."""
    match value:
        case str():
            return len(value) <= LONGEST_NAME and can_be_kept(value)
        case int():
            return 0 <= value <= LARGEST_ID
        case date():
            return value.year in YEARS
        case _:
            return True


def is_plausible_query(text: str) -> bool:
    """As `is_plausible`, of a parameter: a number too long for any id names nothing."""
    if _WHOLE_NUMBER.match(text) and not (len(text) <= 11 and abs(int(text)) <= LARGEST_ID):
        return False
    return can_be_kept(text)


def can_be_kept(value: object) -> bool:
    """Say whether the database takes a value: no NUL or half of a character, no id or year beyond.

    Of a list, each item is asked.
    """
    match value:
        case str():
            return _UNSTORABLE.search(value) is None
        case int():
            return abs(value) <= LARGEST_ID
        case date():
            return value.year in YEARS_KEPT
        case tuple() | list() | set() | frozenset():
            return all(map(can_be_kept, value))
        case _:
            return True
