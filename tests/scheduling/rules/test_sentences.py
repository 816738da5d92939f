"""Sentences in English, and what may stand in them."""

from pathlib import Path

import pytest

from scheduling.rules import RULES
from scheduling.rules.base import Sentence, Values, clock
from scheduling.rules.hard.unknown import shown
from tests.scheduling.rules.spoken import spoken

GOLDEN = Path(__file__).parents[1] / "golden" / "sentences.txt"


@pytest.mark.parametrize(
    ("minute", "text"),
    [(0, "00:00"), (545, "09:05"), (615, "10:15"), (1440, "24:00"), (1500, "01:00 (+1)")],
)
def test_clock(minute: int, text: str) -> None:
    assert clock(minute) == text


def test_days_have_names_and_lists_commas() -> None:
    values: Values = {"workers": ("w1", "w2"), "day": 0, "other_day": 6, "count": 3}
    text = "%(workers)s: %(count)s from %(day)s to %(other_day)s"
    assert str(Sentence(text, values)) == "w1, w2: 3 from Monday to Sunday"


def test_a_number_that_is_no_day_of_the_week_stays_a_number() -> None:
    assert str(Sentence("%(day)s %(count)s", {"day": -1, "count": 2})) == "-1 2"
    assert str(Sentence("%(day)s", {"day": 7})) == "7"


@pytest.mark.parametrize("value", ["w1", "team:A", "t/1", 7, -3])
def test_codes_and_numbers_are_shown(value: object) -> None:
    assert shown(value) == str(value)


@pytest.mark.parametrize("value", ["a name", "", "Zoë", None, 1.5, ["w1"], "x" * 99])
def test_anything_else_may_be_a_name_and_is_not(value: object) -> None:
    assert shown(value) == "?"


def test_titles_are_short_and_without_values() -> None:
    for rule in RULES:
        assert len(rule.title.split()) <= 6
        assert "%" not in rule.title


def test_all_that_is_said_of_the_cases() -> None:
    """Word for word, with every number; made by `python -m tests.scheduling.rules.spoken`."""
    assert list(spoken()) == GOLDEN.read_text(encoding="utf-8").splitlines()
