"""Somebody falls ill on Wednesday: how much of the published week changes, in one JSON line.

`python -m tests.bench.repair --size S --seed 1 --seconds 1 --folder DIR` plans the week, and then
mends it for each worker in turn who is away from Wednesday on (`weekgen.sick`). Changed is a visit
whose workers or day differ or whose start differs by more than 30 minutes, the lost ones included;
lost is a visit from Wednesday on that had the worker. A must is lost if somebody else could still
have gone, were it the only visit. The outside judge reads every plan.
"""

import argparse
import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from scheduling.mending import mend as mend_plan
from scheduling.problem import Pin, Problem
from tests.bench.alone import impossible_alone
from tests.bench.outside import Bench, Week, WeekPlan, find_bench, write_json
from tests.bench.timed import first_plan_of, plan_for
from tests.bench.weeks import problem_of, week_plan_of

WEDNESDAY = 2
LATER = 30
PLANNED = 5.0


def changed(before: WeekPlan, after: WeekPlan) -> list[str]:
    """Visits of the published plan that differ, as the bar counts them, sorted."""
    return sorted(
        code
        for code, was in before.items()
        if code not in after
        or set(after[code]["workers"]) != set(was["workers"])
        or after[code]["day"] != was["day"]
        or abs(after[code]["start"] - was["start"]) > LATER
    )


def lost(published: WeekPlan, worker: str) -> list[str]:
    """Visits from Wednesday on that had the worker, sorted."""
    return sorted(
        code
        for code, place in published.items()
        if place["day"] >= WEDNESDAY and worker in place["workers"]
    )


def open_problem(bench: Bench, week: Week, published: WeekPlan) -> Problem:
    """The week on Wednesday morning: what has been is pinned, the rest is published."""
    past = {code: one for code, one in published.items() if one["day"] < WEDNESDAY}
    pins = tuple(
        Pin(visit=code, day=one["day"], start=one["start"], workers=tuple(one["workers"]))
        for code, one in sorted(past.items())
    )
    return replace(problem_of(bench, week, published), now=1440 * WEDNESDAY, pins=pins)


def days_left(week: Week) -> Week:
    """The week with nobody at work before Wednesday: what only those who are left can still do."""
    workers = [
        {**one, "shifts": [None] * WEDNESDAY + one["shifts"][WEDNESDAY:]} for one in week["workers"]
    ]
    return {**week, "workers": workers}


def mend(
    bench: Bench, week: Week, published: WeekPlan, worker: str, *, seconds: float, folder: Path
) -> dict[str, Any]:
    """One worker's absence, mended and judged."""
    before = {visit["id"]: visit for visit in week["visits"]}
    after = bench.generator.sick(week, worker, WEDNESDAY)
    problem = open_problem(bench, after, published)
    began = time.perf_counter()
    done = mend_plan(problem, should_stop=lambda: time.perf_counter() >= began + seconds)
    took = time.perf_counter() - began
    mended = week_plan_of(done.plan)
    files = [folder / f"{worker}.{part}.json" for part in ("week", "plan", "published")]
    for path, value in zip(files, (after, mended, published), strict=True):
        write_json(path, value)
    verdict = bench.judge(*files)
    gone = set(published) - set(mended)
    musts = {code for code in gone if before[code]["prio"] == "must"}
    differs, had = changed(published, mended), lost(published, worker)
    return {
        "worker": worker,
        "open": sum(place["day"] >= WEDNESDAY for place in published.values()),
        "lost": len(had),
        "changed": len(differs),
        "ratio": round(len(differs) / len(had), 2),
        "past_changed": sum(published[code]["day"] < WEDNESDAY for code in differs),
        "unplaced": len(gone),
        "musts_lost": len(musts - set(impossible_alone(bench, days_left(after)))),
        "cost": verdict["cost"],
        "feasible": not verdict["errors"],
        "seconds": round(took, 3),
    }


def measure(size: str, seed: int, *, seconds: float, folder: Path) -> dict[str, Any]:
    """Plan, then mend for each worker who loses visits."""
    bench = find_bench()
    week = json.loads(json.dumps(bench.week(size, seed)))
    first_plan_of(problem_of(bench, bench.week("XS", 1)))  # compiled code is loaded by now
    published = week_plan_of(plan_for(problem_of(bench, week), seconds=PLANNED).plan)
    workers = [worker["id"] for worker in week["workers"]]
    cases = [
        mend(bench, week, published, worker, seconds=seconds, folder=folder)
        for worker in workers
        if lost(published, worker)
    ]
    return {"week": f"{size}-{seed}", "asked_seconds": seconds, "cases": cases}


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--folder", type=Path, required=True)
    chosen = parser.parse_args()
    line = measure(chosen.size, chosen.seed, seconds=chosen.seconds, folder=chosen.folder)
    print(json.dumps(line))


if __name__ == "__main__":
    main()
