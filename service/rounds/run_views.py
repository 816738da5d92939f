"""Plan runs as people see them."""

from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from service.database.sql import fetch_one
from service.rounds.clashing import pinned_pairs
from service.rounds.repairing import read_changes
from service.rounds.run_types import RunProgress
from service.rounds.states import Effort, RunError, RunKind, RunState
from service.rounds.types import PlanRunView

_RUN = """
select id, state, effort, seed, requested_at, started_at, finished_at, cancel_requested, progress,
    cost, cost_by_rule, bound, reproducible, error, applied_at, plan is not null as has_plan, kind,
    changes, only_day, discarded_at, absence,
    (select w.code from workers w where w.id = only_worker) as only_worker
from plan_runs
"""


async def latest_run(team: int, week: date) -> PlanRunView | None:
    """The newest plan run of a team's week."""
    row = await fetch_one(
        f"{_RUN} where team = $1 and week = $2 order by id desc limit 1", team, week
    )
    return await _with_clashes(_view(row)) if row else None


async def run_by_id(run: int) -> PlanRunView | None:
    """A plan run."""
    row = await fetch_one(f"{_RUN} where id = $1", run)
    return await _with_clashes(_view(row)) if row else None


async def _with_clashes(view: PlanRunView) -> PlanRunView:
    if view.error != RunError.BAD_PROBLEM:
        return view
    return replace(view, clashes=await pinned_pairs(view.id))


def _view(row: dict[str, Any]) -> PlanRunView:
    progress, costs = row["progress"], row["cost_by_rule"]
    return PlanRunView(
        id=row["id"],
        state=RunState(row["state"]),
        effort=Effort(row["effort"]),
        seed=row["seed"],
        requested_at=row["requested_at"],
        started_at=row["started_at"],
        finished_at=row["finished_at"],
        cancel_requested=row["cancel_requested"],
        progress=msgspec.json.decode(progress, type=RunProgress) if progress else None,
        cost=row["cost"],
        cost_by_rule=msgspec.json.decode(costs, type=dict[str, int]) if costs else {},
        bound=row["bound"],
        reproducible=row["reproducible"],
        error=row["error"],
        applied_at=row["applied_at"],
        proposal=row["has_plan"] and row["applied_at"] is None and row["discarded_at"] is None,
        kind=RunKind(row["kind"]),
        changes=read_changes(row["changes"]),
        only_day=row["only_day"],
        only_worker=row["only_worker"],
        discarded_at=row["discarded_at"],
        absence=row["absence"],
    )
