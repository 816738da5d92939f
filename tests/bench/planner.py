"""How soon a problem has its first complete plan, and what each effort makes of it.

`thuisronde plan-run export RUN --out week.json` writes the problem of any plan run; then
`python -m tests.bench.planner week.json [...]`. Seconds of the process's own CPU and of the clock.
"""

import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from scheduling.check import check
from scheduling.engine import Progress, solve
from scheduling.instances import load_problem
from scheduling.plan import Effort


@dataclass
class FirstPlan:
    """Remembers when the first progress, a complete plan, was told."""

    began: float = field(default_factory=time.perf_counter)
    cpu: float = field(default_factory=time.process_time)
    told: str = ""

    def __call__(self, progress: Progress) -> None:
        if not self.told:
            wall, cpu = time.perf_counter() - self.began, time.process_time() - self.cpu
            self.told = f"{wall:.2f} s ({cpu:.2f} s CPU), {progress.unplaced} left out"


def measure(path: Path, effort: Effort) -> str:
    """Solve once and return a line of a table."""
    problem = load_problem(path.read_bytes())
    first = FirstPlan()
    plan = solve(problem, effort=effort, on_progress=first)
    wall, cpu = time.perf_counter() - first.began, time.process_time() - first.cpu
    assert not check(problem, plan), "a plan that fails the judge is never returned"
    return (
        f"| {path.stem} | {effort.value} | {len(problem.visits)} x {len(problem.workers)}"
        f" | {first.told} | {len(plan.placements)} placed, cost {plan.cost}"
        f" | {wall:.1f} s ({cpu:.1f} s CPU) |"
    )


def main(paths: list[str]) -> None:
    """Print a table: quick and normal effort for each file."""
    print("| week | effort | visits x workers | first plan | best plan | whole run |")
    print("| --- | --- | --- | --- | --- | --- |")
    for path in paths:
        for effort in (Effort.QUICK, Effort.NORMAL):
            print(measure(Path(path), effort), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
