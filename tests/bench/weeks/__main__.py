"""Plan one synthetic week and let the outside judge say what the plan is worth, in one line.

`python -m tests.bench.weeks --size S --seed 7 --seconds 5 --out PLAN.json` writes the plan in the
judge's format, and the week beside it (PLAN.week.json); the judge reads both from these files.
Exit code 1 if it finds an error or another cost than our own.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from tests.bench.alone import constant_of
from tests.bench.outside import NotAtHand, find_bench, write_json
from tests.bench.timed import first_plan_of, peak_mb, plan_for, preparing_ms
from tests.bench.weeks.adapter import problem_of, week_plan_of
from tests.bench.weeks.figures import Figures, best_known

SIZES = ("XS", "S", "T", "M", "L", "XL")


def measure(
    size: str, seed: int, seconds: float, out: Path, planner_seed: int = 1
) -> dict[str, Any]:
    """Generate, plan, write, judge; returns the line's values."""
    bench = find_bench()
    instance = out.with_suffix(".week.json")
    write_json(instance, bench.week(size, seed))
    week = json.loads(instance.read_bytes())
    problem = problem_of(bench, week)
    first_plan_of(problem_of(bench, bench.week("XS", 1)))  # compiled code is loaded by now
    done = plan_for(problem, seconds=seconds, seed=planner_seed)
    peak = peak_mb()
    write_json(out, week_plan_of(done.plan))
    verdict = bench.judge(instance, out)
    figures = Figures(
        cost=verdict["cost"],
        constant=constant_of(bench, week),
        bound=done.plan.bound,
        best=best_known(f"{size}-{seed}"),
    )
    return {
        "week": f"{size}-{seed}",
        "cost": figures.cost,
        "bound": figures.bound,
        "unplaced": verdict["kpi"]["unplaced"],
        "unplaced_must": verdict["kpi"]["unplaced_must"],
        "feasible": not verdict["errors"],
        "seconds": done.seconds,
        "cpu_seconds": done.cpu_seconds,
        "first_ms": done.first_ms,
        "preparing_ms": preparing_ms(problem),
        "first_cost": done.first_cost,
        "first_unplaced": done.first_unplaced,
        "constant": figures.constant,
        "gap": figures.gap,
        "gap_above": figures.gap_above,
        "best_known": figures.best,
        "to_best": figures.to_best,
        "to_best_above": figures.to_best_above,
        "own_cost": done.plan.cost,
        "iterations": done.plan.iterations,
        "reproducible": done.plan.reproducible,
        "master": done.plan.master.value,
        "peak_mb": peak,
        "errors": verdict["errors"][:5],
        "instance": str(instance),
        "plan": str(out),
    }


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.weeks", description=__doc__)
    parser.add_argument("--size", choices=SIZES, required=True)
    parser.add_argument("--seed", type=int, required=True, help="of the week")
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--planner-seed", type=int, default=1, help="of the search")
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    try:
        line = measure(
            chosen.size,
            chosen.seed,
            seconds=chosen.seconds,
            out=chosen.out,
            planner_seed=chosen.planner_seed,
        )
    except NotAtHand as missing:
        parser.error(str(missing))
    print(json.dumps(line))
    if not line["feasible"] or line["own_cost"] != line["cost"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
