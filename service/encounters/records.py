"""Encounters as flat records for programs; access is decided here, at the fetch."""

from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from service import clock
from service.access.policy import (
    OPENS_DAYS_AHEAD,
    Viewer,
    may_see_roster,
    roster_teams_filter,
)
from service.database.sql import fetch_all
from service.encounters.api_schemas import Encounter
from service.errors import NotFound

FAR = datetime.fromisoformat("2300-01-01T00:00:00+00:00")
MOST = 2_147_483_647


async def encounter_records(
    viewer: Viewer,
    *,
    tenant: str | None,
    first: date | None,
    last: date | None,
    before: tuple[datetime, int] | None,
    limit: int,
) -> tuple[Encounter, ...]:
    """Up to `limit` encounters with the tenants of the viewer's teams, whoever recorded them.

    Latest first, before an (instant, id). `first` and `last`: Brussels days, both included.
    """
    at, last_id = before or (FAR, MOST)
    rows = await fetch_all(
        _ENCOUNTERS,
        *_tenants_of(viewer),
        tenant,
        first,
        last,
        at,
        last_id,
        None,
        limit,
    )
    return tuple(_encounter(row) for row in rows)


async def encounter_record(viewer: Viewer, encounter: int) -> Encounter:
    """An encounter with a tenant of the viewer's teams, or that one of them recorded.

    Raises `NotFound`.
    """
    only = (None, None, None, FAR, MOST, encounter, 1)
    rows = await fetch_all(_ENCOUNTERS, *_tenants_of(viewer), *only)
    if not rows:
        rows = await fetch_all(_ENCOUNTERS, None, *_tenants_of(viewer)[1:], *only)
        if not rows or not may_see_roster(viewer, rows[0]["team_id"]):
            raise NotFound
    return _encounter(rows[0])


def _tenants_of(viewer: Viewer) -> tuple[list[int] | None, date, date]:
    """The teams whose tenants count (None: all), and the days between which they must be theirs."""
    allowed = roster_teams_filter(viewer)
    today = clock.today()
    opens = today + timedelta(days=OPENS_DAYS_AHEAD)
    return None if allowed is None else sorted(allowed), today, opens


def _encounter(row: dict[str, Any]) -> Encounter:
    supplies = dict(zip(row["supply_kinds"], row["supply_pieces"], strict=True))
    return msgspec.convert({**row, "supplies": supplies}, Encounter)


_ENCOUNTERS = """
select e.id, t.code as tenant, m.code as team, m.id as team_id, e.visit, e.kind, e.outcome,
    e.starts_at, e.minutes, e.place_kind, e.reasons, e.recorded_at, e.late, e.version,
    array(
        select w.code from encounter_workers x join workers w on w.id = x.worker
        where x.encounter = e.id order by w.code
    ) as workers,
    array(
        select s.kind from encounter_supplies s where s.encounter = e.id order by s.kind
    ) as supply_kinds,
    array(
        select s.pieces from encounter_supplies s where s.encounter = e.id order by s.kind
    ) as supply_pieces
from encounters e join tenants t on t.id = e.tenant join teams m on m.id = e.team
where ($1::int[] is null or exists (
        select from assignments a where a.tenant = e.tenant and a.team = any($1)
            and a.starts_on <= $3 and coalesce(a.ends_on > $2, true)))
    and ($4::text is null or t.code = $4)
    and ($5::date is null or (e.starts_at at time zone 'Europe/Brussels')::date >= $5)
    and ($6::date is null or (e.starts_at at time zone 'Europe/Brussels')::date <= $6)
    and (e.starts_at, e.id) < ($7, $8) and ($9::int is null or e.id = $9)
order by e.starts_at desc, e.id desc limit $10
"""
