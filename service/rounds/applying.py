"""Makes a plan run's plan the draft of its roster, once."""

from scheduling.instances import load_plan, load_problem
from service import clock
from service.database.sql import execute, fetch_one
from service.errors import Stale
from service.rounds import rows
from service.rounds.draft import write_plan
from service.rounds.errors import PlanRunOver


async def apply_run(
    run: int, *, expected_version: int | None = None, only_unchanged: bool = False
) -> int | None:
    """Write a run's plan into the draft inside a unit of work; returns the draft's new version.

    With `only_unchanged` the plan stays a proposal (None is returned) if the draft was changed
    since the problem was made. With `expected_version` a changed draft raises `Stale`. A run
    that has no plan, or was applied already, raises `PlanRunOver`.
    """
    row = await fetch_one(_RUN, run)
    if row is None or row["plan"] is None or row["applied_at"] is not None:
        raise PlanRunOver(run=run, state=_state(row))
    roster = await rows.roster_of(row["team"], row["week"], lock=True)
    assert roster is not None, "a run is queued together with its roster"
    if only_unchanged and roster.version != row["roster_version"]:
        return None
    if expected_version is not None and roster.version != expected_version:
        raise Stale
    now = clock.now()
    if not await execute(
        "update plan_runs set applied_at = $2 where id = $1 and applied_at is null", run, now
    ):
        raise PlanRunOver(run=run, state="applied")
    return await write_plan(
        roster,
        problem=load_problem(row["problem"]),
        plan=load_plan(row["plan"]),
        run=run,
        by=row["requested_by"],
        now=now,
    )


def _state(row: dict[str, object] | None) -> str:
    if row is None:
        return "unknown"
    return "applied already" if row["applied_at"] else f"{row['state']} and has no plan"


_RUN = """
select team, week, state, problem, plan, roster_version, requested_by, applied_at
from plan_runs where id = $1 for update
"""
