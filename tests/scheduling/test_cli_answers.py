"""The commands that answer about a plan, run as people run them."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from scheduling.check import check
from scheduling.cli import main
from scheduling.instances import dump_plan, dump_problem, load_plan, load_problem, problem_hash
from scheduling.plan import Plan
from scheduling.problem import Problem, Seat
from scheduling.score import score
from tests.scheduling.factories import problem, tenant, visit, worker
from tests.scheduling.plans import at, plan

EVENTS = '{"now": "1 08:00", "events": [{"kind": "absent", "worker": "w1", "day": 1}]}'


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A week and a plan of it: v2 waits for a nurse whom nobody has."""
    week = problem(
        workers=(worker("w1"), worker("w2")),
        tenants=(tenant("t1"), tenant("t2")),
        visits=(
            visit("v1"),
            visit("v2", tenant="t2", seats=(Seat(disciplines=("nurse",)),)),
        ),
    )
    made = plan(week, at("v1", "w1", day=2, start=550))
    paths = tmp_path / "week.json", tmp_path / "plan.json"
    paths[0].write_bytes(dump_problem(week))
    paths[1].write_bytes(dump_plan(priced(week, made)))
    return paths


def priced(week: Problem, made: Plan) -> Plan:
    found = score(week, made)
    return replace(made, problem=problem_hash(week), cost=found.total, costs=dict(found.costs))


def run(*arguments: object) -> tuple[int, list[str]]:
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    return result.exit_code, result.output.splitlines()


def test_explain_with_levers(files: tuple[Path, Path]) -> None:
    code, lines = run("explain", *files, "--levers")
    assert code == 0
    assert lines == [
        "v2: role 0",
        "  role: Wednesday 09:10 w1, -2000 points (unplaced -2000), 1 other slides",
        "    Visit v2 asks another discipline than that of w1.",
    ]


def test_explain_one_visit(files: tuple[Path, Path]) -> None:
    assert run("explain", *files, "--visit", "v2")[1][0] == "v2: role 0"
    code, lines = run("explain", *files, "--visit", "v1")
    assert code == 0
    assert lines[0] == "v1: Wednesday 09:10 w1"
    assert "  other worker: Monday 09:10 w2, no points" in lines
    code, lines = run("explain", *files, "--visit", "v9")
    assert code == 1
    assert any("visit v9 is not in this problem" in line for line in lines)


def test_explain_what_more_would_bring(files: tuple[Path, Path]) -> None:
    code, lines = run("explain", *files, "--capacity")
    assert code == 0
    assert lines[-1] == "10 hours more a week: 0 visits placed more, 0 points saved (0.0 an hour)"


@pytest.mark.parametrize("by", ["file", "words"])
def test_repair(files: tuple[Path, Path], tmp_path: Path, by: str) -> None:
    out, left = tmp_path / "mended.json", tmp_path / "left.json"
    happened = tmp_path / "events.json"
    happened.write_text(EVENTS)
    told = [happened] if by == "file" else ["--event", "absent:w1:1", "--now", "1 08:00"]
    asked = ("--out", out, "--problem-out", left, "--afresh")
    code, lines = run("repair", *files, *told, *asked)
    assert code == 0
    assert lines[0] == ("v1 given: Wednesday 09:10 w1 -> Wednesday 09:10 w2; tell w1, w2")
    assert lines[1].startswith("1 visits could not stay, 1 changed, 0 kept; cost ")
    assert lines[2].startswith("Planned afresh: 1 changed, cost ")
    week, mended = load_problem(left.read_bytes()), load_plan(out.read_bytes())
    assert mended.problem == problem_hash(week)
    assert check(week, mended) == ()


def test_repair_refuses_what_cannot_have_happened(files: tuple[Path, Path]) -> None:
    code, lines = run("repair", *files, "--event", "absent:w9:1")
    assert code == 1
    assert any("worker w9 is not in this week" in line for line in lines)
    code, lines = run("repair", *files, "--event", "sick:w1")
    assert code == 1
    assert any("is no event" in line for line in lines)
