"""What the pages say of one visit or one encounter, by code; and what it said before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from service import clock
from service.access.policy import TenantFacts
from service.database.sql import fetch_all, fetch_one
from service.encounters.states import DayPart, EncounterKind, Outcome, Reason, Supply
from service.rounds.states import Priority, VisitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitAbout:
    """A planned visit: `encounter` is the id of what was recorded of it."""

    visit: int
    team: int
    tenant: str
    kind: VisitKind
    starts_at: datetime
    ends_at: datetime
    encounter: int | None

    @property
    def facts(self) -> TenantFacts:
        """What access hangs on."""
        return TenantFacts(frozenset({self.team}))


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterAbout:
    """An encounter with all that its page shows; workers are first names, `by` who recorded it.

    `priority` is the planned visit's, None without one. `waits`: a stand-in for it waits, or has
    its place in the week. `away`: a stay in hospital or prison that holds now.
    """

    id: int
    tenant: str
    phone: str
    visit: int | None
    kind: EncounterKind
    outcome: Outcome
    starts_at: datetime
    minutes: int
    reasons: tuple[Reason, ...]
    recorded_at: datetime
    late: bool
    version: int
    workers: tuple[str, ...]
    by: str
    priority: Priority | None
    waits: bool
    part: DayPart | None
    call_first: bool
    wished: bool
    away: bool
    supplies: Mapping[Supply, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What an encounter said before it was corrected, when and by whom."""

    outcome: Outcome
    minutes: int
    corrected_at: datetime
    by: str


async def visit_about(visit: int) -> VisitAbout | None:
    """A visit that has, or had, a time."""
    return await fetch_one(_VISIT, visit, into=VisitAbout)


async def encounter_about(encounter: int) -> EncounterAbout | None:
    """An encounter by id."""
    row = await fetch_one(_ENCOUNTER, encounter, clock.today())
    if row is None:
        return None
    supplies = msgspec.json.decode(row.pop("supplies"))
    return msgspec.convert({**row, "supplies": supplies}, EncounterAbout)


async def earlier(encounter: int) -> tuple[Earlier, ...]:
    """What it said before, latest first."""
    rows: list[dict[str, Any]] = await fetch_all(_EARLIER, encounter)
    return tuple(msgspec.convert(row, Earlier) for row in rows)


_VISIT = """
select v.id as visit, r.team, t.code as tenant, v.kind,
    coalesce(p.starts_at, v.starts_at) as starts_at, coalesce(p.ends_at, v.ends_at) as ends_at,
    e.id as encounter
from visits v join rosters r on r.id = v.roster join tenants t on t.id = v.tenant
left join published_visits p on p.visit = v.id
left join encounters e on e.visit = v.id
where v.id = $1 and coalesce(p.starts_at, v.starts_at) is not null
"""

_ENCOUNTER = """
select e.id, t.code as tenant, t.phone, e.visit, e.kind, e.outcome, e.starts_at, e.minutes,
    e.reasons, e.recorded_at, e.late, e.version, v.priority,
    array(
        select w.first_name from encounter_workers x join workers w on w.id = x.worker
        where x.encounter = e.id order by w.code
    ) as workers,
    coalesce(b.first_name, '') as by,
    exists (
        select from visits a where a.tenant = e.tenant and split_part(a.need, ':', 2) = 'again'
            and split_part(a.need, ':', -1) = e.visit::text and a.state <> 'cancelled'
    ) as waits,
    r.part, coalesce(r.call_first, false) as call_first, r.id is not null as wished,
    exists (
        select from stays s where s.tenant = e.tenant and s.starts_on <= $2::date
            and coalesce(s.ends_on > $2::date, true)
            and s.kind = case e.outcome when 'in_prison' then 'prison' else 'hospital' end
    ) as away,
    coalesce((
        select jsonb_object_agg(s.kind, s.pieces) from encounter_supplies s where s.encounter = e.id
    ), '{}') as supplies
from encounters e join tenants t on t.id = e.tenant
left join visits v on v.id = e.visit
left join retry_wishes r on r.visit = e.visit
left join accounts c on c.id = e.recorded_by left join workers b on b.id = c.worker
where e.id = $1
"""

_EARLIER = """
select c.before->>'outcome' as outcome, (c.before->>'minutes')::int as minutes, c.corrected_at,
    coalesce(w.first_name, '') as by
from encounter_corrections c
left join accounts a on a.id = c.corrected_by left join workers w on w.id = a.worker
where c.encounter = $1 order by c.version desc
"""
