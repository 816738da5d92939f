"""Writes the audit trail: in the same unit of work as what it records, append-only."""

from collections.abc import Mapping

import msgspec

from service import clock
from service.access.policy import Viewer
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
