"""The week benchmark's own arithmetic, and its command line from files to the judge's verdict."""

import json
from pathlib import Path

import pytest

from tests.bench import outside
from tests.bench.alone import constant_of, impossible_alone
from tests.bench.outside import NotAtHand, write_json
from tests.bench.weeks import Bench, load_bench
from tests.bench.weeks.__main__ import measure
from tests.bench.weeks.figures import BEST_KNOWN, Figures, percent


@pytest.fixture(scope="module")
def bench() -> Bench:
    return load_bench()


def test_gaps_on_both_bases() -> None:
    figures = Figures(cost=5000, constant=3000, bound=4900, best=4950)
    assert (figures.gap, figures.gap_above) == (2.0, 5.0)
    assert (figures.to_best, figures.to_best_above) == (1.01, 2.56)


def test_gaps_without_bound_or_best() -> None:
    figures = Figures(cost=5000, constant=0, bound=None, best=None)
    assert figures.gap is figures.gap_above is figures.to_best is figures.to_best_above is None


def test_percent_of_nothing() -> None:
    assert percent(0, 0) == 0.0
    assert percent(5, 0) is None


def test_best_known_costs_are_not_below_their_bounds() -> None:
    assert all(bound <= cost for cost, bound in BEST_KNOWN.values())


def test_missing_judge_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(outside.VARIABLE, str(tmp_path))
    with pytest.raises(NotAtHand, match="weekeval"):
        outside.bench_folder()
    monkeypatch.delenv(outside.VARIABLE)
    with pytest.raises(NotAtHand, match="is not set"):
        outside.bench_folder()


def test_constant_counts_what_the_judge_never_accepts(bench: Bench) -> None:
    week = bench.week("S", 1)
    assert impossible_alone(bench, week) == ["At4v1", "At15v0"]
    assert constant_of(bench, week) == 2500


def test_visit_longer_than_any_window_is_impossible_alone(bench: Bench) -> None:
    week = bench.week("XS", 2)
    assert impossible_alone(bench, week) == []
    week["visits"][3]["dur"], week["visits"][3]["fixed"] = 600, None
    assert impossible_alone(bench, week) == [week["visits"][3]["id"]]


def test_line_is_what_the_judge_says_of_the_files(bench: Bench, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    line = measure("XS", 5, seconds=0.3, out=out)
    assert line["feasible"]
    assert line["cost"] == line["own_cost"]
    week = json.loads(Path(line["instance"]).read_bytes())
    assert week == json.loads(json.dumps(bench.week("XS", 5)))
    verdict = bench.evaluate(week, json.loads(out.read_bytes()))
    assert (verdict["errors"], verdict["cost"]) == ([], line["cost"])
    assert line["first_cost"] >= line["cost"]


def test_judge_reads_the_file_and_not_the_run(bench: Bench, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    line = measure("XS", 2, seconds=0.2, out=out)
    plan = json.loads(out.read_bytes())
    del plan[min(plan)]
    write_json(out, plan)
    assert bench.judge(Path(line["instance"]), out)["cost"] > line["cost"]
