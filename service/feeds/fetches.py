"""Keeps note of who fetched what, in memory, and writes it down in batches.

A fetch itself writes nothing: thousands of telephones poll. What was not written when a process
dies is forgotten; the next fetch tells the same.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

import structlog

from service.database.sql import execute
from service.errors import DatabaseUnavailable

FLUSH_EVERY_SECONDS = 10.0

_log = structlog.get_logger("thuisronde.feeds")

_WRITE = """
    update feeds f
       set last_fetch_at = d.at, last_client = d.client,
           fetched_version = greatest(coalesce(f.fetched_version, 0), d.version)
      from unnest($1::int[], $2::timestamptz[], $3::text[], $4::bigint[])
           as d (id, at, client, version)
     where f.id = d.id and f.state = 'active'
       and (f.last_fetch_at is null or f.last_fetch_at <= d.at)
"""


@dataclass(frozen=True, slots=True)
class Fetch:
    """One fetch: `client` is a coarse name, `version` that of the body the client now has."""

    feed: int
    at: datetime
    client: str
    version: int


class FetchLog:
    """The latest fetch of each feed since the last flush."""

    def __init__(self) -> None:
        self._latest: dict[int, Fetch] = {}

    def note(self, fetch: Fetch) -> None:
        """Remember a fetch; a later one of the same feed takes its place."""
        self._latest[fetch.feed] = fetch

    async def flush(self) -> int:
        """Write what was noted in one statement and return how many feeds that touched.

        On `DatabaseUnavailable` the notes are kept for the next time.
        """
        batch, self._latest = self._latest, {}
        if not batch:
            return 0
        fetches = [batch[feed] for feed in sorted(batch)]
        try:
            return await execute(
                _WRITE,
                [fetch.feed for fetch in fetches],
                [fetch.at for fetch in fetches],
                [fetch.client for fetch in fetches],
                [fetch.version for fetch in fetches],
            )
        except DatabaseUnavailable:
            self._latest = {**batch, **self._latest}
            raise


@asynccontextmanager
async def flushing(log: FetchLog, *, every_seconds: float) -> AsyncIterator[None]:
    """Flush the log again and again in the background, and once more at the end."""
    task = asyncio.create_task(_flush_forever(log, every_seconds))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await _try_flush(log)


async def _flush_forever(log: FetchLog, every_seconds: float) -> None:
    while True:
        await asyncio.sleep(every_seconds)
        await _try_flush(log)


async def _try_flush(log: FetchLog) -> None:
    try:
        await log.flush()
    except Exception as error:  # noqa: BLE001 a note that cannot be written must stop nothing
        _log.warning("feed fetches not written", error=type(error).__name__)
