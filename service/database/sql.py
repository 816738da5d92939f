"""Parametrised SQL: rows as dicts or as dataclasses, inside or outside a unit of work.

Parameters are `$1`, `$2`, ... as PostgreSQL writes them; braces need no care. JSON columns
arrive as text: decode them with msgspec. Inside a unit of work the statement runs on its
connection, outside on one of the pool.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypeVar, overload

import asyncpg
import msgspec

from service.database.engine import ENGINE, Connection
from service.database.refusals import refused
from service.database.unit_of_work import current_unit_of_work

T = TypeVar("T")


@overload
async def fetch_all(sql: str, *params: object) -> list[dict[str, Any]]: ...
@overload
async def fetch_all(sql: str, *params: object, into: type[T]) -> list[T]: ...
async def fetch_all(sql: str, *params: object, into: type[Any] | None = None) -> list[Any]:
    """Return all rows, as dicts or converted into a dataclass or struct by column name."""
    async with _connection() as connection:
        rows = await connection.fetch(sql, *params)
    return [_converted(row, into) for row in rows]


@overload
async def fetch_one(sql: str, *params: object) -> dict[str, Any] | None: ...
@overload
async def fetch_one(sql: str, *params: object, into: type[T]) -> T | None: ...
async def fetch_one(sql: str, *params: object, into: type[Any] | None = None) -> Any:
    """Return the first row, or None."""
    async with _connection() as connection:
        row = await connection.fetchrow(sql, *params)
    return None if row is None else _converted(row, into)


async def fetch_value(sql: str, *params: object) -> Any:
    """Return the first column of the first row, or None."""
    async with _connection() as connection:
        return await connection.fetchval(sql, *params)


async def execute(sql: str, *params: object) -> int:
    """Run a statement and return how many rows it touched (0 where that means nothing)."""
    async with _connection() as connection:
        status = await connection.execute(sql, *params)
    count = status.rpartition(" ")[2]
    return int(count) if count.isdigit() else 0


def _converted(row: asyncpg.Record, into: type[Any] | None) -> Any:
    values = dict(row)
    return values if into is None else msgspec.convert(values, into)


@asynccontextmanager
async def _connection() -> AsyncIterator[Connection]:
    """Yield the unit of work's connection, or one of the pool, and name what is refused."""
    uow = current_unit_of_work()
    try:
        if uow is not None:
            yield uow.connection
        else:
            async with ENGINE.acquired() as connection:
                yield connection
    except asyncpg.IntegrityConstraintViolationError as error:
        raise refused(error) from None
