"""Makes a plan run's plan the draft of its roster, once, where no person's work is in the way."""

from scheduling.instances import load_plan, load_problem
from service import clock
from service.database.sql import execute, fetch_one, fetch_value
from service.rounds import rows
from service.rounds.draft import write_plan
from service.rounds.errors import PlanRunOver
from service.rounds.rows import RosterRow


async def apply_run(run: int, *, only_untouched: bool = False) -> int | None:
    """Write a run's plan into the draft inside a unit of work; returns the draft's new version.

    With `only_untouched` the plan stays a proposal (None is returned) if the week was published,
    if a person changed the draft since a plan was applied to it, or if it was changed since the
    problem was made. A run that has no plan, or was applied or discarded already, raises
    `PlanRunOver`.
    """
    row = await fetch_one(_RUN, run)
    if row is None or row["plan"] is None or row["applied_at"] or row["discarded_at"]:
        raise PlanRunOver(run=run, state=_state(row))
    roster = await rows.roster_of(row["team"], row["week"], lock=True)
    assert roster is not None, "a run is queued together with its roster"
    if only_untouched and not (
        roster.version == row["roster_version"] and await _is_untouched(roster)
    ):
        return None
    now = clock.now()
    if not await execute(
        "update plan_runs set applied_at = $2 where id = $1 and applied_at is null", run, now
    ):
        raise PlanRunOver(run=run, state="applied")
    version = await write_plan(
        roster,
        problem=load_problem(row["problem"]),
        plan=load_plan(row["plan"]),
        run=run,
        by=row["requested_by"],
        now=now,
        scoped=row["only_day"] is not None or row["only_worker"] is not None,
    )
    await execute("update plan_runs set applied_version = $2 where id = $1", run, version)
    return version


async def _is_untouched(roster: RosterRow) -> bool:
    """Whether nobody's work is lost with the draft: never published, and empty or as planned."""
    if roster.revision:
        return False
    found: bool = await fetch_value(_UNTOUCHED, roster.id, roster.version)
    return found


def _state(row: dict[str, object] | None) -> str:
    if row is None:
        return "unknown"
    if row["applied_at"] or row["discarded_at"]:
        return "applied already" if row["applied_at"] else "discarded"
    return f"{row['state']} and has no plan"


_RUN = """
select team, week, state, problem, plan, roster_version, requested_by, applied_at, discarded_at,
    only_day, only_worker
from plan_runs where id = $1 for update
"""

_UNTOUCHED = """
select not exists (select from visits where roster = $1) or exists (
    select from rosters r join plan_runs p on p.id = r.plan_run
    where r.id = $1 and p.applied_version = $2
)
"""
