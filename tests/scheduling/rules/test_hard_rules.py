"""Every hard rule of the registry: kept where it bites, broken when forced, fine when not asked."""

import importlib
from types import ModuleType

import pytest

from scheduling.check import check
from scheduling.instances import validated
from scheduling.rules import HARD
from tests.scheduling.rules.hard_cases import HARD_CASES
from tests.scheduling.rules.small import HardCase

NAMES = [rule.name for rule in HARD]
CASES = [
    pytest.param(name, one, id=f"{name}: {one.name}".replace(" ", "-"))
    for name in NAMES
    for one in HARD_CASES.get(name, ())
]


def templates(module: ModuleType) -> set[str]:
    """Every sentence a rule's module can say."""
    found = set()
    for value in vars(module).values():
        texts = value.values() if isinstance(value, dict) else [value]
        found |= {text for text in texts if isinstance(text, str) and "%(" in text}
    return found


@pytest.mark.parametrize(("name", "one"), CASES)
def test_feasible(name: str, one: HardCase) -> None:
    assert check(validated(one.problem), one.good) == ()


@pytest.mark.parametrize(("name", "one"), CASES)
def test_infeasible_when_forced(name: str, one: HardCase) -> None:
    assert {breach.rule for breach in check(one.problem, one.bad)} == {name}


@pytest.mark.parametrize(("name", "one"), CASES)
def test_feasible_when_not_asked(name: str, one: HardCase) -> None:
    if one.lifted is None:
        assert name in {"after", "duty", "once", "unknown"}
        return
    assert check(validated(one.lifted), one.bad) == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_sentence_is_said_in_some_case(name: str) -> None:
    module = importlib.import_module(f"scheduling.rules.hard.{name}")
    cases = HARD_CASES[name]
    said = {breach.sentence.msgid for one in cases for breach in check(one.problem, one.bad)}
    assert said == templates(module)


@pytest.mark.parametrize(("name", "one"), CASES)
def test_breaches_speak_in_whole_sentences(name: str, one: HardCase) -> None:
    for breach in check(one.problem, one.bad):
        text = str(breach.sentence)
        assert text.endswith(".")
        assert "%" not in text
        assert "None" not in text
