"""Connections of one's own, outside the pool: for advisory locks and for LISTEN.

The pool forgets advisory locks and listeners when a connection goes back to it.
"""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import asyncpg

from service.database.engine import ENGINE, Connection
from service.database.refusals import CONNECTION_ERRORS, unavailable


@asynccontextmanager
async def dedicated_connection(url: str | None = None) -> AsyncIterator[Connection]:
    """Yield a connection of one's own to `url`, by default to the open database."""
    try:
        connection = await asyncpg.connect(
            dsn=url or ENGINE.url,
            timeout=10,
            server_settings={"application_name": "thuisronde", "timezone": "UTC"},
        )
    except (*CONNECTION_ERRORS, asyncpg.PostgresError) as error:
        raise unavailable(error) from None
    try:
        yield connection
    finally:
        with anyio.CancelScope(shield=True):
            try:
                await connection.close(timeout=5)
            except (TimeoutError, *CONNECTION_ERRORS):
                connection.terminate()


@asynccontextmanager
async def advisory_lock(name: str, *, url: str | None = None) -> AsyncIterator[Connection]:
    """Wait for the lock `name` and hold it on a connection of its own, which is yielded.

    PostgreSQL drops the lock when the connection ends, so losing it means losing the lock.
    """
    async with dedicated_connection(url) as connection:
        await connection.execute("select pg_advisory_lock($1)", lock_key(name))
        yield connection


@asynccontextmanager
async def advisory_lock_if_free(name: str) -> AsyncIterator[Connection | None]:
    """Yield the lock's connection, or None while somebody else holds the lock."""
    async with dedicated_connection() as connection:
        taken = await connection.fetchval("select pg_try_advisory_lock($1)", lock_key(name))
        yield connection if taken else None


def lock_key(name: str) -> int:
    """Return the number that stands for a lock's name, a signed 64-bit one."""
    digest = hashlib.sha256(f"thuisronde:{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
