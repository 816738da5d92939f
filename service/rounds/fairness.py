"""A fair part for everybody: what earlier weeks left to a worker, how many tenants are too many."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from service.database.sql import fetch_all
from service.rounds import rows
from service.rounds.types import Caseload
from service.teams.facts import TeamFacts, WorkerWeek
from service.teams.policy import TeamPolicy
from service.teams.queries import workers_in_weeks

Minutes = Mapping[str, int]
"""Minutes by worker's code."""


def weeks_before(policy: TeamPolicy, monday: date) -> tuple[date, ...]:
    """The Mondays of the earlier weeks that count, latest first."""
    return tuple(monday - timedelta(weeks=n) for n in range(1, policy.carry_weeks + 1))


async def carried_minutes(team: TeamFacts, monday: date) -> dict[str, int]:
    """What the published weeks before left to each worker of a team."""
    done = await rows.published_minutes(team.id, weeks=weeks_before(team.policy, monday))
    return carried_from(team.policy, await workers_in_weeks(team, sorted(done)), done)


def carried_from(
    policy: TeamPolicy, weeks: Mapping[date, Sequence[WorkerWeek]], done: Mapping[date, Minutes]
) -> dict[str, int]:
    """Minutes done minus the fair part of what everybody did, by worker.

    `done`: of whichever team, in the weeks that were published. Who has no share in a week is left
    out of it. What is left is rounded down to the grid and at most the policy's cap, either way.
    """
    carried: dict[str, int] = {}
    for monday, minutes in done.items():
        shares = {one.worker.code: one.share_minutes for one in weeks[monday] if one.share_minutes}
        whole = sum(shares.values())
        total = sum(minutes.get(code, 0) for code in shares)
        for code, share in shares.items():
            carried[code] = carried.get(code, 0) + minutes.get(code, 0) - total * share // whole
    cap = policy.carry_cap_minutes
    return {
        code: max(-cap, min(cap, minutes)) // policy.grid * policy.grid
        for code, minutes in carried.items()
    }


def fair_most(policy: TeamPolicy, week: WorkerWeek, carried: int) -> int:
    """The most visiting minutes that are fair in a week: the share, with its tolerance, less what
    earlier weeks left. That takes or gives half of it; the rest is the soft rule's to even out."""
    share = week.share_minutes * (100 + policy.share_tolerance_percent) // 100
    return share - max(-(share // 2), min(carried, share // 2))


async def caseload_of(team: TeamFacts, monday: date, workers: Iterable[WorkerWeek]) -> Caseload:
    """The caseload of a team in a week; who only comes along cares for nobody alone."""
    found = await fetch_all(_CASELOAD, team.id, monday, monday + timedelta(days=7))
    people = [one.worker for one in workers]
    return Caseload(
        tenants={row["code"]: row["tenants"] for row in found},
        full_time_percent=sum(
            one.contract_percent
            for one in people
            if one.visiting_share_percent and not one.comes_along
        ),
        most=team.policy.tenants_per_worker,
    )


_CASELOAD = """
select coalesce(w.code, '') as code, count(distinct a.tenant) as tenants
from assignments a left join workers w on w.id = a.primary_worker
where a.team = $1 and a.starts_on < $3 and coalesce(a.ends_on > $2, true)
group by 1
"""
