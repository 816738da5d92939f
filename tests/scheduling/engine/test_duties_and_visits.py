"""Visits are planned around duties: random weeks of both, judged and priced by the judge."""

import random
from dataclasses import replace

import pytest

from scheduling.check import check
from scheduling.duties import unstaffed
from scheduling.engine.effort import Budget
from scheduling.engine.improve import Cycle
from scheduling.engine.solve import solve
from scheduling.instances import validated
from scheduling.problem import Duty, Problem
from scheduling.score import score
from tests.scheduling.factories import ALL_FEATURES, Feature, random_problem
from tests.scheduling.shuffling import shuffled

SMALL = Budget(starts=(Cycle(60),), cycles=(Cycle(60),), rounds=1, master=2)


def week(seed: int) -> Problem:
    """A random week with everything in it, and duties in and out of working hours."""
    rng = random.Random(seed)
    features = ALL_FEATURES - ({Feature.NOW} if seed % 2 else set())
    given = random_problem(seed, workers=4, visits=12, days=7, features=frozenset(features))
    codes = [None, *(worker.code for worker in given.workers)]
    duties = []
    for n in range(rng.randint(1, 8)):
        start = rng.choice((0, 600, 780, 1020, 1320))
        duties.append(
            Duty(
                code=f"d{n}",
                day=rng.randrange(7),
                start=start,
                end=start + rng.choice((60, 120, 300, 540)),
                kind=rng.choice(("phone", "evening")),
                disciplines=rng.choice(((), ("nurse", "social"))),
                place=rng.choice((None, "office")),
                worker=rng.choice(codes),
                visits=rng.random() < 0.2,
            )
        )
    return validated(replace(given, duties=tuple(duties)))


@pytest.mark.parametrize("seed", range(40))
def test_a_plan_with_duties_is_clean_and_priced(seed: int) -> None:
    given = week(seed)
    plan = solve(given, budget=SMALL)
    assert check(given, plan) == ()
    assert plan.cost == score(given, plan).total
    assert len(plan.duties) + len(unstaffed(given, plan.duties)) == len(given.duties)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_the_input_changes_nothing(seed: int) -> None:
    given = week(seed)
    mixed = shuffled(given, random.Random(seed))
    mixed = replace(mixed, duties=tuple(reversed(mixed.duties)))
    one, other = solve(given, budget=SMALL), solve(mixed, budget=SMALL)
    assert (one.placements, one.duties) == (other.placements, other.duties)
