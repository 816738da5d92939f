"""Plan one public home health care instance and let the outside checker say what the plan is worth.

`python -m tests.bench.hhcrsp INSTANCE.json --seconds 30 --out SOLUTION.json` writes the solution in
the checker's format; the checker (`hhcrsp_check.py` in the folder THUISRONDE_BENCH) reads instance
and solution from their files. One JSON line; exit code 1 if it finds an error. `seconds` counts
everything but the start of the interpreter: reading, loading compiled code, searching, judging.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from scheduling.engine.solve import solve
from tests.bench.hhcrsp.adapter import problem_of, read_instance, solution_of
from tests.bench.outside import VARIABLE, NotAtHand, write_json

JUDGING = 0.3
"""Seconds kept for writing."""


def measure(path: Path, seconds: float, out: Path, seed: int = 1) -> dict[str, Any]:
    """Read, plan, write, judge; returns the line's values."""
    checker = checker_path()
    began = time.perf_counter()
    instance = read_instance(path)
    problem = problem_of(instance)
    left = began + seconds - JUDGING - time.perf_counter()
    plan = solve(problem, seed=seed, seconds=max(0.0, left))
    write_json(out, solution_of(instance, plan.placements))
    spent = time.perf_counter() - began
    verdict = judge(checker, path, out)
    return {
        "instance": path.stem,
        "cost": round(verdict["cost"], 6),
        "bound": None,
        "unplaced": len(plan.unplaced),
        "feasible": verdict["feasible"],
        "seconds": round(spent, 3),
        "travel": round(verdict["travel"], 3),
        "lateness": round(verdict["total_tardiness"], 3),
        "largest_lateness": round(verdict["max_tardiness"], 3),
        "own_cost": round(plan.cost / (3 * instance.parts), 6),
        "iterations": plan.iterations,
        "seed": seed,
        "errors": verdict["errors"][:5],
        "solution": str(out),
    }


def checker_path() -> Path:
    """The outside checker; NotAtHand where it is not."""
    root = os.environ.get(VARIABLE)
    if not root:
        raise NotAtHand(f"{VARIABLE} is not set: the outside checker is not at hand")
    path = Path(root) / "hhcrsp_check.py"
    if not path.is_file():
        raise NotAtHand(f"{VARIABLE}={root} has no hhcrsp_check.py; name the checker's folder")
    return path


def judge(checker: Path, instance: Path, solution: Path) -> dict[str, Any]:
    """The outside checker's verdict on what stands in the files."""
    asked = [sys.executable, str(checker), str(instance), str(solution), "--json"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=60)
    if done.returncode not in (0, 1):
        raise NotAtHand(f"{checker.name} could not read the files: {done.stderr.strip()}")
    verdict: dict[str, Any] = json.loads(done.stdout)
    return verdict


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.hhcrsp", description=__doc__)
    parser.add_argument("instance", type=Path)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    try:
        line = measure(chosen.instance, chosen.seconds, chosen.out, chosen.seed)
    except NotAtHand as missing:
        parser.error(str(missing))
    print(json.dumps(line))
    if not line["feasible"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
