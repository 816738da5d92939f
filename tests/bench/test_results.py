"""Results survive a broken run, stand only for the sources they measured, and become a page."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench import results
from tests.bench.report import bars
from tests.bench.report.page import BEGIN, END, planner_part, write_page
from tests.bench.report.reading import Measured
from tests.bench.report.tables import mean, middle, shown, table
from tests.bench.results import Result, append, load, standing, version_of
from tests.bench.run import _read, run
from tests.bench.tasks import Task, repairs, uncompiled, weeks

WEEK = {
    "week": "S-1",
    "cost": 4730,
    "bound": 4700,
    "unplaced": 2,
    "feasible": True,
    "seconds": 5.01,
    "first_ms": 40.0,
    "preparing_ms": 30.0,
    "constant": 2500,
    "gap": 0.63,
    "gap_above": 1.35,
    "best_known": 4717,
    "to_best": 0.28,
    "to_best_above": 0.59,
    "own_cost": 4730,
    "iterations": 100000,
    "peak_mb": 300,
}


def result(task: Task, *, version: str | None = None, **line: object) -> Result:
    return Result(
        task=task.name,
        kind=task.kind,
        values=dict(task.values),
        version=version or version_of(task),
        at="2026-11-22T05:00:00+01:00",
        load=0.5,
        took=6.0,
        line=WEEK | line,
        error=None,
    )


@pytest.fixture
def task() -> Task:
    (only,) = weeks("S", (1,), (5,))
    return only


def test_last_result_counts_and_a_cut_line_is_passed_over(tmp_path: Path, task: Task) -> None:
    path = tmp_path / "results.jsonl"
    append(result(task, cost=5000), path)
    append(result(task, cost=4730), path)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"task": "week S-1 5 s", "kind"')
    line = load(path)[task.name].line
    assert line is not None
    assert line["cost"] == 4730


def test_results_of_other_sources_do_not_stand(task: Task) -> None:
    kept = result(task)
    assert standing([task], {task.name: kept}) == [kept]
    assert standing([task], {task.name: result(task, version="another")}) == []


def test_version_follows_the_measuring_module(task: Task) -> None:
    (repair,) = repairs("S", (1,))
    assert version_of(task) != version_of(repair)
    assert version_of(task) == version_of(next(weeks("T", (9,), (30,))))


def test_task_runs_in_a_process_and_its_complaint_is_kept() -> None:
    made = run(Task("no such week", "week", "tests.bench.weeks", ("--size", "none")))
    assert made.line is None
    assert made.error is not None
    assert "invalid choice" in made.error


def test_line_with_a_bad_exit_code_is_kept_with_its_complaint() -> None:
    code = "import sys; print('x'); print('{\"cost\": 1}'); sys.exit('wrong')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert _read(done) == ({"cost": 1}, "wrong")


def test_uncompiled_task_differs_in_environment_and_file(task: Task) -> None:
    (plain,) = uncompiled("S", 1, 5)
    assert plain.environment == {"THUISRONDE_COMPILED": "0"}
    assert plain.arguments[:-1] == task.arguments[:-1]
    assert plain.arguments[-1] != task.arguments[-1]


def test_bars_judge_what_was_measured(task: Task) -> None:
    by_text = {bar.text: bar for bar in bars.bars(Measured([result(task)]))}
    assert by_text["S at 5 s above the best known"].met == "yes"
    assert by_text["T at 5 s above the best known"].met == "not measured"
    slow = {bar.text: bar for bar in bars.bars(Measured([result(task, to_best=1.5)]))}
    assert slow["S at 5 s above the best known"].met == "**no**"


def test_plan_that_the_judge_refuses_is_counted(task: Task) -> None:
    (bar,) = (b for b in bars.bars(Measured([result(task, feasible=False)])) if "error" in b.text)
    assert (bar.found, bar.met) == (1.0, "**no**")


def test_week_without_a_bound_does_not_pass_for_proved() -> None:
    lines = [result(one, gap=None, bound=None) for one in weeks("S", (1, 2, 3), (15,))]
    found = {bar.text: bar.found for bar in bars.bars(Measured(lines))}
    assert found["proved gap at 15 s, S, of the whole cost"] == 100.0


def test_only_the_marked_part_of_the_page_is_written(tmp_path: Path, task: Task) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text(f"# Top\n\nfeeds\n\n{BEGIN}\nold\n{END}\n\n## The tests\n", encoding="utf-8")
    write_page([result(task)], full=False, page=page)
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Top\n\nfeeds\n\n" + BEGIN)
    assert text.endswith(END + "\n\n## The tests\n")
    assert "old" not in text
    assert "| S-1 | 5 | 4730 | 2 | 2500 | 4717 | 0.28 % | 0.59 % | yes |" in text
    assert "2026-11-22" in text


def test_page_without_marks_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    page.write_text("# Top\n", encoding="utf-8")
    with pytest.raises(ValueError, match="once each"):
        write_page([], full=False, page=page)
    assert page.read_text(encoding="utf-8") == "# Top\n"


def test_real_page_has_its_marks() -> None:
    text = (results.ROOT / "docs/benchmarks.md").read_text(encoding="utf-8")
    assert text.index(BEGIN) < text.index(END)


def test_nothing_measured_is_said() -> None:
    assert "has measured nothing yet" in planner_part([], full=True)


def test_small_markdown() -> None:
    assert table(("a", "b"), [(1, None)]) == "| a | b |\n| --- | --- |\n| 1 | - |"
    assert [shown(v) for v in (True, 0.5, 12345.6, 927420)] == ["yes", "0.5", "12,346", "927,420"]
    assert (middle([None, 1, 3]), mean([None]), middle([])) == (2, None, None)
