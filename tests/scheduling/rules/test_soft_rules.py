"""Every soft rule of the registry: costs nothing when kept, its price when not, nothing unasked."""

import importlib
from dataclasses import fields, replace

import pytest

from scheduling.instances import validated
from scheduling.plan import COST_RULES
from scheduling.rules import SOFT
from scheduling.score import score
from scheduling.weights import Weights
from tests.scheduling.rules.small import SoftCase
from tests.scheduling.rules.soft_cases import SOFT_CASES
from tests.scheduling.rules.test_hard_rules import templates

CASES = [
    pytest.param(rule.name, one, id=f"{rule.name}: {one.name}".replace(" ", "-"))
    for rule in SOFT
    for one in SOFT_CASES.get(rule.name, ())
]
FREE = Weights(**{field.name: 0 for field in fields(Weights)})


@pytest.mark.parametrize(("name", "one"), CASES)
def test_costs_nothing_when_kept(name: str, one: SoftCase) -> None:
    assert score(validated(one.problem), one.good).costs[name] == 0


@pytest.mark.parametrize(("name", "one"), CASES)
def test_costs_its_price_when_not_kept(name: str, one: SoftCase) -> None:
    found = score(one.problem, one.bad)
    assert found.costs[name] == one.cost
    assert sum(charge.amount for charge in found.charges if charge.rule == name) == one.cost


@pytest.mark.parametrize(("name", "one"), CASES)
def test_costs_nothing_when_not_asked(name: str, one: SoftCase) -> None:
    assert score(validated(one.lifted), one.bad).costs[name] == 0


@pytest.mark.parametrize("rule", SOFT, ids=lambda rule: rule.name)
def test_every_sentence_is_said_in_some_case(rule) -> None:  # type: ignore[no-untyped-def]
    module = importlib.import_module(f"scheduling.rules.soft.{rule.name}")
    found = [
        charge for one in SOFT_CASES[rule.name] for charge in score(one.problem, one.bad).charges
    ]
    mine = [charge.sentence for charge in found if charge.rule == rule.name]
    assert {sentence.msgid for sentence in mine} == templates(module)
    for sentence in mine:
        assert str(sentence).endswith((".", ")."))
        assert "%" not in str(sentence)


@pytest.mark.parametrize(("name", "one"), CASES)
def test_price_is_the_named_weights(name: str, one: SoftCase) -> None:
    """Only the weights that the rule names move its cost; without them it is free."""
    [mine] = [rule.weights for rule in SOFT if rule.name == name]
    weights = one.problem.weights
    others_free = replace(FREE, **{field: getattr(weights, field) for field in mine})
    mine_free = replace(weights, **dict.fromkeys(mine, 0))
    assert score(replace(one.problem, weights=others_free), one.bad).costs[name] == one.cost
    assert score(replace(one.problem, weights=mine_free), one.bad).costs[name] == 0


def test_every_weight_belongs_to_one_rule() -> None:
    named = [field for rule in SOFT for field in rule.weights]
    assert sorted(named) == sorted(field.name for field in fields(Weights))


def test_soft_rules_are_the_plans_costs() -> None:
    assert tuple(rule.name for rule in SOFT) == COST_RULES
