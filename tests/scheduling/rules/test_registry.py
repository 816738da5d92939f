"""No rule without its three tests and a mutation that is caught; no module without a rule."""

import pkgutil

import pytest

import scheduling.rules.hard
import scheduling.rules.soft
from scheduling.check import check
from scheduling.instances import validated
from scheduling.rules import HARD, RULES, SOFT
from scheduling.score import score
from tests.scheduling.plans import plan
from tests.scheduling.rules.hard_cases import HARD_CASES
from tests.scheduling.rules.mutations import MUTATIONS, clean, week
from tests.scheduling.rules.soft_cases import SOFT_CASES


def test_every_rule_has_its_cases_and_mutations() -> None:
    hard, soft = {rule.name for rule in HARD}, {rule.name for rule in SOFT}
    assert {name for name, cases in HARD_CASES.items() if cases} == hard
    assert {name for name, cases in SOFT_CASES.items() if cases} == soft
    assert {name for name, mutations in MUTATIONS.items() if mutations} == hard


def test_every_module_is_a_registered_rule() -> None:
    for package, rules in ((scheduling.rules.hard, HARD), (scheduling.rules.soft, SOFT)):
        modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
        assert modules == {rule.name for rule in rules}
        assert len(rules) == len(modules)


def test_rules_say_what_they_are() -> None:
    assert [rule.hard for rule in RULES] == [True] * len(HARD) + [False] * len(SOFT)
    titles = [rule.title for rule in RULES]
    assert len(set(titles)) == len(titles)


def test_week_of_mutations_is_clean() -> None:
    given = validated(week())
    assert check(given, clean(given)) == ()


@pytest.mark.parametrize(
    ("name", "number"), [(name, i) for name, all_ in MUTATIONS.items() for i in range(len(all_))]
)
def test_mutation_is_caught(name: str, number: int) -> None:
    given = week()
    mutated = MUTATIONS[name][number](given, clean(given))
    assert name in {breach.rule for breach in check(given, mutated)}


@pytest.mark.parametrize("rule", SOFT, ids=lambda rule: rule.name)
def test_price_of_a_mutation_is_the_difference(rule) -> None:  # type: ignore[no-untyped-def]
    """From the good plan to the bad one only the stated price is added by this rule."""
    for one in SOFT_CASES[rule.name]:
        before, after = score(one.problem, one.good), score(one.problem, one.bad)
        assert after.costs[rule.name] - before.costs[rule.name] == one.cost > 0


def test_nothing_placed_breaks_nothing() -> None:
    given = week()
    assert check(given, plan(given)) == ()
