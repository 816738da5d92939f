"""The page of rules is made from the rules, and says of each what it asks with numbers."""

import importlib
from pathlib import Path

import pytest

from scheduling.rules import HARD, RULES, SOFT
from scheduling.rules.page import example, page
from tests.scheduling.rules.test_hard_rules import templates

PAGE = Path(__file__).parents[3] / "docs" / "rules.md"


def test_the_committed_page_is_the_one_made() -> None:
    """Made by `python -m scheduling.rules.page > docs/rules.md`."""
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.name}-{rule.hard}")
def test_a_rule_shows_one_of_its_own_sentences(rule) -> None:  # type: ignore[no-untyped-def]
    kind = "hard" if rule.hard else "soft"
    module = importlib.import_module(f"scheduling.rules.{kind}.{rule.name}")
    assert rule.says in templates(module)
    text = example(rule)
    assert text in page()
    assert "%" not in text
    assert "()" not in text


@pytest.mark.parametrize("rule", SOFT, ids=lambda rule: rule.name)
def test_a_soft_rule_says_what_each_of_its_weights_does(rule) -> None:  # type: ignore[no-untyped-def]
    assert not [name for name in rule.weights if f"`{name}`" not in rule.asks]


def test_formulas_are_whole_sentences_of_their_own() -> None:
    texts = [rule.asks for rule in RULES]
    assert len(set(texts)) == len(HARD) + len(SOFT)
    assert all(text.endswith((".", ".)", "5.")) for text in texts)
