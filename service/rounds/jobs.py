"""Jobs of the queue: plan a team's week, draft next week for all teams."""

import asyncio
from datetime import datetime

import anyio
import structlog

from scheduling.check import check
from scheduling.errors import InvalidProblem
from scheduling.instances import dump_problem, load_plan, load_problem, problem_hash, validated
from scheduling.weeks import monday_of
from service import clock
from service.database.unit_of_work import unit_of_work
from service.errors import Misconfigured
from service.jobs.queue import APP, Queue
from service.rounds import rows, runs
from service.rounds.applying import apply_run
from service.rounds.drafting import draft_next_weeks
from service.rounds.errors import NothingToPlan
from service.rounds.repairing import stored_changes
from service.rounds.run_types import RunProgress
from service.rounds.runs import Claim, Run
from service.rounds.scoping import scoped_problem
from service.rounds.solve import Solved, solve_in_child
from service.rounds.states import RunError, RunKind, RunState
from service.rounds.week import read_week
from service.teams.queries import team_by_id

_log = structlog.get_logger("thuisronde.rounds")


@APP.task(name=runs.TASK, queue=Queue.PLANS.value)
async def plan_week(run: int) -> None:
    """Work on a plan run until it has ended, whoever began it and however often this is called."""
    while True:
        claim, mine = await runs.claim(run)
        if claim is Claim.OVER:
            return
        if mine is not None:
            break
        await asyncio.sleep(1)  # its worker may be dead: then the run is free in some seconds
    try:
        await _work(mine)
    except asyncio.CancelledError:
        with anyio.CancelScope(shield=True):
            await runs.give_back(mine)
        raise


@APP.task(name="draft_next_week", queue=Queue.CHORES.value)
async def draft_next_week(due_at: str) -> None:
    """Queue a plan run of the week after `due_at` for each team that is planned by the clock."""
    await draft_next_weeks(datetime.fromisoformat(due_at))


async def _work(run: Run) -> None:
    """Build the problem, solve it, keep the plan, make it the draft if nobody worked on that."""
    problem = await _problem(run)
    if isinstance(problem, RunError):
        await runs.fail(run, problem)
        _log.warning("plan run failed", run=run.id, code=problem.value)
        return

    async def watch(progress: RunProgress | None) -> bool:
        return await runs.beat(run, progress)

    if await watch(None):
        await runs.end_cancelled(run)
        return
    solved = await solve_in_child(
        problem, kind=run.kind, effort=run.effort, seed=run.seed, watch=watch
    )
    await _finish(run, problem, solved)


async def _problem(run: Run) -> str | RunError:
    """Store the run's problem and return it, or say why there is none."""
    team = await team_by_id(run.team)
    if team is None or monday_of(clock.today()) > run.week:
        return RunError.WEEK_OVER if team else RunError.NOTHING_TO_PLAN
    try:
        async with unit_of_work(isolation="repeatable_read"):
            facts = await read_week(team, run.week, now=clock.now())
            roster = await rows.roster_of(run.team, run.week)
        assert roster is not None, "a run is queued together with its roster"
        problem = await asyncio.to_thread(scoped_problem, facts, run.scope)
    except (NothingToPlan, Misconfigured):
        return RunError.NOTHING_TO_PLAN
    if run.kind is RunKind.REPAIR and problem.published is None:
        return RunError.NOTHING_TO_PLAN
    stored = dump_problem(problem).decode()  # also a refused one: it says which visits clash
    if not await runs.store_problem(
        run, problem=stored, problem_hash=problem_hash(problem), roster_version=roster.version
    ):
        return RunError.WORKER_LOST
    try:
        validated(problem)
    except InvalidProblem as error:
        _log.warning("problem refused", run=run.id, findings=len(error.findings))
        return RunError.BAD_PROBLEM
    return stored


async def _finish(run: Run, problem: str, solved: Solved) -> None:
    """End the run by what its solve brought; the plan is judged once more before it is kept."""
    cancelled = await runs.beat(run, None)
    if solved.plan is None:
        if cancelled and solved.stopped:
            await runs.end_cancelled(run)
        else:
            await runs.fail(run, solved.error or RunError.CRASHED)
            _log.warning(
                "plan run failed", run=run.id, code=(solved.error or RunError.CRASHED).value
            )
        return
    plan, week = load_plan(solved.plan), load_problem(problem)
    if plan.problem != problem_hash(week) or check(week, plan):
        await runs.fail(run, RunError.REJECTED)
        _log.error("plan refused", run=run.id)
        return
    state = RunState.CANCELLED if cancelled else RunState.DONE
    changes = stored_changes(week, plan) if run.kind is RunKind.REPAIR else None
    async with unit_of_work():
        ended = await runs.end_with_plan(
            run, plan, stored=solved.plan, state=state, changes=changes
        )
        if ended and not cancelled:
            await apply_run(run.id, only_untouched=True)
    _log.info("plan run ended", run=run.id, state=state.value, cost=plan.cost)
