"""Tenants and their agreements as flat records, page by page; access is decided here."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from service import clock
from service.access.policy import (
    OPENS_DAYS_AHEAD,
    TenantFacts,
    Viewer,
    may_see_tenant,
    sees_support_reasons,
    tenant_teams_filter,
)
from service.database.sql import fetch_all, fetch_one
from service.encounters.queries import overdue_on
from service.errors import Forbidden, NotFound
from service.people.api_schemas import (
    Agreement,
    TeamOfTenant,
    Tenant,
    TenantSupport,
    TimeWindow,
    WorkerWish,
)
from service.people.names import fold


async def tenant_records(
    viewer: Viewer, *, team: str | None, search: str, after: str | None, limit: int
) -> tuple[Tenant, ...]:
    """Up to `limit` tenants whom the viewer may see, by code from `after` on. Two queries.

    Those whose support has ended are among them. `search`: words that all occur in the folded
    name or the code.
    """
    allowed = tenant_teams_filter(viewer)
    rows = await fetch_all(
        _TENANTS,
        clock.today(),
        clock.today() + timedelta(days=OPENS_DAYS_AHEAD),
        None if allowed is None else sorted(allowed),
        None,
        team,
        fold(search).split(),
        after or "",
        limit,
    )
    return await _records(viewer, rows)


async def tenant_record(viewer: Viewer, code: str) -> tuple[int, Tenant]:
    """A tenant's id and record; raises `NotFound` for a stranger's tenant."""
    rows = await fetch_all(
        _TENANTS,
        clock.today(),
        clock.today() + timedelta(days=OPENS_DAYS_AHEAD),
        None,
        code,
        None,
        [],
        "",
        1,
    )
    if not rows or not may_see_tenant(viewer, _facts(rows[0])):
        raise NotFound
    return rows[0]["id"], (await _records(viewer, rows))[0]


async def agreement_records(viewer: Viewer, code: str) -> tuple[int, int, tuple[Agreement, ...]]:
    """A tenant's id and version, and all agreements, newest first.

    Raises `NotFound` for a stranger's tenant, `Forbidden` for whoever may not read support.
    """
    tenant = await fetch_one(
        "select t.id, t.version, array("
        " select a.team from assignments a where a.tenant = t.id and a.starts_on <= $3"
        " and coalesce(a.ends_on > $2, true)) as team_ids"
        " from tenants t where t.code = $1",
        code,
        clock.today(),
        clock.today() + timedelta(days=OPENS_DAYS_AHEAD),
    )
    if tenant is None or not may_see_tenant(viewer, _facts(tenant)):
        raise NotFound
    if not sees_support_reasons(viewer, _facts(tenant)):
        raise Forbidden
    rows = await fetch_all(_AGREEMENTS, tenant["id"], clock.today())
    return tenant["id"], tenant["version"], tuple(_agreement(row) for row in rows)


async def _records(viewer: Viewer, rows: Sequence[dict[str, Any]]) -> tuple[Tenant, ...]:
    supported = [row["id"] for row in rows if sees_support_reasons(viewer, _facts(row))]
    overdue = await overdue_on(supported, on=clock.today())
    found = []
    for row in rows:
        support = None
        if row["id"] in supported:
            known = overdue.get(row["id"])
            support = TenantSupport(
                funder=row["funder"],
                last_contact_on=known.last_contact if known else None,
                overdue_days=known.days if known else None,
            )
        teams = tuple(
            TeamOfTenant(team=team, primary=primary, backup=backup)
            for team, primary, backup in zip(
                row["team_codes"], row["primaries"], row["backups"], strict=True
            )
        )
        found.append(msgspec.convert({**row, "teams": teams, "support": support}, Tenant))
    return tuple(found)


def _facts(row: dict[str, Any]) -> TenantFacts:
    return TenantFacts(frozenset(row["team_ids"]))


def _agreement(row: dict[str, Any]) -> Agreement:
    values = {
        **row,
        "windows": msgspec.json.decode(row["windows"], type=tuple[TimeWindow, ...]),
        "wishes": tuple(
            WorkerWish(worker=worker, wish=wish)
            for worker, wish in zip(row["wish_workers"], row["wish_kinds"], strict=True)
        ),
    }
    return msgspec.convert(values, Agreement)


_TENANTS = """
select t.id, t.code, t.first_name, t.last_name, t.birth_date, t.gender, t.languages, t.interpreter,
    t.phone, t.funder, t.referred_on, t.accepted_on, t.ended_on, t.end_reason, t.version,
    exists (select from safety_flags f where f.tenant = t.id and f.lifted_on is null)
        as two_workers,
    o.team_ids, o.team_codes, o.primaries, o.backups
from tenants t
cross join lateral (
    select coalesce(array_agg(a.team order by m.code), '{}') as team_ids,
        coalesce(array_agg(m.code order by m.code), '{}') as team_codes,
        coalesce(array_agg(p.code order by m.code), '{}') as primaries,
        coalesce(array_agg(b.code order by m.code), '{}') as backups
    from assignments a join teams m on m.id = a.team
    left join workers p on p.id = a.primary_worker
    left join workers b on b.id = a.backup_worker
    where a.tenant = t.id and a.starts_on <= $2 and coalesce(a.ends_on > $1, true)
) o
where ($3::int[] is null or o.team_ids && $3)
    and ($4::text is null or t.code = $4)
    and ($5::text is null or $5 = any(o.team_codes))
    and not exists (
        select from unnest($6::text[]) as word
        where position(word in t.name_key || ' ' || lower(t.code)) = 0)
    and t.code collate "C" > $7 collate "C"
order by t.code collate "C" limit $8
"""

_AGREEMENTS = """
select a.id, a.starts_on, a.ends_on, a.preset, a.contacts, a.period_days, a.longest_gap_days,
    a.minutes, a.workers_needed, a.disciplines, a.windows, a.gender_wish, a.gender_wish_hard,
    a.distinct_workers, a.most_workers, a.counts_phone,
    exists (
        select from agreement_pauses s where s.agreement = a.id and s.starts_on <= $2
            and coalesce(s.ends_on > $2, true)
    ) as paused,
    array(select w.code from worker_wishes x join workers w on w.id = x.worker
          where x.agreement = a.id order by w.code) as wish_workers,
    array(select x.wish from worker_wishes x join workers w on w.id = x.worker
          where x.agreement = a.id order by w.code) as wish_kinds
from agreements a where a.tenant = $1 order by a.starts_on desc, a.id desc
"""
