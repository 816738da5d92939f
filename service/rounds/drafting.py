"""Drafts by the clock: next week for each team that is planned, unless somebody began it."""

from datetime import date, datetime, timedelta

import structlog

from scheduling.weeks import BRUSSELS, monday_of
from service import clock
from service.database.sql import fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Refused
from service.rounds import runs
from service.rounds.states import Effort
from service.teams.queries import planning_teams

ONE_ACTIVE = "plan_runs_once_per_team_week"

_log = structlog.get_logger("thuisronde.rounds")


async def draft_next_weeks(due_at: datetime) -> tuple[int, ...]:
    """Queue a run of the week after the instant `due_at` for every planned team; returns run ids.

    Left out are teams whose week somebody planned or published already, and a week that is over:
    called twice, or days late, it does what is still of use and nothing else.
    """
    week = monday_of(due_at.astimezone(BRUSSELS).date()) + timedelta(weeks=1)
    if week < monday_of(clock.today()):
        return ()
    queued = []
    for team in await planning_teams():
        if team.base is None or await _begun(team.id, week):
            continue
        try:
            async with unit_of_work():
                run = await runs.queue_run(
                    team=team.id, week=week, effort=Effort.NORMAL, seed=1, requested_by=None
                )
        except Refused as refusal:
            if refusal.constraint != ONE_ACTIVE:
                raise
            continue
        queued.append(run)
        _log.info("week queued for planning", team=team.code, week=week.isoformat(), run=run)
    return tuple(queued)


async def _begun(team: int, week: date) -> bool:
    """Whether the week has a draft, a publication or a plan run that did not fail."""
    found: bool = await fetch_value(_BEGUN, team, week)
    return found


_BEGUN = """
select exists (
    select from plan_runs where team = $1 and week = $2 and state <> 'failed'
) or exists (
    select from rosters r where r.team = $1 and r.week = $2
        and (r.revision > 0 or exists (select from visits v where v.roster = r.id))
)
"""
