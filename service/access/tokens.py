"""Personal tokens: a random secret in a program's header, its hash in the database."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from service import clock
from service.access.policy import Viewer
from service.access.queries import account_by_id
from service.access.sessions import token_hash
from service.database.sql import execute, fetch_one

PREFIX = "thr_"
"""Tells people and scanners of leaked secrets what they have found."""
_SHAPE = re.compile(r"thr_[A-Za-z0-9_-]{43}\Z")
_USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Grant:
    """What a living token allows: all that its account may, within its scopes."""

    token: int
    viewer: Viewer
    scopes: frozenset[str]
    expires_at: datetime


def new_token() -> str:
    """Return 256 random bits behind a known prefix."""
    return f"{PREFIX}{secrets.token_urlsafe(32)}"


def looks_like_token(text: str) -> bool:
    """Say whether a text can be a token at all, before the database is asked."""
    return _SHAPE.match(text) is not None


async def find_grant(token: str) -> Grant | None:
    """Return what a token allows now; None where it is unknown, ended, or its account is.

    Writes at most every minute that it was used.
    """
    if not looks_like_token(token):
        return None
    now = clock.now()
    row = await fetch_one(
        """
        select id, account, scopes, expires_at, last_used_at from access_tokens
         where token_hash = $1 and revoked_at is null and expires_at > $2
        """,
        token_hash(token),
        now,
    )
    if row is None:
        return None
    account = await account_by_id(row["account"])
    if account is None or not account.active:
        return None
    if row["last_used_at"] is None or row["last_used_at"] < now - _USED_EVERY:
        await execute("update access_tokens set last_used_at = $2 where id = $1", row["id"], now)
    return Grant(
        token=row["id"],
        viewer=account.viewer(),
        scopes=frozenset(row["scopes"]),
        expires_at=row["expires_at"],
    )
