"""Reports a worker's absence as it begins: a call in the morning, and they are away from now on."""

from datetime import datetime

from service.database.sql import fetch_one, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.errors import Invalid, NotFound
from service.teams.states import AbsenceKind


async def report_absence(
    uow: UnitOfWork,
    *,
    worker: str,
    starts_at: datetime,
    ends_at: datetime,
    kind: AbsenceKind = AbsenceKind.UNPLANNED,
) -> int:
    """Write down that a worker (code) is away, inside a unit of work; returns the absence's id.

    One that overlaps what is known already is joined with it: it never makes an absence shorter.
    Access is the caller's to ask. Raises `Invalid` for an end that is not after the start.
    """
    assert not uow.finished, "an absence is written inside a unit of work"
    if ends_at <= starts_at:
        raise Invalid({"last": "a day that is not before the first"})
    row = await fetch_one("select id from workers where code = $1 for update", worker)
    if row is None:
        raise NotFound
    known: int | None = await fetch_value(_EXTENDED, row["id"], starts_at, ends_at)
    if known is not None:
        return known
    made: int = await fetch_value(
        "insert into absences (worker, starts_at, ends_at, kind) values ($1, $2, $3, $4)"
        " returning id",
        row["id"],
        starts_at,
        ends_at,
        kind.value,
    )
    return made


_EXTENDED = """
update absences set starts_at = least(starts_at, $2), ends_at = greatest(ends_at, $3)
where id = (
    select id from absences where worker = $1 and starts_at <= $2 and ends_at >= $2
    order by ends_at desc limit 1
)
returning id
"""
