"""Hard rules that a team has made soft: they breach nothing, and cost what the hard form counts."""

from dataclasses import replace

import pytest

from scheduling.check import check
from scheduling.instances import validated
from scheduling.problem import Problem
from scheduling.rules import HARD, SOFT
from scheduling.score import score
from tests.scheduling.rules.hard_cases import HARD_CASES
from tests.scheduling.rules.small import HardCase

SOFTENED = [rule.name for rule in HARD if rule.softened_by]
CASES = [
    pytest.param(name, one, id=f"{name}: {one.name}".replace(" ", "-"))
    for name in SOFTENED
    for one in HARD_CASES[name]
]


def soft(name: str, given: Problem, weight: int) -> Problem:
    return replace(given, weights=replace(given.weights, **{name: weight}))


def test_the_rules_a_team_may_soften() -> None:
    assert SOFTENED == ["limit", "visiting", "spacing", "distinct", "reserve"]
    assert {rule.softened_by for rule in HARD if rule.softened_by} == set(SOFTENED)
    assert set(SOFTENED) <= {rule.name for rule in SOFT}


@pytest.mark.parametrize(("name", "one"), CASES)
def test_softened_it_costs_and_breaches_nothing(name: str, one: HardCase) -> None:
    given = validated(soft(name, one.problem, 1))
    assert check(given, one.bad) == ()
    assert score(given, one.good).costs[name] == 0
    assert score(one.problem, one.bad).costs[name] == 0
    cost = score(given, one.bad).costs[name]
    assert cost > 0
    assert score(soft(name, one.problem, 9), one.bad).costs[name] == 9 * cost


@pytest.mark.parametrize(("name", "one"), CASES)
def test_a_weight_of_zero_softens_too(name: str, one: HardCase) -> None:
    given = soft(name, one.problem, 0)
    assert check(given, one.bad) == ()
    assert score(given, one.bad).costs[name] == 0
