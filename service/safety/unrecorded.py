"""Reads visits that are over and of which nobody has said how they went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from service.database.sql import fetch_all

LOOK_BACK = timedelta(days=28)
"""As far as a worker's own list of what is unrecorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnrecordedVisit:
    """A published visit to a tenant (id) that is over and has no outcome; `workers` are codes."""

    visit: int
    tenant: int
    starts_at: datetime
    workers: tuple[str, ...]


async def unrecorded_visits(
    tenants: Sequence[int], *, now: datetime
) -> tuple[UnrecordedVisit, ...]:
    """The visits of some tenants (ids) in the last four weeks that await their record, by time."""
    rows = await fetch_all(_UNRECORDED, list(tenants), now - LOOK_BACK, now)
    return tuple(UnrecordedVisit(**{**row, "workers": tuple(row["workers"])}) for row in rows)


_UNRECORDED = """
select v.id as visit, v.tenant, p.starts_at, array(
        select w.code from published_stops s join workers w on w.id = s.worker
        where s.published_visit = p.id and s.state = 'confirmed' order by s.seat
    ) as workers
from published_visits p join visits v on v.id = p.visit
where v.tenant = any($1::int[]) and p.state = 'confirmed'
    and p.starts_at >= $2 and p.ends_at <= $3
    and not exists (select from encounters e where e.visit = v.id)
order by p.starts_at, v.id
"""
