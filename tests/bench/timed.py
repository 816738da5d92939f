"""One timed run of the planner: how soon its first plan, how long, how much memory."""

import resource
import time
from dataclasses import dataclass
from typing import Any

from scheduling.engine.drafting import empty_draft
from scheduling.engine.solve import Progress, solve
from scheduling.instances import canonical, validated
from scheduling.plan import Effort, Plan
from scheduling.problem import Problem


@dataclass(frozen=True)
class Timed:
    """A plan and what it took. `first_ms`: from the call to the first complete plan."""

    plan: Plan
    seconds: float
    cpu_seconds: float
    first_ms: float
    first_cost: int
    first_unplaced: int


@dataclass
class FirstPlan:
    """Notes the first progress, which is a complete plan."""

    began: float
    after: float | None = None
    cost: int = 0
    unplaced: int = 0

    def __call__(self, progress: Progress) -> None:
        if self.after is None:
            self.after = time.perf_counter() - self.began
            self.cost, self.unplaced = progress.cost, progress.unplaced


def plan_for(problem: Problem, *, seconds: float, seed: int = 1, **more: Any) -> Timed:
    """Plan with all the effort that fits into so many seconds."""
    cpu, began = time.process_time(), time.perf_counter()
    first = FirstPlan(began)
    plan = solve(
        problem, effort=Effort.THOROUGH, seed=seed, seconds=seconds, on_progress=first, **more
    )
    return Timed(
        plan=plan,
        seconds=round(time.perf_counter() - began, 3),
        cpu_seconds=round(time.process_time() - cpu, 3),
        first_ms=round(1000 * (first.after or 0.0), 2),
        first_cost=first.cost,
        first_unplaced=first.unplaced,
    )


def preparing_ms(problem: Problem) -> float:
    """Milliseconds to check and compile the problem, before any search: the best of three."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        empty_draft(canonical(validated(problem)))
        times.append(time.perf_counter() - began)
    return round(1000 * min(times), 2)


def first_plan_of(problem: Problem) -> Timed:
    """Only the first complete plan, judged."""
    began = time.perf_counter()
    first = FirstPlan(began)
    plan = solve(problem, on_progress=first, should_stop=lambda: first.after is not None)
    return Timed(
        plan=plan,
        seconds=round(time.perf_counter() - began, 3),
        cpu_seconds=0.0,
        first_ms=round(1000 * (first.after or 0.0), 2),
        first_cost=first.cost,
        first_unplaced=first.unplaced,
    )


def peak_mb() -> int:
    """The most memory this process has held, children not counted, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
