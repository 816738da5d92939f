"""Readings for a team's week: its caseload with agreements, stays, series and appointments."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import msgspec

from scheduling.weeks import to_instant
from service.database.sql import fetch_all
from service.people.buildings import SAME_BUILDING
from service.people.facts import (
    AgreementFacts,
    AppointmentFacts,
    Exclusions,
    SeriesFacts,
    StayFacts,
    TenantFacts,
    WeekdayWindow,
)
from service.teams.hours import Span

Rows = Mapping[int, Sequence[dict[str, Any]]]


async def caseload_in_week(
    team: int, monday: date, *, weeks: int = 1, only: int | None = None
) -> tuple[TenantFacts, ...]:
    """The tenants supported by the team on a day of the week, by code, in eight queries.

    `weeks` from that Monday on; `only` one tenant (id).
    """
    first, last = monday, monday + timedelta(weeks=weeks)
    people = await fetch_all(_CASELOAD, team, first, last, only)
    ids = [row["id"] for row in people]
    agreements = await _grouped(_AGREEMENTS, ids, first, last)
    agreement_ids = [row["id"] for rows in agreements.values() for row in rows]
    pauses = await _grouped(_PAUSES, agreement_ids)
    wishes = await _grouped(_WISHES, agreement_ids)
    stays = await _grouped(_STAYS, ids, first, last)
    series = await _grouped(_SERIES, ids, first, last)
    bounds = to_instant(first, day=0, minute=0), to_instant(last, day=0, minute=0)
    appointments = await _grouped(_APPOINTMENTS, ids, *bounds)
    return tuple(
        TenantFacts(
            id=row["id"],
            code=row["code"],
            support=Span(row["support_from"], row["support_to"]),
            languages=tuple(row["languages"]),
            primary=row["primary_worker"],
            backup=row["backup_worker"],
            flagged=row["flagged"],
            agreements=tuple(
                _agreement(a, pauses.get(a["id"], ()), wishes.get(a["id"], ()))
                for a in agreements.get(row["id"], ())
            ),
            stays=tuple(_stay(s) for s in stays.get(row["id"], ())),
            series=tuple(_series(s) for s in series.get(row["id"], ())),
            appointments=tuple(
                msgspec.convert(a, AppointmentFacts) for a in appointments.get(row["id"], ())
            ),
        )
        for row in people
    )


async def exclusions_in_week(monday: date) -> Exclusions:
    """Every exclusion in force on a day of the week: one that begins on Friday holds on Monday
    too, since a plan that would need it lifted is not worth the risk."""
    rows = await fetch_all(_EXCLUSIONS, monday, monday + timedelta(days=7))
    return Exclusions(
        worker_tenant=frozenset(_pairs(rows, "worker", "tenant")),
        worker_place=frozenset(_pairs(rows, "worker", "place")),
        worker_area=frozenset(_pairs(rows, "worker", "municipality")),
        tenant_area=frozenset(_pairs(rows, "tenant", "municipality")),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """A place's position and municipality, nothing that names it."""

    id: int
    lat: float
    lon: float
    refnis: str


async def places_by_id(ids: Iterable[int]) -> dict[int, PlaceFacts]:
    """Positions of places."""
    rows = await fetch_all(
        "select id, lat, lon, municipality as refnis from places where id = any($1::int[])",
        sorted(set(ids)),
        into=PlaceFacts,
    )
    return {row.id: row for row in rows}


_CASELOAD = """
select distinct on (t.code) t.id, t.code, t.languages,
    greatest(a.starts_on, t.accepted_on) as support_from,
    least(a.ends_on, t.ended_on) as support_to,
    p.code as primary_worker, b.code as backup_worker,
    exists (
        select from safety_flags f where f.tenant = t.id and f.raised_on < $3
            and (f.lifted_on is null or f.lifted_on > $2)
    ) as flagged
from assignments a join tenants t on t.id = a.tenant
left join workers p on p.id = a.primary_worker
left join workers b on b.id = a.backup_worker
where a.team = $1 and a.starts_on < $3 and coalesce(a.ends_on > $2, true)
    and t.accepted_on < $3 and coalesce(t.ended_on > $2, true)
    and ($4::int is null or t.id = $4)
order by t.code, a.starts_on desc
"""

_AGREEMENTS = """
select tenant as owner, id, preset, starts_on, ends_on, contacts, period_days, longest_gap_days,
    minutes, workers_needed, disciplines, windows, gender_wish, gender_wish_hard,
    distinct_workers, most_workers
from agreements where tenant = any($1::int[]) and starts_on < $3
    and coalesce(ends_on > $2, true) order by tenant, starts_on
"""

_PAUSES = """
select agreement as owner, starts_on, ends_on from agreement_pauses
where agreement = any($1::int[]) order by agreement, starts_on
"""

_WISHES = """
select x.agreement as owner, w.code, x.wish from worker_wishes x join workers w on w.id = x.worker
where x.agreement = any($1::int[]) order by x.agreement, w.code
"""

_STAYS = """
select tenant as owner, id, kind, place, starts_on, ends_on, visiting_windows as windows, dogs
from stays where tenant = any($1::int[]) and starts_on < $3 and coalesce(ends_on > $2, true)
order by tenant, starts_on, id
"""

_SERIES = """
select tenant as owner, id, kind, starts_on, ends_on, minutes, weekdays, interval_days,
    tolerance_days, anchor_on, discipline, workers_needed, from_minute, to_minute
from series where tenant = any($1::int[]) and starts_on < $3 and coalesce(ends_on > $2, true)
order by tenant, id
"""

_APPOINTMENTS = """
select tenant as owner, id, place, pick_up, end_place, starts_at, minutes, workers_needed,
    discipline,
    array(
        select r.code from appointment_resources x join resources r on r.id = x.resource
        where x.appointment = appointments.id order by r.code
    ) as resources
from appointments where tenant = any($1::int[]) and state = 'planned' and starts_at >= $2
    and starts_at < $3 order by tenant, starts_at, id
"""

_EXCLUSIONS = f"""
select w.code as worker, e.tenant, coalesce(a.id, e.place) as place, e.municipality
from exclusions e left join workers w on w.id = e.worker
left join places b on b.id = e.place left join places a on {SAME_BUILDING}
where e.starts_on < $2 and coalesce(e.ends_on > $1, true)
"""  # noqa: S608 built of constants


async def _grouped(sql: str, ids: Sequence[int], *params: object) -> Rows:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in await fetch_all(sql, ids, *params):
        found[row["owner"]].append(row)
    return found


def _pairs(rows: Iterable[dict[str, Any]], left: str, right: str) -> Iterable[tuple[Any, Any]]:
    return ((r[left], r[right]) for r in rows if r[left] is not None and r[right] is not None)


def _span(row: dict[str, Any]) -> Span:
    return Span(row["starts_on"], row["ends_on"])


def _windows(stored: str) -> tuple[WeekdayWindow, ...]:
    return msgspec.json.decode(stored, type=tuple[WeekdayWindow, ...])


def _stay(row: dict[str, Any]) -> StayFacts:
    changes = {"span": _span(row), "windows": _windows(row["windows"])}
    return msgspec.convert(row | changes, StayFacts)


def _series(row: dict[str, Any]) -> SeriesFacts:
    return msgspec.convert(row | {"span": _span(row)}, SeriesFacts)


def _agreement(
    row: dict[str, Any], pauses: Sequence[dict[str, Any]], wishes: Sequence[dict[str, Any]]
) -> AgreementFacts:
    changes = {
        "span": _span(row),
        "windows": _windows(row["windows"]),
        "pauses": tuple(_span(pause) for pause in pauses),
        "wanted": tuple(w["code"] for w in wishes if w["wish"] == "wanted"),
        "unwanted": tuple(w["code"] for w in wishes if w["wish"] == "unwanted"),
    }
    return msgspec.convert(row | changes, AgreementFacts)
