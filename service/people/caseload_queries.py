"""Tenants as a list: of the viewer's teams, by days overdue; names where they may be read.

Always the same number of queries, however many tenants there are.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from service import clock
from service.access.policy import (
    OPENS_DAYS_AHEAD,
    TenantFacts,
    Viewer,
    sees_support_reasons,
    sees_tenant_names,
    tenant_teams_filter,
)
from service.database.sql import fetch_all
from service.encounters.queries import Overdue, overdue_on
from service.encounters.states import FACE_TO_FACE
from service.people.names import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedContact:
    """What a list says of an agreement; `paused` today."""

    contacts: int
    period_days: int
    longest_gap_days: int
    paused: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportLine:
    """What a list says of support, for those who may read it. Workers are codes.

    `never` met: `last_on` is None. `overdue` is None without an agreement in force.
    """

    overdue: int | None
    last_on: date | None
    last_by: tuple[str, ...]
    agreement: AgreedContact | None
    next_at: datetime | None
    next_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantLine:
    """A line of the list. `teams`: codes; `mine`: the viewer is primary worker or back-up.

    `refnis`: the municipality of the home, None without one. `support` is None for whoever may
    not read it.
    """

    id: int
    code: str
    first_name: str
    last_name: str
    teams: tuple[str, ...]
    primary: str | None
    backup: str | None
    mine: bool
    refnis: str | None
    flagged: bool
    review_due: bool
    support: SupportLine | None


async def tenant_lines(
    viewer: Viewer, *, team: str | None = None, mine: bool = False, search: str = ""
) -> tuple[TenantLine, ...]:
    """The tenants in support today whom the viewer may see: longest overdue first, then by name.

    `search`: words that all occur in the folded name or the code. Four queries.
    """
    allowed = tenant_teams_filter(viewer)
    today = clock.today()
    rows = await fetch_all(
        _LINES,
        today,
        None if allowed is None else sorted(allowed),
        team,
        viewer.worker if mine else None,
        fold(search).split(),
        viewer.worker,
    )
    open_ids = [row["id"] for row in rows if _support(viewer, row["team_ids"])]
    overdue = await overdue_on(open_ids, on=today)
    last = {
        row["tenant"]: tuple(row["workers"])
        for row in await fetch_all(
            _LAST_BY,
            [one.tenant for one in overdue.values() if one.last_contact],
            [one.last_contact for one in overdue.values() if one.last_contact],
            sorted(FACE_TO_FACE),
        )
    }
    agreed = {
        row["tenant"]: row
        for row in await fetch_all(_AGREED_AND_NEXT, open_ids, clock.now(), today)
    }
    lines = [
        TenantLine(
            id=row["id"],
            code=row["code"],
            first_name=row["first_name"],
            last_name=row["last_name"],
            teams=tuple(row["team_codes"]),
            primary=row["primary_code"],
            backup=row["backup_code"],
            mine=row["mine"],
            refnis=row["refnis"],
            flagged=row["flagged"],
            review_due=row["review_due"],
            support=_line(row["id"], overdue, last, agreed)
            if _support(viewer, row["team_ids"])
            else None,
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: -_days(line)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """Somebody whose support has not begun: referred, or with a team from a later day on."""

    code: str
    first_name: str
    last_name: str
    referred_on: date
    begins_on: date | None
    team: str | None


async def tenants_to_come(viewer: Viewer, *, search: str = "") -> tuple[Coming, ...]:
    """Those whom the viewer may see before support begins, by name. One query.

    A team sees them from two weeks before its assignment on, others at once.
    """
    allowed = tenant_teams_filter(viewer)
    today = clock.today()
    rows = await fetch_all(
        _COMING,
        today,
        today + timedelta(days=OPENS_DAYS_AHEAD),
        None if allowed is None else sorted(allowed),
        fold(search).split(),
        into=Coming,
    )
    return tuple(rows)


async def tenant_names(viewer: Viewer, codes: Collection[str]) -> dict[str, str]:
    """'First Last' by code, of those among `codes` whose name the viewer may read. One query."""
    today = clock.today()
    opens = today + timedelta(days=OPENS_DAYS_AHEAD)
    rows = await fetch_all(_NAMES, sorted(codes), today, opens)
    return {
        row["code"]: f"{row['first_name']} {row['last_name']}"
        for row in rows
        if sees_tenant_names(viewer, TenantFacts(frozenset(row["team_ids"] or ())))
    }


def _support(viewer: Viewer, teams: list[int]) -> bool:
    return sees_support_reasons(viewer, TenantFacts(frozenset(teams)))


def _days(line: TenantLine) -> int:
    """For sorting, longest overdue first: the stable sort keeps the names in order."""
    return line.support.overdue or 0 if line.support else 0


def _line(
    tenant: int,
    overdue: dict[int, Overdue],
    last: dict[int, tuple[str, ...]],
    agreed: dict[int, dict[str, object]],
) -> SupportLine:
    found, row = overdue.get(tenant), agreed[tenant]
    agreement = None
    if row["contacts"] is not None:
        agreement = AgreedContact(
            contacts=_whole(row["contacts"]),
            period_days=_whole(row["period_days"]),
            longest_gap_days=_whole(row["longest_gap_days"]),
            paused=bool(row["paused"]),
        )
    next_at, next_by = row["next_at"], row["next_by"]
    assert next_at is None or isinstance(next_at, datetime)
    assert next_by is None or isinstance(next_by, list)
    return SupportLine(
        overdue=found.days if found else None,
        last_on=found.last_contact if found else None,
        last_by=last.get(tenant, ()),
        agreement=agreement,
        next_at=next_at,
        next_by=tuple(next_by or ()),
    )


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value


_IN_FORCE = "x.starts_on <= $1 and coalesce(x.ends_on > $1, true)"

_LINES = f"""
select t.id, t.code, t.first_name, t.last_name,
    array_agg(m.id order by m.code) as team_ids, array_agg(m.code order by m.code) as team_codes,
    min(p.code) as primary_code, min(b.code) as backup_code,
    coalesce(bool_or(x.primary_worker = $6 or x.backup_worker = $6), false) as mine,
    (
        select pl.municipality from tenancies h
        join dwellings d on d.id = h.dwelling join places pl on pl.id = d.place
        where h.tenant = t.id and h.main and h.starts_on <= $1 and coalesce(h.ends_on > $1, true)
    ) as refnis,
    coalesce(bool_or(f.id is not null), false) as flagged,
    coalesce(bool_or(f.review_on <= $1), false) as review_due
from tenants t
join assignments x on x.tenant = t.id and {_IN_FORCE}
join teams m on m.id = x.team
left join workers p on p.id = x.primary_worker
left join workers b on b.id = x.backup_worker
left join safety_flags f on f.tenant = t.id and f.lifted_on is null
where t.accepted_on <= $1 and coalesce(t.ended_on > $1, true)
    and ($2::int[] is null or exists (
        select from assignments o where o.tenant = t.id and o.team = any($2)
            and o.starts_on <= $1 and coalesce(o.ends_on > $1, true)))
    and not exists (
        select from unnest($5::text[]) as word
        where position(word in t.name_key || ' ' || lower(t.code)) = 0)
group by t.id
having ($3::text is null or bool_or(m.code = $3))
    and ($4::int is null or bool_or(x.primary_worker = $4 or x.backup_worker = $4))
order by t.name_key, t.code
"""  # noqa: S608 built of constants

_LAST_BY = """
select k.tenant, array_agg(distinct w.code order by w.code) as workers
from unnest($1::int[], $2::date[]) as k(tenant, day)
join encounters e on e.tenant = k.tenant
    and e.starts_at >= k.day::timestamp at time zone 'Europe/Brussels'
    and e.starts_at < (k.day + 1)::timestamp at time zone 'Europe/Brussels'
    and e.outcome = any($3::text[])
join encounter_workers x on x.encounter = e.id
join workers w on w.id = x.worker
group by k.tenant
"""

_AGREED_AND_NEXT = """
select t.id as tenant, a.contacts, a.period_days, a.longest_gap_days,
    exists (
        select from agreement_pauses s where s.agreement = a.id and s.starts_on <= $3
            and coalesce(s.ends_on > $3, true)
    ) as paused,
    n.starts_at as next_at,
    (
        select array_agg(w.code order by s.seat) from published_stops s
        join workers w on w.id = s.worker
        where s.published_visit = n.id and s.state = 'confirmed'
    ) as next_by
from unnest($1::int[]) as t(id)
left join agreements a on a.tenant = t.id and a.starts_on <= $3
    and coalesce(a.ends_on > $3, true)
left join lateral (
    select p.id, p.starts_at from published_visits p join visits v on v.id = p.visit
    where v.tenant = t.id and p.state = 'confirmed' and p.ends_at > $2
    order by p.starts_at limit 1
) n on true
"""

_NAMES = """
select t.code, t.first_name, t.last_name,
    array_agg(a.team) filter (where a.id is not null) as team_ids
from tenants t left join assignments a on a.tenant = t.id and a.starts_on <= $3
    and coalesce(a.ends_on > $2, true)
where t.code = any($1::text[])
group by t.id
"""

_COMING = """
select t.code, t.first_name, t.last_name, t.referred_on,
    greatest(t.accepted_on, a.starts_on) as begins_on, m.name as team
from tenants t
left join lateral (
    select x.team, x.starts_on from assignments x where x.tenant = t.id
        and coalesce(x.ends_on > $1, true) order by x.starts_on limit 1
) a on true
left join teams m on m.id = a.team
where coalesce(t.ended_on > $1, true)
    and (t.accepted_on is null or t.accepted_on > $1 or a.starts_on is null or a.starts_on > $1)
    and ($3::int[] is null or exists (
        select from assignments o where o.tenant = t.id and o.team = any($3)
            and o.starts_on <= $2 and coalesce(o.ends_on > $1, true)))
    and not exists (
        select from unnest($4::text[]) as word
        where position(word in t.name_key || ' ' || lower(t.code)) = 0)
order by t.name_key, t.code
"""
