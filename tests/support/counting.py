"""Counts the statements that reach the database, to hold pages to a fixed number."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from asyncpg.connection import Connection


@dataclass
class Counted:
    """How many statements with rows or parameters were run."""

    statements: int = 0


@contextmanager
def counted_statements() -> Iterator[Counted]:
    """Count in the block, on every connection of this process; BEGIN and COMMIT are left out."""
    found = Counted()
    original = Connection._execute

    async def counting(self: Any, *args: Any, **options: Any) -> Any:
        found.statements += 1
        return await original(self, *args, **options)

    Connection._execute = counting
    try:
        yield found
    finally:
        Connection._execute = original
