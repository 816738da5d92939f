"""`thuisronde plan-run` at a terminal: a run's problem as a file that the planner reads."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import anyio.to_thread
import pytest

from scheduling.instances import load_plan, load_problem, problem_hash
from scheduling.weeks import monday_of
from service import clock
from service.jobs.worker import run_worker
from service.rounds.actions import start_plan_run
from service.rounds.states import Effort
from tests.service.rounds.scene import small_team
from tests.support.database import Server

pytestmark = pytest.mark.anyio


async def _run(server: Server, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "THUISRONDE_DATABASE_URL": server.addresses.owner,
        "THUISRONDE_APP_DATABASE_URL": server.addresses.app,
    }
    return await anyio.to_thread.run_sync(
        lambda: subprocess.run(
            [sys.executable, "-m", "service", "plan-run", *arguments],
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    )


async def test_a_runs_problem_and_plan_can_be_taken_elsewhere(
    database: Server, tmp_path: Path
) -> None:
    scene = await small_team(tenants=2)
    week = monday_of(clock.today()) + timedelta(weeks=1)
    run = await start_plan_run(scene.lead, team="ICM", week=week, effort=Effort.QUICK)
    listed = await _run(database, "list")
    assert listed.returncode == 0
    assert "queued" in listed.stdout
    too_early = await _run(database, "export", str(run))
    assert too_early.returncode == 1
    assert too_early.stderr == f"Error: Plan run {run} has no problem.\n"
    await run_worker(wait=False)
    file = tmp_path / "problem.json"
    exported = await _run(database, "export", str(run), "--out", str(file))
    assert exported.returncode == 0, exported.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    problem = load_problem(file.read_text())
    assert problem.week == week
    plan = await _run(database, "export", str(run), "--plan")
    assert load_plan(plan.stdout).problem == problem_hash(problem)
    unknown = await _run(database, "export", "999999")
    assert unknown.returncode == 1
    assert unknown.stderr.startswith("Error: There is no plan run 999999.")
