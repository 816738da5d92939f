"""The demonstration's own week, as the service makes it: bound and first plan of each team.

`python -m tests.bench.demonstration --seconds 15` fills a database with the demonstration, lets the
service make next week's problems, and plans each with the engine alone. Prints one JSON line.
"""

import argparse
import asyncio
import json
import os
from typing import Any

from scheduling.check import check
from scheduling.engine.solve import solve
from scheduling.instances import load_problem
from scheduling.plan import Effort as Quickly
from scheduling.problem import Problem
from service.database.opening import opened_pool
from service.database.sql import fetch_all
from service.demo.actions import fill
from service.jobs.worker import run_worker
from service.rounds.actions import start_plan_run
from service.rounds.states import Effort
from tests.bench.timed import plan_for
from tests.bench.weeks.figures import Figures
from tests.service.rounds.drafted import next_monday
from tests.support.database import joined_server

TEAMS = ("ACT", "ICM")


async def problems(url: str) -> dict[str, Problem]:
    """Next week's problem of each team."""
    async with opened_pool(url, most_connections=6):
        await fill(seed=1)
        for team in TEAMS:
            await start_plan_run(None, team=team, week=next_monday(), effort=Effort.QUICK)
        await run_worker(wait=False)
        rows = await fetch_all(
            "select t.code, r.problem from plan_runs r join teams t on t.id = r.team"
            " order by t.code"
        )
    return {row["code"]: load_problem(row["problem"].encode()) for row in rows}


def measure(team: str, problem: Problem, seconds: float) -> dict[str, Any]:
    """One team's figures, judged by ourselves: there is no outside judge of such a problem."""
    done = plan_for(problem, seconds=seconds)
    breaches = [breach.rule for breach in check(problem, done.plan)]
    figures = Figures(cost=done.plan.cost, constant=0, bound=done.plan.bound, best=None)
    return {
        "team": team,
        "visits": len(problem.visits),
        "workers": len(problem.workers),
        "cost": done.plan.cost,
        "bound": done.plan.bound,
        "gap": figures.gap,
        "unplaced": len(done.plan.unplaced),
        "first_ms": done.first_ms,
        "seconds": done.seconds,
        "iterations": done.plan.iterations,
        "feasible": not breaches,
    }


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=15)
    seconds = parser.parse_args().seconds
    os.environ.setdefault("PYTEST_XDIST_WORKER", "bench")
    with joined_server() as server:
        found = asyncio.run(problems(server.cloned_database(f"{server.own_name}_bench").app))
    for problem in found.values():
        solve(problem, effort=Quickly.QUICK)  # compiled code is loaded by now
    lines = [measure(team, problem, seconds) for team, problem in found.items()]
    print(json.dumps({"teams": lines}))


if __name__ == "__main__":
    main()
