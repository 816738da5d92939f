"""How soon people have answers: why a visit was left out, what a move breaks and costs.

`python -m tests.bench.answers --size S --seed 1` plans for two seconds, opens a desk with the plan,
explains each visit left out with its levers, and prices moves at random: another day, start or
worker for a placed visit. Prints one JSON line, milliseconds; opening the desk is apart.
"""

import argparse
import json
import random
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from scheduling.desk import Desk
from scheduling.explain import why_not
from scheduling.plan import Plan
from scheduling.problem import Placement, Problem
from tests.bench.outside import find_bench
from tests.bench.report.tables import middle
from tests.bench.timed import plan_for
from tests.bench.weeks import problem_of

PLANNED = 2.0
MOVES = 100


def explanations(desk: Desk) -> list[float]:
    """Milliseconds for each visit left out: reasons, levers, who could give way."""
    return [_timed(partial(why_not, desk, code)) for code in desk.left_out()]


def prices(desk: Desk, rng: random.Random) -> list[float]:
    """Milliseconds for each of some moves: what it breaks, shifts and costs."""
    moves = (_moved(desk.problem, desk.plan, rng) for _ in range(MOVES))
    return [_timed(partial(desk.price, moved)) for moved in moves]


def _moved(problem: Problem, plan: Plan, rng: random.Random) -> Placement:
    one = rng.choice(plan.placements)
    crew = rng.sample([worker.code for worker in problem.workers], len(one.workers))
    there: Placement = rng.choice(
        (
            replace(one, day=rng.randrange(problem.days)),
            replace(one, start=rng.randrange(540, 960, problem.grid)),
            replace(one, workers=tuple(crew)),
        )
    )
    return there


def _desk(problem: Problem, plan: Plan) -> Desk:
    """A desk with its draft made, as it is while a person looks at a plan."""
    desk = Desk(problem, plan)
    assert desk.draft
    return desk


def _timed(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    ask()
    return round(1000 * (time.perf_counter() - began), 2)


def measure(size: str, seed: int) -> dict[str, Any]:
    """Plan, ask, time."""
    bench = find_bench()
    problem = problem_of(bench, bench.week(size, seed))
    plan = plan_for(problem, seconds=PLANNED).plan
    plan_desk = partial(_desk, problem, plan)
    plan_desk()  # compiled code is loaded by now
    opening = _timed(plan_desk)
    desk = plan_desk()
    told = explanations(desk)
    priced = prices(desk, random.Random(seed))
    return {
        "week": f"{size}-{seed}",
        "opening_ms": opening,
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
