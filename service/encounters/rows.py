"""Rows behind recording: the visit that is spoken of, the encounter as it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import msgspec

from service.access.policy import OPENS_DAYS_AHEAD, TenantFacts
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.encounters.states import EncounterKind, Outcome, Reason, Supply
from service.people.states import StayKind
from service.rounds.states import Priority, VisitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRow:
    """A visit that was published, or has its place in a draft; `workers` are ids in seat order."""

    id: int
    team: int
    tenant: int
    kind: VisitKind
    priority: Priority
    starts_at: datetime
    minutes: int
    place_kind: StayKind | None
    workers: tuple[int, ...]
    arrived_at: datetime | None

    @property
    def facts(self) -> TenantFacts:
        """What access hangs on: whoever is of the visit's team, also after the tenant left it."""
        return TenantFacts(frozenset({self.team}))


class EncounterRow(msgspec.Struct, frozen=True, kw_only=True):
    """An encounter; `workers` are ids."""

    id: int
    tenant: int
    team: int
    visit: int | None
    kind: EncounterKind
    outcome: Outcome
    starts_at: datetime
    minutes: int
    place_kind: StayKind | None
    reasons: tuple[Reason, ...]
    recorded_at: datetime
    recorded_by: int | None
    late: bool
    version: int
    workers: tuple[int, ...]
    supplies: dict[Supply, int]


async def visit_row(visit: int, *, lock: bool = False) -> VisitRow | None:
    """The visit, held against a second recording until the unit of work ends."""
    if lock:
        await execute("select from visits where id = $1 for update", visit)
    return await fetch_one(_VISIT, visit, into=VisitRow)


async def encounter_row(encounter: int, *, lock: bool = False) -> EncounterRow | None:
    """The encounter by id."""
    if lock:
        await execute("select from encounters where id = $1 for update", encounter)
    return await _one("e.id = $1", encounter)


async def encounter_of_visit(visit: int) -> EncounterRow | None:
    """What was recorded of a planned visit."""
    return await _one("e.visit = $1", visit)


async def encounter_of_client(client_id: UUID) -> EncounterRow | None:
    """What a browser has sent before."""
    return await _one("e.client_id = $1", client_id)


async def _one(condition: str, value: object) -> EncounterRow | None:
    row = await fetch_one(_ENCOUNTER.format(condition=condition), value)
    if row is None:
        return None
    supplies = dict(zip(row.pop("supply_kinds"), row.pop("supply_pieces"), strict=True))
    return msgspec.convert({**row, "supplies": supplies}, EncounterRow)


async def tenant_facts(code: str, *, today: date) -> tuple[int, TenantFacts] | None:
    """A tenant's id and the teams whose caseload holds the tenant."""
    row = await fetch_one(_TENANT, code, today, OPENS_DAYS_AHEAD)
    return None if row is None else (row["id"], TenantFacts(frozenset(row["teams"])))


async def place_kind_on(tenant: int, day: date) -> StayKind | None:
    """Where the tenant could be visited on a day: the stay that began last."""
    found: str | None = await fetch_value(_STAY_KIND, tenant, day)
    return None if found is None else StayKind(found)


async def worker_ids(codes: Sequence[str], *, team: int) -> list[int]:
    """Ids of a team's workers, of those codes that are known there."""
    rows = await fetch_all(
        "select w.id from workers w where w.code = any($1::text[]) and exists ("
        " select from team_memberships m where m.worker = w.id and m.team = $2) order by w.code",
        list(codes),
        team,
    )
    return [row["id"] for row in rows]


async def write_supplies(encounter: int, supplies: Mapping[Supply, int]) -> None:
    """Say what was handed out, instead of what was said before."""
    await execute("delete from encounter_supplies where encounter = $1", encounter)
    for kind, pieces in sorted(supplies.items()):
        if pieces:
            await execute(
                "insert into encounter_supplies (encounter, kind, pieces) values ($1, $2, $3)",
                encounter,
                kind,
                pieces,
            )


_VISIT = """
select v.id, r.team, v.tenant, v.kind, v.priority, v.minutes,
    coalesce(p.starts_at, v.starts_at) as starts_at,
    (
        select y.kind from stays y
        where y.tenant = v.tenant and y.place = coalesce(p.place, v.place)
            and y.starts_on
                <= (coalesce(p.starts_at, v.starts_at) at time zone 'Europe/Brussels')::date
        order by y.starts_on desc, y.id desc limit 1
    ) as place_kind,
    case when p.id is null then array(
        select x.worker from visit_workers x where x.visit = v.id order by x.seat
    ) else array(
        select s.worker from published_stops s
        where s.published_visit = p.id and s.state = 'confirmed' order by s.seat
    ) end as workers,
    (
        select min(m.at) from visit_marks m where m.visit = v.id and m.kind = 'arrived'
    ) as arrived_at
from visits v join rosters r on r.id = v.roster left join published_visits p on p.visit = v.id
where v.id = $1 and coalesce(p.starts_at, v.starts_at) is not null
"""

_ENCOUNTER = """
select e.id, e.tenant, e.team, e.visit, e.kind, e.outcome, e.starts_at, e.minutes, e.place_kind,
    e.reasons, e.recorded_at, e.recorded_by, e.late, e.version,
    array(
        select x.worker from encounter_workers x where x.encounter = e.id order by x.worker
    ) as workers,
    array(
        select s.kind from encounter_supplies s where s.encounter = e.id order by s.kind
    ) as supply_kinds,
    array(
        select s.pieces from encounter_supplies s where s.encounter = e.id order by s.kind
    ) as supply_pieces
from encounters e where {condition}
"""

_TENANT = """
select t.id, array(
    select distinct a.team from assignments a
    where a.tenant = t.id and a.starts_on <= $2::date + $3::int and coalesce(a.ends_on > $2, true)
) as teams
from tenants t where t.code = $1
"""

_STAY_KIND = """
select kind from stays where tenant = $1 and starts_on <= $2 and coalesce(ends_on > $2, true)
order by starts_on desc, id desc limit 1
"""
