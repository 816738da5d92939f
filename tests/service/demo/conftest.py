"""One filled demonstration for the tests that read it with plain SQL."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import anyio
import psycopg
import pytest

from service import clock
from service.database.opening import opened_pool
from service.demo.actions import fill
from tests.support.database import Server

TODAY = date(2026, 11, 22)
YEAR = 2025


class Sql:
    """Plain SQL on the filled database; `%(...)s` parameters, the year's ends given."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def rows(self, statement: str, **params: Any) -> list[tuple[Any, ...]]:
        known = {
            "first": date(YEAR, 1, 1),
            "last": date(YEAR, 12, 31),
            "after": date(YEAR + 1, 1, 1),
            "today": TODAY,
        }
        return self._connection.execute(statement, known | params).fetchall()

    def value(self, statement: str, **params: Any) -> Any:
        return self.rows(statement, **params)[0][0]

    def counts(self, statement: str, **params: Any) -> dict[Any, int]:
        return dict(self.rows(statement, **params))


@pytest.fixture(scope="session")
def demo(server: Server) -> Iterator[Sql]:
    """The demonstration of seed 1 as of 22 November 2026, committed in a database of its own."""
    addresses = server.cloned_database(f"{server.own_name}_demonstration")
    anyio.run(_fill, addresses.app)
    with psycopg.connect(addresses.owner, autocommit=True) as connection:
        yield Sql(connection)


async def _fill(url: str) -> None:
    at = datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)
    async with opened_pool(url, most_connections=2):
        with clock.stopped(at):
            await fill(seed=1)
