"""`thuisronde bound` on files."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from scheduling.cli import main
from scheduling.engine.solve import solve
from scheduling.instances import dump_plan, dump_problem
from scheduling.plan import Effort
from tests.scheduling.factories import random_problem


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    week = random_problem(6, workers=3, tenants=5, visits=8)
    problem, plan = tmp_path / "week.json", tmp_path / "plan.json"
    problem.write_bytes(dump_problem(week))
    plan.write_bytes(dump_plan(solve(week, effort=Effort.QUICK)))
    return problem, plan


def test_bound_of_a_week_and_gap_of_a_plan(files: tuple[Path, Path]) -> None:
    problem, plan = map(str, files)
    alone = CliRunner().invoke(main, ["bound", problem, "--json"])
    assert alone.exit_code == 0
    knowing = CliRunner().invoke(main, ["bound", problem, plan, "--json"])
    report = json.loads(knowing.output)
    assert json.loads(alone.output)["bound"] <= report["bound"] <= report["cost"]
    assert report["gap"] == report["cost"] - report["bound"]
    said = CliRunner().invoke(main, ["bound", problem, plan])
    assert f"No plan costs less than {report['bound']}" in said.output


def test_a_plan_of_another_week_is_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_bytes(dump_problem(random_problem(7)))
    refused = CliRunner().invoke(main, ["bound", str(other), str(files[1])])
    assert refused.exit_code == 1
    assert "the plan is for the problem" in refused.output


def test_planning_with_a_bound_says_how_near_it_comes(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "made.json"
    said = CliRunner().invoke(
        main, ["plan", str(files[0]), "--effort", "normal", "--out", str(out)]
    )
    made = json.loads(out.read_bytes())
    assert f"no plan costs less than {made['bound']}" in said.stderr
    assert made["alone"] <= made["bound"]
