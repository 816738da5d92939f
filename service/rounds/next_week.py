"""Plans and publishes the next week of several teams, the very way a person would."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, timedelta

import anyio

from scheduling.weeks import monday_of
from service import clock
from service.database.unit_of_work import unit_of_work
from service.errors import ThuisrondeError
from service.jobs.queue import Queue
from service.jobs.worker import run_worker
from service.rounds import rows
from service.rounds.actions import publish_roster, start_plan_run
from service.rounds.applying import apply_run
from service.rounds.errors import PlanRunActive
from service.rounds.run_views import latest_run
from service.rounds.states import Effort, RunState
from service.rounds.types import PlanRunView, Publication
from service.teams.queries import team_by_code

Tell = Callable[[str, PlanRunView], None]
"""Told where a team's run stands, several times a second."""


async def plan_and_publish_next_week(
    teams: Sequence[str],
    *,
    week: date | None = None,
    effort: Effort = Effort.NORMAL,
    seed: int = 1,
    over_draft: bool = False,
    tell: Tell | None = None,
) -> tuple[Publication, ...]:
    """Queue a plan run per team, work the queue until all have ended, publish each draft.

    With `over_draft` a plan becomes the draft also where somebody put visits there before. A team
    whose week is published already is left as it is, so that this can be called again.
    The database must be open; no other worker is needed and one more does no harm. Raises
    `ThuisrondeError` with the run's error code where a run fails.
    """
    monday = week or monday_of(clock.today()) + timedelta(weeks=1)
    waiting = [code for code in teams if not await _is_published(code, monday)]
    for code in waiting:
        try:
            await start_plan_run(None, team=code, week=monday, effort=effort, seed=seed)
        except PlanRunActive:
            continue  # an earlier call was interrupted: its run is taken up again
    if waiting:
        await _work(waiting, monday, tell)
    return tuple([await _published(code, monday, over_draft=over_draft) for code in waiting])


async def _work(teams: Sequence[str], week: date, tell: Tell | None) -> None:
    """Work the queue until the runs of all teams have ended."""
    stop = anyio.Event()
    worker = asyncio.create_task(run_worker(stop=stop, queues=(Queue.PLANS,)), name="worker")
    try:
        active = list(teams)
        while active:
            done, _ = await asyncio.wait((worker,), timeout=0.25)
            if done:
                worker.result()
                raise ThuisrondeError("The planning's worker ended too early.")
            for code in tuple(active):
                view = await _view(code, week)
                if tell is not None:
                    tell(code, view)
                if view.state not in (RunState.QUEUED, RunState.RUNNING):
                    active.remove(code)
    finally:
        stop.set()
        await asyncio.wait((worker,))


async def _published(code: str, week: date, *, over_draft: bool) -> Publication:
    view = await _view(code, week)
    if view.state is not RunState.DONE:
        raise ThuisrondeError(
            f"Team {code} was not planned: plan run {view.id} is {view.state.value}"
            f" ({view.error or 'no error'}).",
            advice="Look at its problem with: thuisronde plan-run export " + str(view.id),
        )
    if over_draft and view.proposal:
        async with unit_of_work():
            await apply_run(view.id)
    team = await team_by_code(code)
    roster = await rows.roster_of(team.id, week) if team else None
    if roster is None:
        raise ThuisrondeError(f"Team {code} has no roster in the week of {week.isoformat()}.")
    return await publish_roster(None, team=code, week=week, expected_version=roster.version)


async def _view(code: str, week: date) -> PlanRunView:
    team = await team_by_code(code)
    view = await latest_run(team.id, week) if team else None
    if view is None:
        raise ThuisrondeError(f"Team {code} has no plan run in the week of {week.isoformat()}.")
    return view


async def _is_published(code: str, week: date) -> bool:
    team = await team_by_code(code)
    roster = await rows.roster_of(team.id, week) if team else None
    return roster is not None and roster.revision > 0
