"""Readings of personal tokens, for the page where people keep theirs; never the secret."""

from dataclasses import dataclass
from datetime import datetime

from service import clock
from service.access.policy import Viewer
from service.database.sql import fetch_all, fetch_one
from service.errors import NotFound


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token that still holds, as its owner sees it."""

    id: int
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


_LIVING = """
    select id, name, scopes, created_at, expires_at, last_used_at from access_tokens
     where account = $1 and revoked_at is null and expires_at > $2
       and ($3::int is null or id = $3)
     order by created_at, id
"""


async def my_tokens(viewer: Viewer) -> tuple[TokenLine, ...]:
    """Return the viewer's own living tokens, oldest first."""
    return tuple(await fetch_all(_LIVING, viewer.account, clock.now(), None, into=TokenLine))


async def my_token(viewer: Viewer, token: int) -> TokenLine:
    """Return one of the viewer's own living tokens; raises `NotFound`."""
    found = await fetch_one(_LIVING, viewer.account, clock.now(), token, into=TokenLine)
    if found is None:
        raise NotFound
    return found
