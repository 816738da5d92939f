"""Writes the audit trail: in the same unit of work as what it records, append-only."""

from collections.abc import Mapping
from datetime import datetime, time

import msgspec

from service import clock
from service.access.policy import Viewer
from service.database.sql import execute
from service.database.unit_of_work import UnitOfWork

Detail = str | int | bool | None


async def record(
    uow: UnitOfWork,
    viewer: Viewer | None,
    action: str,
    object_kind: str,
    object_id: str | int,
    detail: Mapping[str, Detail] | None = None,
) -> None:
    """Write who did what to which object; `viewer` is None for the service itself.

    `action` is a verb such as 'publish' or 'read'; ids and codes go in, never names or notes.
    """
    await uow.connection.execute(
        "insert into audit_entries (at, account_id, action, object_kind, object_id, detail)"
        " values ($1, $2, $3, $4, $5, $6)",
        clock.now(),
        viewer.account if viewer else None,
        action,
        object_kind,
        str(object_id),
        msgspec.json.encode(dict(detail or {})).decode(),
    )


async def record_reading(viewer: Viewer, object_kind: str, object_id: str | int) -> None:
    """Write that a viewer read an object: once a day for each of the two is enough.

    In the unit of work there is, else at once; two requests at the same instant may write twice.
    """
    today = datetime.combine(clock.today(), time(), clock.BRUSSELS)
    await execute(
        """
        insert into audit_entries (at, account_id, action, object_kind, object_id, detail)
        select $1, $2::int, 'read', $3::varchar, $4::varchar, '{}' where not exists (
            select from audit_entries where object_kind = $3 and object_id = $4
                and account_id = $2 and action = 'read' and at >= $5)
        """,
        clock.now(),
        viewer.account,
        object_kind,
        str(object_id),
        today,
    )
