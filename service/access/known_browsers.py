"""Browsers in which an account signed in before: who guesses elsewhere does not lock them out.

A cookie holds a random number and, for each account, a keyed hash of it with the login. It opens
nothing: failed sign-ins from such a browser are only counted apart.
"""

import hashlib
import hmac
import re
import secrets
from datetime import timedelta

COOKIE = "thuisronde-known"
KEPT_FOR = timedelta(days=180)
MOST_ACCOUNTS = 8
_SHAPE = re.compile(rf"[0-9a-f]{{32}}(\.[0-9a-f]{{32}}){{1,{MOST_ACCOUNTS}}}\Z")


def known_browser(cookie: str, login: str, *, key: bytes) -> str:
    """Return the number of a browser that knows this login, else ''."""
    if not _SHAPE.match(cookie):
        return ""
    number, *marks = cookie.split(".")
    expected = _mark(number, login, key=key)
    return number if any(hmac.compare_digest(mark, expected) for mark in marks) else ""


def with_account(cookie: str, login: str, *, key: bytes) -> str:
    """Return the cookie after a sign-in: this login first, and those of before that are ours."""
    number, *marks = cookie.split(".") if _SHAPE.match(cookie) else (secrets.token_hex(16),)
    mine = _mark(number, login, key=key)
    return ".".join((number, mine, *[mark for mark in marks if mark != mine][: MOST_ACCOUNTS - 1]))


def _mark(number: str, login: str, *, key: bytes) -> str:
    return hmac.digest(key, f"known:{number}:{login}".encode(), hashlib.sha256)[:16].hex()
