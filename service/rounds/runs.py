"""The life of a plan run's row: queued, claimed, alive, ended. The row is the truth, not the job.

Whoever works on a run holds its attempt number: every write names it, so that a worker that was
taken for dead and comes back changes nothing. Heartbeats use the database's own clock, since they
are compared across machines.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec

from scheduling.plan import Plan
from service import clock
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.jobs.queue import Queue, defer
from service.rounds.run_types import RunProgress
from service.rounds.scoping import Scope
from service.rounds.states import Effort, RunError, RunKind, RunState
from service.teams.queries import planning_group

TASK = "plan_week"
MOST_ATTEMPTS = 3
STALE_SECONDS = 8


class Claim(StrEnum):
    """What came of asking for a run."""

    MINE = "mine"
    BUSY = "busy"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run in work: `attempt` is the number every write must name.

    `only_day`, `only_worker` (a code): what it may change; neither means the whole week.
    """

    id: int
    team: int
    week: date
    kind: RunKind
    effort: Effort
    seed: int
    attempt: int
    requested_by: int | None
    only_day: date | None = None
    only_worker: str | None = None

    @property
    def scope(self) -> Scope:
        """What the run may change."""
        return Scope(day=self.only_day, worker=self.only_worker)


async def queue_run(
    *,
    team: int,
    week: date,
    effort: Effort,
    seed: int,
    requested_by: int | None,
    kind: RunKind = RunKind.PLAN,
    scope: Scope | None = None,
    absence: int | None = None,
) -> int:
    """Insert a run and its job; call it inside a unit of work. `Refused` while another is active.

    The team's week gets its roster here, empty, so that the run knows which draft it changes.
    """
    now = clock.now()
    await execute(
        "insert into rosters (team, week, state, updated_at) values ($1, $2, 'draft', $3)"
        " on conflict (team, week) do nothing",
        team,
        week,
        now,
    )
    run: int = await fetch_value(
        _QUEUE,
        team,
        week,
        effort.value,
        seed,
        requested_by,
        now,
        kind.value,
        scope.day if scope else None,
        scope.worker if scope else None,
        absence,
    )
    await defer_run(run, team=team, week=week)
    return run


async def defer_run(run: int, *, team: int, week: date) -> None:
    """Put the job of a run in the queue, where one waits per run.

    Of a week, one runs at a time per team, or per group of teams that share workers.
    """
    group = await planning_group(team, week)
    await defer(
        TASK,
        {"run": run},
        queue=Queue.PLANS,
        lock=f"plan:{group}:{week.isoformat()}",
        queueing_lock=f"plan-run:{run}",
    )


async def claim(run: int) -> tuple[Claim, Run | None]:
    """Take a run that waits, or one whose worker is silent; others are busy or over."""
    row = await fetch_one(_CLAIM, run, MOST_ATTEMPTS, STALE_SECONDS)
    if row is not None:
        return Claim.MINE, msgspec.convert(row, Run)
    await execute(_GIVE_UP, run, MOST_ATTEMPTS, STALE_SECONDS, clock.now())
    state = await fetch_value("select state from plan_runs where id = $1", run)
    active = state in (RunState.QUEUED, RunState.RUNNING)
    return (Claim.BUSY if active else Claim.OVER), None


async def store_problem(run: Run, *, problem: str, problem_hash: str, roster_version: int) -> bool:
    """Keep what is about to be solved; False if the run is no longer ours."""
    return await _touched(
        "problem = $3, problem_hash = $4, roster_version = $5, heartbeat_at = now()",
        run,
        problem,
        problem_hash,
        roster_version,
    )


async def beat(run: Run, progress: RunProgress | None) -> bool:
    """Say that the run lives and where it stands; True if it must stop (cancelled, or lost)."""
    stored = msgspec.json.encode(progress).decode() if progress else None
    wanted: bool | None = await fetch_value(
        "update plan_runs set heartbeat_at = now(), progress = coalesce($3::jsonb, progress)"
        " where id = $1 and attempts = $2 and state = 'running' returning cancel_requested",
        run.id,
        run.attempt,
        stored,
    )
    return wanted is not False


async def end_with_plan(
    run: Run, plan: Plan, *, stored: str, state: RunState, changes: str | None = None
) -> bool:
    """End a run with its plan (one that passed `check`); False if it is no longer ours.

    `changes`: those of a repair, as JSON.
    """
    return await _touched(
        "state = $3, finished_at = $4, plan = $5, cost = $6, cost_by_rule = $7, bound = $8,"
        " reproducible = $9, changes = $10, heartbeat_at = now()",
        run,
        state.value,
        clock.now(),
        stored,
        plan.cost,
        _json(plan.costs),
        plan.bound,
        plan.reproducible,
        changes,
    )


async def fail(run: Run, error: RunError) -> bool:
    """End a run without a plan; False if it is no longer ours."""
    return await _touched(
        "state = 'failed', error = $3, finished_at = $4", run, error.value, clock.now()
    )


async def end_cancelled(run: Run) -> bool:
    """End a run that was stopped before it had a plan."""
    return await _touched("state = 'cancelled', finished_at = $3", run, clock.now())


async def give_back(run: Run) -> None:
    """Put an interrupted run back as if it had not been begun: its worker ends in good order."""
    await _touched(
        "state = 'queued', attempts = attempts - 1, progress = null, heartbeat_at = null", run
    )


async def lost_runs() -> list[tuple[int, int, date]]:
    """Active runs (id, team, week) that no job in the queue carries any more."""
    rows = await fetch_all(_LOST, TASK, STALE_SECONDS)
    return [(row["id"], row["team"], row["week"]) for row in rows]


async def _touched(changes: str, run: Run, *params: object) -> bool:
    """Change the row of a run that is still ours."""
    ours = "where id = $1 and attempts = $2 and state = 'running'"
    sql = f"update plan_runs set {changes} {ours}"  # noqa: S608 our own words
    return await execute(sql, run.id, run.attempt, *params) == 1


def _json(value: Mapping[str, int]) -> str:
    return msgspec.json.encode(dict(value)).decode()


_QUEUE = """
insert into plan_runs (team, week, state, effort, seed, requested_by, requested_at, kind,
    only_day, only_worker, absence)
values ($1, $2, 'queued', $3, $4, $5, $6, $7, $8, (select id from workers where code = $9), $10)
returning id
"""

_WAITS = "(state = 'queued' or heartbeat_at < now() - make_interval(secs => $3))"

_CLAIM = f"""
update plan_runs set state = 'running', attempts = attempts + 1, heartbeat_at = now(),
    started_at = coalesce(started_at, now())
where id = $1 and state in ('queued', 'running') and not cancel_requested and attempts < $2
    and {_WAITS}
returning id, team, week, kind, effort, seed, attempts as attempt, requested_by, only_day,
    (select w.code from workers w where w.id = only_worker) as only_worker
"""  # noqa: S608 built of constants

_GIVE_UP = f"""
update plan_runs set finished_at = $4,
    state = case when cancel_requested then 'cancelled' else 'failed' end,
    error = case when cancel_requested then null else 'worker_lost' end
where id = $1 and state in ('queued', 'running') and (cancel_requested or attempts >= $2)
    and {_WAITS}
"""  # noqa: S608 built of constants

_LOST = """
select r.id, r.team, r.week from plan_runs r
where (r.state = 'queued' and r.requested_at < now() - make_interval(secs => $2)
        or r.state = 'running' and r.heartbeat_at < now() - make_interval(secs => $2))
    and not exists (
        select from procrastinate_jobs j
        where j.task_name = $1 and j.status in ('todo', 'doing') and (j.args->>'run')::int = r.id
    )
order by r.id
"""
