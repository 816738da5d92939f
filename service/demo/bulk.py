"""Bulk writing: ids drawn from a table's own sequence, rows sent in one COPY."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from service.database.unit_of_work import UnitOfWork
from service.demo.model import Window

Key = TypeVar("Key", bound=Hashable)
Row = Mapping[str, Any]
"""A row's values by column."""


@dataclass(slots=True)
class BulkWriter:
    """Writes rows of whole tables inside a unit of work and counts them."""

    uow: UnitOfWork
    written: dict[str, int] = field(default_factory=dict)

    async def insert(self, table: str, rows: Sequence[Row]) -> list[int]:
        """Write rows of a table and return their ids in order; all rows have the same columns."""
        if not rows:
            return []
        drawn = await self.uow.connection.fetch(
            "select nextval(pg_get_serial_sequence($1, 'id')) as id from generate_series(1, $2)",
            table,
            len(rows),
        )
        ids = [int(row["id"]) for row in drawn]
        columns = list(rows[0])
        await self.uow.connection.copy_records_to_table(
            table,
            records=[
                (made, *(row[name] for name in columns))
                for made, row in zip(ids, rows, strict=True)
            ],
            columns=["id", *columns],
        )
        self.written[table] = self.written.get(table, 0) + len(rows)
        return ids

    async def insert_keyed(self, table: str, rows: Mapping[Key, Row]) -> dict[Key, int]:
        """Write rows that have keys and return the id of each key."""
        return dict(zip(rows, await self.insert(table, list(rows.values())), strict=True))


def windows_json(windows: Sequence[Window]) -> str:
    """Weekly windows as the tables' JSON has them."""
    return msgspec.json.encode(
        [
            {"weekday": weekday, "from_minute": start, "to_minute": end}
            for weekday, start, end in windows
        ]
    ).decode()
