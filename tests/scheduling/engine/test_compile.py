"""A problem compiled after another that differs in its pins only is as if compiled alone."""

import random
from dataclasses import replace

import pytest

from scheduling.engine.compile import compile_problem
from scheduling.instances import canonical
from scheduling.problem import Pin, Problem
from tests.scheduling.random_problems import random_week

SEEDS = 40


def repinned(week: Problem, dice: random.Random) -> Problem:
    """The week with some pins lifted, and one visit held on some day, by somebody or anybody."""
    kept = [pin for pin in week.pins if dice.random() < 0.5]
    loose = [v.code for v in week.visits if all(pin.visit != v.code for pin in kept)]
    if loose:
        crew = (dice.choice(week.workers).code,) if week.workers and dice.random() < 0.5 else None
        day = dice.randrange(week.days)
        start = dice.choice([None, 10 * 60])
        kept.append(Pin(visit=dice.choice(loose), day=day, start=start, workers=crew))
    return canonical(replace(week, pins=tuple(kept)))


@pytest.mark.parametrize("seed", range(SEEDS))
def test_other_pins_leave_nothing_of_those_before(seed: int) -> None:
    week = canonical(random_week(seed))
    before, dice = compile_problem(week), random.Random(seed)
    for _ in range(4):
        week = repinned(week, dice)
        fresh, after = compile_problem(week), compile_problem(week, like=before)
        assert after == fresh
        assert list(after.tables) == list(fresh.tables)
        before = after


def test_another_week_takes_nothing_over() -> None:
    week, other = canonical(random_week(1)), canonical(random_week(2))
    assert compile_problem(week, like=compile_problem(other)) == compile_problem(week)
    longer = replace(
        week, visits=tuple(replace(v, minutes=v.minutes + week.grid) for v in week.visits)
    )
    assert compile_problem(longer, like=compile_problem(week)) == compile_problem(longer)
