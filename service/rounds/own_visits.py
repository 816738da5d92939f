"""Which visits of a draft a viewer may change, and who changed one last: for the board."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from service.access.policy import Viewer, may_plan, plans_own
from service.database.sql import fetch_all, fetch_one
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_code


@dataclass(frozen=True, slots=True)
class Changed:
    """Who changed a visit last, by first name where they have one, and when."""

    who: str | None
    at: datetime


async def changeable_visits(viewer: Viewer, *, team: str, week: date) -> frozenset[int] | None:
    """Ids of the visits of a draft that the viewer may change; None for every one of them."""
    found = await team_by_code(team)
    if found is None:
        return frozenset()
    if may_plan(viewer, found.id):
        return None
    if not plans_own(viewer, found.id, self_planned=found.policy.workers_plan_own):
        return frozenset()
    rows = await fetch_all(_MINE, found.id, week, viewer.worker, week + timedelta(days=7))
    return frozenset(row["id"] for row in rows)


async def own_tenants(viewer: Viewer, team: TeamFacts, week: date) -> tuple[tuple[int, str], ...]:
    """(id, code) of the tenants that a viewer may add a visit for: their own, or all for a lead."""
    everybody = may_plan(viewer, team.id)
    if not everybody and not plans_own(viewer, team.id, self_planned=team.policy.workers_plan_own):
        return ()
    worker = None if everybody else viewer.worker
    rows = await fetch_all(_TENANTS, team.id, week, week + timedelta(days=7), worker)
    return tuple((row["id"], row["code"]) for row in rows)


async def last_change(visit: int) -> Changed | None:
    """Who changed a visit of a draft last; None where no person did."""
    return await fetch_one(
        "select w.first_name as who, v.updated_at as at from visits v"
        " join accounts a on a.id = v.updated_by left join workers w on w.id = a.worker"
        " where v.id = $1",
        visit,
        into=Changed,
    )


async def visit_seats(visit: int) -> int:
    """How many workers a visit asks; 1 for one that is not there."""
    row = await fetch_one("select workers_needed from visits where id = $1", visit)
    return 1 if row is None else int(row["workers_needed"])


_MINE = """
select v.id from visits v join rosters r on r.id = v.roster
where r.team = $1 and r.week = $2 and (
    exists (select from visit_workers x where x.visit = v.id and x.worker = $3)
    or exists (
        select from assignments a
        where a.tenant = v.tenant and a.team = $1 and a.starts_on < $4
            and coalesce(a.ends_on > $2, true) and $3 in (a.primary_worker, a.backup_worker)
    ))
"""

_TENANTS = """
select t.id, t.code from assignments a join tenants t on t.id = a.tenant
where a.team = $1 and a.starts_on < $3 and coalesce(a.ends_on > $2, true)
    and ($4::int is null or $4 in (a.primary_worker, a.backup_worker))
order by t.code
"""
