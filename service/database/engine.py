"""Piccolo's engine, opened on one pool of connections and closed again."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Protocol

import anyio
import asyncpg
from piccolo.engine.postgres import PostgresEngine

from service.database.refusals import CONNECTION_ERRORS, unavailable
from service.errors import DatabaseUnavailable


class Connection(Protocol):
    """What we use of an asyncpg connection, which brings no types of its own."""

    async def fetch(self, query: str, *args: object) -> list[Any]: ...
    async def fetchrow(self, query: str, *args: object) -> Any: ...
    async def fetchval(self, query: str, *args: object) -> Any: ...
    async def execute(self, query: str, *args: object) -> str: ...
    async def executemany(self, command: str, args: Iterable[Sequence[object]]) -> None: ...
    async def copy_records_to_table(
        self,
        table_name: str,
        *,
        records: Iterable[Sequence[object]],
        columns: Sequence[str] | None = None,
    ) -> str: ...
    async def add_listener(self, channel: str, callback: Callable[..., object]) -> None: ...
    async def remove_listener(self, channel: str, callback: Callable[..., object]) -> None: ...
    def transaction(self, *, isolation: str | None = None) -> Any: ...
    def is_closed(self) -> bool: ...
    async def close(self) -> None: ...


class ServiceEngine(PostgresEngine):
    """An engine that knows its database only once `open` was called, and works through a pool."""

    def __init__(self) -> None:
        super().__init__(config={})
        self._url = ""

    @property
    def url(self) -> str:
        """The address that the engine is open on; raises `DatabaseUnavailable`."""
        if self.pool is None:
            raise DatabaseUnavailable("The database is not open.")
        return self._url

    async def check_version(self) -> None:
        """Leave out Piccolo's connection at import time."""

    async def prep_database(self) -> None:
        """Leave out Piccolo's extensions: migrations make them."""

    async def open(self, url: str, *, most_connections: int = 10) -> None:
        """Open the pool on a database; raises `DatabaseUnavailable`."""
        if self.pool is not None:
            raise RuntimeError("the database is open already")
        try:
            self.pool = await asyncpg.create_pool(
                dsn=url,
                min_size=1,
                max_size=most_connections,
                timeout=10,
                command_timeout=60,
                server_settings={"application_name": "thuisronde", "timezone": "UTC"},
            )
        except (*CONNECTION_ERRORS, asyncpg.PostgresError) as error:
            raise unavailable(error) from None
        self._url = url

    async def close(self) -> None:
        """Close the pool; connections that do not end within five seconds are cut off."""
        pool, self.pool = self.pool, None
        if pool is None:
            return
        with anyio.move_on_after(5, shield=True):
            await pool.close()
            return
        pool.terminate()

    @asynccontextmanager
    async def acquired(self) -> AsyncIterator[Connection]:
        """Yield a connection of the pool, given back whatever happens."""
        pool = self.pool
        if pool is None:
            raise DatabaseUnavailable("The database is not open.")
        try:
            connection = await pool.acquire(timeout=30)
        except (TimeoutError, *CONNECTION_ERRORS) as error:
            raise unavailable(error) from None
        try:
            yield connection
        finally:
            with anyio.CancelScope(shield=True):
                await pool.release(connection, timeout=10)

    async def get_new_connection(self) -> Any:
        """Refuse connections beside the pool: each would cost forty times a query."""
        raise DatabaseUnavailable("The database is not open.")


ENGINE = ServiceEngine()
