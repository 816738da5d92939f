"""How soon people have answers: why a visit was left out, what a move breaks and costs.

`python -m tests.bench.answers --size S --seed 1` plans for two seconds, explains each visit left
out, and judges and prices moves at random: another day, start or worker for a placed visit. Prints
one JSON line, milliseconds.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from scheduling.check import check
from scheduling.explain import explain
from scheduling.plan import Plan
from scheduling.problem import Placement, Problem
from scheduling.score import score
from tests.bench.outside import find_bench
from tests.bench.report.tables import middle
from tests.bench.timed import plan_for
from tests.bench.weeks import problem_of

PLANNED = 2.0
MOVES = 100


def explanations(problem: Problem, plan: Plan) -> list[float]:
    """Milliseconds for each visit left out, asked alone: in a plan of which nothing else is out."""
    times = []
    for left in plan.unplaced:
        others = tuple(v for v in problem.visits if v.code == left.visit or v.code in _placed(plan))
        alone = replace(problem, visits=others)
        times.append(_timed(partial(explain, alone, plan)))
    return times


def prices(problem: Problem, plan: Plan, rng: random.Random) -> list[float]:
    """Milliseconds for each of some moves."""
    moves = (_moved(problem, plan, rng) for _ in range(MOVES))
    return [_timed(partial(_judged, problem, moved)) for moved in moves]


def _placed(plan: Plan) -> set[str]:
    return {placement.visit for placement in plan.placements}


def _judged(problem: Problem, plan: Plan) -> None:
    """What a board asks before a person's move is made."""
    check(problem, plan)
    score(problem, plan)


def _moved(problem: Problem, plan: Plan, rng: random.Random) -> Plan:
    number = rng.randrange(len(plan.placements))
    one = plan.placements[number]
    crew = rng.sample([worker.code for worker in problem.workers], len(one.workers))
    there: Placement = rng.choice(
        (
            replace(one, day=rng.randrange(problem.days)),
            replace(one, start=rng.randrange(540, 960, problem.grid)),
            replace(one, workers=tuple(crew)),
        )
    )
    placements = (*plan.placements[:number], there, *plan.placements[number + 1 :])
    return replace(plan, placements=placements)


def _timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return round(1000 * (time.perf_counter() - began), 2)


def measure(size: str, seed: int) -> dict[str, Any]:
    """Plan, ask, time."""
    bench = find_bench()
    problem = problem_of(bench, bench.week(size, seed))
    plan = plan_for(problem, seconds=PLANNED).plan
    explain(problem, plan)  # compiled code is loaded by now
    told = explanations(problem, plan)
    priced = prices(problem, plan, random.Random(seed))
    return {
        "week": f"{size}-{seed}",
        "unplaced": len(told),
        "explanation_ms": middle(told),
        "slowest_explanation_ms": max(told, default=None),
        "moves": len(priced),
        "price_ms": middle(priced),
        "slowest_price_ms": max(priced),
    }


def main() -> None:
    """Print one JSON line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", required=True)
    parser.add_argument("--seed", type=int, required=True)
    chosen = parser.parse_args()
    print(json.dumps(measure(chosen.size, chosen.seed)))


if __name__ == "__main__":
    main()
