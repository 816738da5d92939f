"""The page of all rules, `docs/rules.md`: `python -m scheduling.rules.page > docs/rules.md`."""

import sys
from collections.abc import Iterator
from dataclasses import fields

from scheduling.rules import HARD, SOFT
from scheduling.rules.base import HardRule, Sentence, SoftRule, Value
from scheduling.weights import Weights

HEAD = """# The planner's rules

Made from the rules themselves by `python -m scheduling.rules.page`: change the modules in
`scheduling/rules/`, not this page. Names in `code` are fields of the problem format
(`scheduling/problem.py`) and weights (`scheduling/weights.py`). A visit of several workers has a
*seat* for each; a *lane* is one interval of a worker's working time on one day. The examples are
what `check` and `score` say of a plan, with invented codes; the service says the same in Dutch and
French.

"""
HARD_HEAD = """## Hard rules

No plan breaks them: `check` finds every breach. Five of them have a weight of the same name that
makes them soft (`null`, the default, leaves them hard).

| rule | asks | example | softened by |
| --- | --- | --- | --- |
"""
SOFT_HEAD = """
## Soft rules

What a plan costs is the plain sum of these, in whole points. A team's settings give each weight;
those of the five hard rules that may be softened have no default: without a number they are hard.

| rule | costs | weight and default | example |
| --- | --- | --- | --- |
"""
_SAMPLE: dict[str, Value] = {
    "visit": "v7",
    "other_visit": "v3",
    "tenant": "t2",
    "worker": "w1",
    "workers": ("w1", "w4"),
    "place": "p5",
    "resource": "car",
    "duty": "night-2",
    "languages": "ar, fr",
    "day": 1,
    "other_day": 0,
    "time": "10:15",
    "from_time": "09:40",
    "until": "11:00",
    "latest": "10:00",
    "number": "w9",
    "seat": 2,
    "minutes": 25,
    "least": 30,
    "most": 60,
    "travel": 35,
    "grid": 5,
    "days": 1,
    "needed": 2,
    "present": 1,
    "allowed": 0,
    "count": 5,
    "limit": 4,
    "times": 2,
    "available": 4,
    "carried": 40,
    "share": 600,
}
_OTHERWISE: dict[str, dict[str, Value]] = {
    "grid": {"time": "10:17"},
    "lunch": {"minutes": 30, "from_time": "11:30", "until": "14:00"},
    "duty": {"count": 2},
    "overload": {"minutes": 700},
    "reserve": {"minutes": 95, "needed": 120},
    "rest": {"day": 0, "other_day": 1, "from_time": "08:30", "until": "07:00"},
    "rotation": {"count": 1},
    "spacing": {"days": 1, "needed": 2},
    "visiting": {"minutes": 1260, "limit": 1200},
}


def page() -> str:
    """The whole page in Markdown."""
    return "".join((HEAD, HARD_HEAD, *_hard(), SOFT_HEAD, *_soft()))


def example(rule: HardRule | SoftRule) -> str:
    """One sentence of the rule in English, with numbers."""
    return str(Sentence(rule.says, _SAMPLE | _OTHERWISE.get(rule.name, {})))


def _hard() -> Iterator[str]:
    for rule in HARD:
        weight = f"`{rule.softened_by}`" if rule.softened_by else ""
        yield f"| `{rule.name}`: {rule.title} | {_cell(rule.asks)} | {example(rule)} | {weight} |\n"


def _soft() -> Iterator[str]:
    defaults = {field.name: field.default for field in fields(Weights)}
    for rule in SOFT:
        weights = "<br>".join(
            f"`{name}` {'none' if defaults[name] is None else defaults[name]}"
            for name in rule.weights
        )
        head = f"`{rule.name}`: {rule.title}"
        yield f"| {head} | {_cell(rule.asks)} | {weights} | {example(rule)} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    sys.stdout.write(page())
