"""What workers say on the way ('on my way', 'arrived'), for their day and the lone-worker check."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from service.database.sql import fetch_all
from service.encounters.states import MarkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something said of a visit (id) by a worker (id)."""

    visit: int
    worker: int
    kind: MarkKind
    at: datetime


async def marks_of_visits(visits: Sequence[int]) -> Mapping[int, tuple[Mark, ...]]:
    """All that was said of visits, by visit, oldest first."""
    found: dict[int, list[Mark]] = {visit: [] for visit in visits}
    for mark in await fetch_all(_MARKS, list(visits), into=Mark):
        found[mark.visit].append(mark)
    return {visit: tuple(marks) for visit, marks in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """A worker who arrived at a visit that has no outcome yet; ids of rows.

    `ends_at`: the published end, for the worker's own stop.
    """

    visit: int
    worker: int
    team: int
    tenant: int
    arrived_at: datetime
    ends_at: datetime


async def workers_inside(*, since: datetime) -> tuple[Inside, ...]:
    """Who arrived somewhere after `since` and has not said how it went, in order of arrival."""
    return tuple(await fetch_all(_INSIDE, since, into=Inside))


_MARKS = "select visit, worker, kind, at from visit_marks where visit = any($1::int[]) order by at"

_INSIDE = """
select m.visit, m.worker, r.team, v.tenant, m.at as arrived_at, s.ends_at
from visit_marks m
join visits v on v.id = m.visit
join rosters r on r.id = v.roster
join published_visits p on p.visit = v.id
join published_stops s on s.published_visit = p.id and s.worker = m.worker
    and s.state = 'confirmed'
where m.kind = 'arrived' and m.at >= $1
    and not exists (select from encounters e where e.visit = m.visit)
order by m.at, m.visit, m.worker
"""
