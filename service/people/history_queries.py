"""A tenant's past as a line of dated events, and who saw the tenant lately."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from service import clock
from service.access.policy import TenantFacts, Viewer, may_see_tenant, sees_support_reasons
from service.database.sql import fetch_all
from service.encounters.states import FACE_TO_FACE
from service.errors import NotFound
from service.people.changes.edit import tenant_facts

SHORT, LONG = timedelta(days=14), timedelta(days=91)


class EventKind(StrEnum):
    """What an event is."""

    REFERRED = "referred"
    ACCEPTED = "accepted"
    ENDED = "ended"
    TEAM = "team"
    TENANCY = "tenancy"
    MOVE = "move"
    FLAG = "flag"
    FLAG_LIFTED = "flag_lifted"
    STAY = "stay"
    AGREEMENT = "agreement"
    PAUSE = "pause"
    SERIES = "series"
    ETHOS = "ethos"
    INCOME = "income"
    MONTH = "month"


SUPPORT = frozenset(
    {
        EventKind.STAY,
        EventKind.AGREEMENT,
        EventKind.PAUSE,
        EventKind.SERIES,
        EventKind.ETHOS,
        EventKind.INCOME,
        EventKind.MONTH,
    }
)
"""Events that only those who read support may see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something dated; `until` is its last day plus one. `word` is of a closed list, or a code;
    the numbers are of months: encounters, seen face to face, not home."""

    kind: EventKind
    starts_on: date
    until: date | None
    word: str
    first: int = 0
    second: int = 0
    third: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A tenant's events, newest first; `support` whether those of support are among them."""

    tenant: int
    code: str
    support: bool
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenBy:
    """How often a worker met the tenant face to face: in two weeks, in a quarter; and when last."""

    code: str
    first_name: str
    lately: int
    quarter: int
    last_on: date


async def tenant_history(viewer: Viewer, code: str) -> History:
    """The events that this reader may see; raises `NotFound` for a stranger's tenant."""
    tenant = await tenant_facts(code)
    if tenant is None or not may_see_tenant(viewer, tenant.facts):
        raise NotFound
    support = sees_support_reasons(viewer, tenant.facts)
    rows = await fetch_all(_EVENTS, tenant.id)
    if support:
        rows += await fetch_all(_SUPPORT_EVENTS, tenant.id)
        rows += await fetch_all(_MONTHS, tenant.id, sorted(FACE_TO_FACE), clock.now())
    events = [_event(row) for row in rows]
    return History(
        tenant=tenant.id,
        code=code,
        support=support,
        events=tuple(sorted(events, key=lambda event: event.starts_on, reverse=True)),
    )


async def seen_by(viewer: Viewer, tenant: int, facts: TenantFacts) -> tuple[SeenBy, ...]:
    """Who met the tenant in the last quarter, most in the last two weeks first."""
    if not sees_support_reasons(viewer, facts):
        raise NotFound
    today = clock.today()
    return tuple(
        await fetch_all(
            _SEEN, tenant, sorted(FACE_TO_FACE), today - SHORT, today - LONG, today, into=SeenBy
        )
    )


def _event(row: dict[str, Any]) -> Event:
    return Event(
        kind=EventKind(row["kind"]),
        starts_on=row["starts_on"],
        until=row["until"],
        word=row["word"] or "",
        first=row.get("first", 0),
        second=row.get("second", 0),
        third=row.get("third", 0),
    )


_EVENTS = """
select 'referred' as kind, referred_on as starts_on, null::date as until, '' as word
from tenants where id = $1
union all select 'accepted', accepted_on, null, '' from tenants
    where id = $1 and accepted_on is not null
union all select 'ended', ended_on, null, end_reason from tenants
    where id = $1 and ended_on is not null
union all select 'team', a.starts_on, a.ends_on, m.name from assignments a
    join teams m on m.id = a.team where a.tenant = $1
union all select 'tenancy', h.starts_on, h.ends_on, d.code from tenancies h
    join dwellings d on d.id = h.dwelling where h.tenant = $1 and h.main
union all select 'move', happens_on, null, kind from moves where tenant = $1 and state = 'done'
union all select 'flag', raised_on, lifted_on, '' from safety_flags where tenant = $1
union all select 'flag_lifted', lifted_on, null, '' from safety_flags
    where tenant = $1 and lifted_on is not null
"""

_SUPPORT_EVENTS = """
select 'stay' as kind, starts_on, ends_on as until, kind as word from stays
    where tenant = $1 and kind <> 'home'
union all select 'agreement', starts_on, ends_on, preset from agreements where tenant = $1
union all select 'pause', s.starts_on, s.ends_on, '' from agreement_pauses s
    join agreements a on a.id = s.agreement where a.tenant = $1
union all select 'series', starts_on, ends_on, kind from series where tenant = $1
union all select 'ethos', observed_on, null, category::text from ethos_observations
    where tenant = $1
union all select 'income', starts_on, ends_on, kind from incomes where tenant = $1
"""

_MONTHS = """
select 'month' as kind, m as starts_on, null::date as until, '' as word,
    count(*)::int as first,
    count(*) filter (where outcome = any($2::text[]))::int as second,
    count(*) filter (where outcome = 'not_home')::int as third
from (
    select outcome, date_trunc('month', starts_at at time zone 'Europe/Brussels')::date as m
    from encounters where tenant = $1 and starts_at <= $3
) e group by m
"""

_SEEN = """
select w.code, w.first_name,
    count(*) filter (where e.day > $3)::int as lately,
    count(*)::int as quarter, max(e.day) as last_on
from (
    select id, (starts_at at time zone 'Europe/Brussels')::date as day from encounters
    where tenant = $1 and outcome = any($2::text[])
) e
join encounter_workers x on x.encounter = e.id join workers w on w.id = x.worker
where e.day > $4 and e.day <= $5
group by w.id order by lately desc, quarter desc, w.code
"""
