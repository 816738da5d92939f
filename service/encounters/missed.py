"""Planned visits that did not come to a meeting and were not made good: what is asked again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scheduling.weeks import to_instant
from service.database.sql import fetch_all
from service.encounters.states import FACE_TO_FACE, MISSED, DayPart, Outcome
from service.rounds.states import Priority, VisitKind

WEEKS_BACK = 1
"""A missed *must* is offered until the end of the week after its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedVisit:
    """A planned visit (id of its row) that was missed at `at`, in the week of `week`.

    `part` and `call_first`: how the worker would try again.
    """

    visit: int
    tenant: int
    week: date
    at: datetime
    outcome: Outcome
    kind: VisitKind
    priority: Priority
    series: int | None
    minutes: int
    workers_needed: int
    part: DayPart | None = None
    call_first: bool = False


def is_missed(outcome: Outcome, priority: Priority) -> bool:
    """Whether a planned visit with this outcome is asked again: a refused *must* is offered once
    more, any other refusal is the tenant's choice."""
    return outcome in MISSED or (outcome is Outcome.REFUSED and priority is Priority.MUST)


async def missed_visits(
    tenants: Sequence[int], *, monday: date, before: datetime
) -> Mapping[int, tuple[MissedVisit, ...]]:
    """What is still owed to each tenant (ids): missed in the week or in the one before it.

    Made good by a later visit that was asked for it, or by any meeting that nobody had planned.
    """
    first = monday - timedelta(weeks=WEEKS_BACK)
    end = min(before, to_instant(monday, day=7, minute=0))
    found: dict[int, list[MissedVisit]] = defaultdict(list)
    rows = await fetch_all(
        _MISSED, list(tenants), first, monday, end, sorted(FACE_TO_FACE), into=MissedVisit
    )
    for row in rows:
        if is_missed(row.outcome, row.priority):
            found[row.tenant].append(row)
    return {tenant: tuple(visits) for tenant, visits in found.items()}


_MISSED = """
select v.id as visit, v.tenant, r.week, e.starts_at as at, e.outcome, v.kind, v.priority, v.series,
    v.minutes, v.workers_needed, w.part, coalesce(w.call_first, false) as call_first
from encounters e
join visits v on v.id = e.visit
join rosters r on r.id = v.roster
left join retry_wishes w on w.visit = v.id
where e.tenant = any($1::int[]) and r.week between $2 and $3 and e.starts_at < $4
    and v.appointment is null and v.kind <> 'group' and e.outcome <> all($5::text[])
    and not exists (
        select from encounters l
        where l.tenant = e.tenant and l.starts_at > e.starts_at and l.visit is null
            and l.outcome = any($5::text[]) and l.kind in ('home_visit', 'accompaniment')
    )
    and not exists (
        select from visits a join encounters l on l.visit = a.id
        where a.tenant = v.tenant and a.need like '%:again:%'
            and split_part(a.need, ':', -1) = v.id::text
    )
order by e.starts_at, v.id
"""
