"""The commands as a person or a parent process meets them."""

import json
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from scheduling.cli import COMMANDS, main
from scheduling.instances import dump_plan, dump_problem, load_plan
from scheduling.plan import Plan
from scheduling.problem import Duty, Problem, Staffed
from tests.scheduling.factories import problem, random_problem, tenant, visit, worker
from tests.scheduling.plans import at

WEEK = problem(workers=(worker("w1"),), tenants=(tenant("t1"),), visits=(visit("v1"),))


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """A problem file, and where its plan will be."""
    week = tmp_path / "week.json"
    week.write_bytes(dump_problem(WEEK))
    return week, tmp_path / "plan.json"


def run(*arguments: object, text: bytes | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, [str(a) for a in arguments], input=text)
    return result.exit_code, result.stdout, result.stderr


def test_plan_check_and_explain(files: tuple[Path, Path]) -> None:
    week, out = files
    code, _, error = run("plan", week, "--effort", "quick", "--out", out)
    assert (code, error) == (0, "1 of 1 visits placed, cost 20.\n")
    code, text, _ = run("check", week, out)
    assert code == 0
    assert "No rule is broken." in text
    assert [line.split() for line in text.splitlines()[:2]] == [["travel", "20"], ["cost", "20"]]
    code, text, _ = run("explain", week, out)
    assert (code, text) == (0, "Every visit is placed.\n")


def test_duties_are_staffed_first_and_said(files: tuple[Path, Path]) -> None:
    week, out = files
    evening = Duty(code="d1", day=0, start=1020, end=1320, kind="evening")
    nurse = Duty(code="d2", day=1, start=660, end=720, kind="phone", disciplines=("nurse",))
    week.write_bytes(dump_problem(replace(WEEK, duties=(evening, nurse))))
    code, _, error = run("plan", week, "--effort", "quick", "--out", out)
    said = "1 of 1 visits placed, 1 of 2 duties staffed, cost 20.\n"
    assert (code, error) == (0, said)
    assert load_plan(out.read_bytes()).duties == (Staffed(duty="d1", worker="w1"),)
    code, text, _ = run("explain", week, out)
    assert (code, text) == (0, "duty d2: role 0\nEvery visit is placed.\n")
    assert run("check", week, out)[0] == 0


def test_visits_are_planned_around_duties(files: tuple[Path, Path]) -> None:
    week, out = files
    long = tuple(
        Duty(code=f"d{day}", day=day, start=540, end=1020 - 50 * (day == 2), kind="phone")
        for day in range(5)
    )
    week.write_bytes(dump_problem(replace(WEEK, duties=long)))
    run("plan", week, "--effort", "quick", "--out", out)
    (placed,) = load_plan(out.read_bytes()).placements
    assert (placed.day, placed.start) == (2, 980)


def test_standard_input_and_output() -> None:
    code, text, _ = run("plan", "-", "--effort", "quick", text=dump_problem(WEEK))
    assert code == 0
    assert len(load_plan(text).placements) == 1


def test_a_broken_rule_is_told_and_is_the_exit_code(files: tuple[Path, Path]) -> None:
    week, out = files
    run("plan", week, "--effort", "quick", "--out", out)
    plan = json.loads(out.read_bytes())
    plan["placements"][0]["start"] = 480
    out.write_text(json.dumps(plan))
    code, text, _ = run("check", week, out)
    assert code == 1
    assert "window: " in text
    code, text, _ = run("check", week, out, "--json")
    report = json.loads(text)
    assert code == 1
    assert "window" in {breach["rule"] for breach in report["breaches"]}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (b"{", "not valid JSON"),
        (b'{"week": "2026-11-25"}', "not a Monday"),
        (b'{"week": "2026-11-23", "dais": 5}', "$.dais"),
    ],
)
def test_bad_files_get_a_sentence_and_no_traceback(text: bytes, part: str) -> None:
    code, out, error = run("plan", "-", text=text)
    assert (code, out) == (1, "")
    assert part in error
    assert "Traceback" not in error


def test_a_plan_of_another_problem_is_refused(files: tuple[Path, Path]) -> None:
    week, out = files
    out.write_bytes(dump_plan(Plan(problem="f" * 64, placements=(at("v1", "w1"),))))
    code, _, error = run("check", week, out)
    assert code == 1
    assert "ffffffffffff" in error


def test_json_progress_needs_a_file_for_the_plan() -> None:
    code, _, error = run("plan", "-", "--progress", "json", text=dump_problem(WEEK))
    assert code == 2
    assert "--out" in error


def test_a_folder_that_is_not_there(files: tuple[Path, Path]) -> None:
    week, out = files
    code, _, error = run("plan", week, "--effort", "quick", "--out", out / "deeper" / "plan.json")
    assert code == 1
    assert "--out" in error


def test_a_time_limit_is_kept_and_admitted(tmp_path: Path) -> None:
    week = tmp_path / "week.json"
    week.write_bytes(dump_problem(big_week()))
    code, text, error = run("plan", week, "--effort", "thorough", "--seconds", "0.5")
    assert code == 0
    assert not load_plan(text).reproducible
    assert "cut short" in error


def big_week() -> Problem:
    return random_problem(5, workers=10, tenants=40, visits=70)


def test_as_a_child_it_reports_and_gives_its_best_plan_on_sigterm(tmp_path: Path) -> None:
    week, out = tmp_path / "week.json", tmp_path / "plan.json"
    week.write_bytes(dump_problem(big_week()))
    command = [sys.executable, "-m", "scheduling.cli", "plan", str(week), "--effort", "thorough"]
    child = subprocess.Popen(
        [*command, "--progress", "json", "--out", str(out)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    first = json.loads(child.stdout.readline())
    second = json.loads(child.stdout.readline())
    assert not out.exists()
    asked = time.monotonic()
    child.send_signal(signal.SIGTERM)
    rest, _ = child.communicate(timeout=20)
    assert child.returncode == 0
    assert time.monotonic() - asked < 5  # on a busy machine; the search itself stops at once
    assert first["phase"] == "construct"
    assert second["cost"] <= first["cost"]
    assert sum(first["costs"].values()) == first["cost"]
    last = json.loads(rest.splitlines()[-1])
    plan = load_plan(out.read_bytes())
    assert (last["phase"], last["cost"]) == ("done", plan.cost)
    assert not plan.reproducible
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_the_example_in_the_documentation_can_be_planned() -> None:
    text = (Path(__file__).parents[2] / "docs" / "planning.md").read_text()
    example = text.split("```json\n")[1].split("```")[0]
    code, out, _ = run("plan", "-", "--effort", "quick", text=example.encode())
    assert code == 0
    assert [p.start for p in load_plan(out).placements] == [600]


def test_the_service_can_mount_them() -> None:
    assert [command.name for command in COMMANDS] == ["plan", "check", "explain", "repair", "bound"]
