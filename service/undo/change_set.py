"""Rows changed one by one inside a unit of work, each kept as it was before and after."""

from typing import Any

import msgspec

from service.database.sql import execute, fetch_value
from service.undo.states import VERSIONED, Editable


class RowChange(msgspec.Struct, frozen=True, kw_only=True):
    """One row before and after, as JSON by column; None where there was or is none."""

    table: Editable
    row: int
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class ChangeSet:
    """What one edit does to rows: the tables are a closed list, the columns come from code."""

    def __init__(self) -> None:
        self.changes: list[RowChange] = []

    async def insert(self, table: Editable, **values: object) -> int:
        """Add a row and return its id."""
        names = ", ".join(values)
        marks = ", ".join(f"${number}" for number in range(1, len(values) + 1))
        sql = f"insert into {table} ({names}) values ({marks}) returning id"  # noqa: S608
        made: int = await fetch_value(sql, *values.values())
        self._note(table, made, before=None, after=await row_image(table, made))
        return made

    async def change(self, table: Editable, row: int, **values: object) -> None:
        """Set columns of a row."""
        before = await row_image(table, row)
        assigned = ", ".join(f"{name} = ${n}" for n, name in enumerate(values, start=2))
        await execute(
            f"update {table} set {assigned}{_raised(table)} where id = $1",  # noqa: S608
            row,
            *values.values(),
        )
        self._note(table, row, before=before, after=await row_image(table, row))

    async def remove(self, table: Editable, row: int) -> None:
        """Take a row away; what hangs on it must be removed first, to be remembered."""
        before = await row_image(table, row)
        await execute(f"delete from {table} where id = $1", row)  # noqa: S608
        self._note(table, row, before=before, after=None)

    def _note(
        self,
        table: Editable,
        row: int,
        *,
        before: dict[str, Any] | None,
        after: dict[str, Any] | None,
    ) -> None:
        self.changes.append(RowChange(table=table, row=row, before=before, after=after))


async def row_image(table: Editable, row: int) -> dict[str, Any] | None:
    """A row as JSON by column, without the version that every change raises."""
    text = await fetch_value(f"select to_jsonb(t) from {table} t where id = $1", row)  # noqa: S608
    if text is None:
        return None
    image: dict[str, Any] = msgspec.json.decode(text)
    image.pop("version", None)
    return image


async def put_back(change: RowChange) -> bool:
    """Make one row as it was before; False where it is no longer as the change left it."""
    if await row_image(change.table, change.row) != change.after:
        return False
    if change.before is None:
        await execute(f"delete from {change.table} where id = $1", change.row)  # noqa: S608
        return True
    names = ", ".join(change.before)
    record = f"jsonb_populate_record(null::{change.table}, $1::jsonb)"
    image = msgspec.json.encode(change.before).decode()
    if change.after is None:
        await execute(
            f"insert into {change.table} ({names}) select {names} from {record}",  # noqa: S608
            image,
        )
    else:
        await execute(
            f"update {change.table} set ({names}) ="  # noqa: S608
            f" (select {names} from {record}){_raised(change.table)} where id = $2",
            image,
            change.row,
        )
    return True


def _raised(table: Editable) -> str:
    """What counts a change of a row that has a version of its own beside its subject's."""
    return ", version = version + 1" if table in VERSIONED else ""
