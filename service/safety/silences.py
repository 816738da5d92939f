"""Reads what is known of tenants' contacts, for the judgement of `no_contact`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from service.database.sql import fetch_all
from service.encounters.queries import MET
from service.encounters.states import FACE_TO_FACE, EncounterKind, Outcome
from service.safety.no_contact import Attempt, Silence
from service.safety.unrecorded import unrecorded_visits
from service.teams.hours import Span

LOOK_BACK = timedelta(days=400)


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantSilence:
    """A tenant of a team; `alert`, its `alert_team` and `opened_at` are those of the open alert."""

    tenant: int
    code: str
    team: int
    primary: str | None
    silence: Silence
    alert: int | None
    alert_team: int | None
    opened_at: datetime | None


async def silences(
    on: date, *, now: datetime, tenants: Sequence[int] | None = None
) -> tuple[TenantSilence, ...]:
    """Every tenant in support on a day with a visiting team, or those given; three queries.

    Somebody in several teams stands once, with the team of the longest assignment.
    """
    given = None if tenants is None else list(tenants)
    rows = await fetch_all(_TENANTS, on, given)
    attempts: dict[int, list[Attempt]] = {row["id"]: [] for row in rows}
    for row in await fetch_all(_ATTEMPTS, list(attempts), now - LOOK_BACK, now):
        attempts[row["tenant"]].append(_attempt(row))
    unrecorded: dict[int, list[datetime]] = {row["id"]: [] for row in rows}
    for one in await unrecorded_visits(list(attempts), now=now):
        unrecorded[one.tenant].append(one.starts_at)
    return tuple(
        TenantSilence(
            tenant=row["id"],
            code=row["code"],
            team=row["team"],
            primary=row["primary_code"],
            alert=row["alert"],
            alert_team=row["alert_team"],
            opened_at=row["opened_at"],
            silence=_silence(row, tuple(attempts[row["id"]]), tuple(unrecorded[row["id"]])),
        )
        for row in rows
    )


def _attempt(row: dict[str, Any]) -> Attempt:
    kind, outcome = EncounterKind(row["kind"]), Outcome(row["outcome"])
    return Attempt(
        at=row["starts_at"],
        kind=kind,
        outcome=outcome,
        contact=outcome in FACE_TO_FACE and (kind in MET or row["counts_phone"]),
        recorded_at=row["recorded_at"],
    )


def _silence(
    row: dict[str, Any], attempts: tuple[Attempt, ...], unrecorded: tuple[datetime, ...]
) -> Silence:
    pauses = zip(row["pause_from"], row["pause_to"], strict=True)
    return Silence(
        since=row["since"],
        longest_gap=row["longest_gap_days"],
        attempts=attempts,
        pauses=tuple(Span(starts, ends) for starts, ends in pauses),
        released_on=row["released_on"],
        inside=row["inside"],
        risks=tuple(row["risks"]),
        closed_at=row["closed_at"],
        unrecorded=unrecorded,
    )


_TENANTS = """
select distinct on (t.id) t.id, t.code, x.team, w.code as primary_code, a.longest_gap_days,
    greatest(t.accepted_on, coalesce(a.starts_on, t.accepted_on)) as since,
    array(
        select p.starts_on from agreement_pauses p where p.agreement = a.id order by p.id
    ) as pause_from,
    array(
        select p.ends_on from agreement_pauses p where p.agreement = a.id order by p.id
    ) as pause_to,
    (
        select max(s.ends_on) from stays s
        where s.tenant = t.id and s.kind in ('hospital', 'prison') and s.ends_on <= $1
    ) as released_on,
    exists (
        select from stays s where s.tenant = t.id and s.kind in ('hospital', 'prison')
            and s.starts_on <= $1 and coalesce(s.ends_on > $1, true)
    ) as inside,
    array(select r.happened_on from risk_events r where r.tenant = t.id) as risks,
    (
        select max(c.closed_at) from contact_alerts c
        where c.tenant = t.id and c.end_kind not in ('contact', 'sign_of_life')
    ) as closed_at,
    o.id as alert, o.team as alert_team, o.opened_at
from tenants t
join assignments x on x.tenant = t.id and x.starts_on <= $1 and coalesce(x.ends_on > $1, true)
join teams m on m.id = x.team and m.active and m.kind in ('act', 'icm', 'mobile')
left join workers w on w.id = x.primary_worker and role_holds(w.id, x.team, $1)
left join agreements a on a.tenant = t.id and a.starts_on <= $1 and coalesce(a.ends_on > $1, true)
left join contact_alerts o on o.tenant = t.id and o.closed_at is null
where t.accepted_on <= $1 and coalesce(t.ended_on > $1, true)
    and ($2::int[] is null or t.id = any($2))
order by t.id, x.starts_on, x.team
"""

_ATTEMPTS = """
select e.tenant, e.kind, e.outcome, e.starts_at, e.recorded_at, exists (
        select from agreements c where c.tenant = e.tenant and c.counts_phone
            and c.starts_on <= (e.starts_at at time zone 'Europe/Brussels')::date
            and coalesce(c.ends_on > (e.starts_at at time zone 'Europe/Brussels')::date, true)
    ) as counts_phone
from encounters e
where e.tenant = any($1::int[]) and e.starts_at >= $2 and e.starts_at <= $3
order by e.tenant, e.starts_at
"""
