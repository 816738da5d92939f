"""Ten teams at once: when all have a first plan, and what some seconds each make of them.

`python -m tests.bench.teams --seed 1 --seconds 5 --processes 1 --folder DIR` splits the XL week
into its teams, times their first plans one after the other, then plans each for so many seconds in
so many processes. The outside judge reads the whole week and the teams' plans put together.
"""

import argparse
import json
import time
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.bench.alone import constant_of
from tests.bench.outside import Week, WeekPlan, find_bench, write_json
from tests.bench.timed import first_plan_of, peak_mb, plan_for
from tests.bench.weeks import problem_of, week_plan_of


def plan_team(job: tuple[Week, float]) -> tuple[WeekPlan, int | None]:
    """One team's plan, in the judge's format, and its bound."""
    week, seconds = job
    plan = plan_for(problem_of(find_bench(), week), seconds=seconds).plan
    return week_plan_of(plan), plan.bound


def warm() -> None:
    """Load compiled code before anything is timed."""
    bench = find_bench()
    first_plan_of(problem_of(bench, bench.week("XS", 1)))


def measure(
    size: str, seed: int, *, seconds: float, processes: int, folder: Path
) -> dict[str, Any]:
    """First plans, then all plans; returns the line's values."""
    bench = find_bench()
    week = json.loads(json.dumps(bench.week(size, seed)))
    teams = bench.generator.split(week)
    problems = [problem_of(bench, team) for team in teams]
    warm()
    firsts = [first_plan_of(problem).first_ms for problem in problems]
    with get_context("spawn").Pool(processes, initializer=warm) as pool:
        pool.map(_nothing, range(processes), chunksize=1)
        began = time.perf_counter()
        found = pool.map(plan_team, [(team, seconds) for team in teams], chunksize=1)
        took = time.perf_counter() - began
    whole = {code: place for plan, _ in found for code, place in plan.items()}
    bounds = [bound for _, bound in found if bound is not None]
    files = folder / f"{size}-{seed}.week.json", folder / f"{size}-{seed}.plan.json"
    for path, value in zip(files, (week, whole), strict=True):
        write_json(path, value)
    verdict = bench.judge(*files)
    return {
        "week": f"{size}-{seed}",
        "teams": len(teams),
        "visits": len(week["visits"]),
        "processes": processes,
        "asked_seconds": seconds,
        "first_plans_ms": round(sum(firsts), 1),
        "slowest_first_ms": max(firsts),
        "seconds": round(took, 2),
        "cost": verdict["cost"],
        "bound": sum(bounds) if len(bounds) == len(teams) else None,
        "constant": constant_of(bench, week),
        "unplaced": verdict["kpi"]["unplaced"],
        "feasible": not verdict["errors"],
        "peak_mb": peak_mb(),
    }


def _nothing(_number: int) -> None:
    """A task that only waits for its process to be warm."""


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="XL")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--folder", type=Path, required=True)
    chosen = parser.parse_args()
    line = measure(
        chosen.size,
        chosen.seed,
        seconds=chosen.seconds,
        processes=chosen.processes,
        folder=chosen.folder,
    )
    print(json.dumps(line))


if __name__ == "__main__":
    main()
