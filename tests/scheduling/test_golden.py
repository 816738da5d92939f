"""Frozen weeks and what a quick plan may cost; `bound`: no plan is cheaper, 0 if none is proved."""

import json
from pathlib import Path

import pytest

from scheduling.check import check
from scheduling.engine.solve import solve
from scheduling.instances import dump_problem, load_problem
from scheduling.plan import Effort

FOLDER = Path(__file__).parent / "golden"
BARS = json.loads((FOLDER / "bars.json").read_text())


def test_every_file_has_a_bar() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == {"bars", *BARS}


@pytest.mark.parametrize("name", sorted(BARS))
def test_a_quick_plan_reaches_its_bar(name: str) -> None:
    data = (FOLDER / f"{name}.json").read_bytes()
    week = load_problem(data)
    assert dump_problem(week) == data
    plan = solve(week, effort=Effort.QUICK)
    assert check(week, plan) == ()
    assert BARS[name]["bound"] <= plan.cost <= BARS[name]["most"]
