"""The public home health care format: read exactly, planned, and judged from the files."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scheduling.engine.order import applies
from scheduling.instances import validated
from scheduling.problem import After, Placement
from tests.bench.hhcrsp import problem_of, read_instance, solution_of
from tests.bench.hhcrsp.__main__ import checker_path, judge, measure
from tests.bench.outside import NotAtHand, write_json


def small(tmp_path: Path, **more: Any) -> Path:
    """Two caregivers, three patients: one alone, one together, one with a second after 20 to 40."""
    content = {
        "patients": [
            {
                "id": "a",
                "time_window": [10, 60.5],
                "required_caregivers": [{"service": "wash", "duration": 12.25}],
            },
            {
                "id": "b",
                "time_window": [0, 90],
                "required_caregivers": [{"service": "wash"}, {"service": "talk", "duration": 7}],
                "synchronization": {"type": "simultaneous"},
            },
            {
                "id": "c",
                "time_window": [30, 40],
                "required_caregivers": [{"service": "talk"}, {"service": "wash"}],
                "synchronization": {"type": "sequential", "distance": [20, 40]},
            },
        ],
        "services": [
            {"id": "wash", "default_duration": 15},
            {"id": "talk", "default_duration": 30},
        ],
        "caregivers": [
            {"id": "x", "abilities": ["wash"]},
            {"id": "y", "abilities": ["wash", "talk"]},
        ],
        "central_offices": [{"id": "o"}],
        "distances": [
            [0, 5.125, 9, 20],
            [5.125, 0, 4, 18],
            [9, 4, 0, 11],
            [21, 18, 11, 0],
        ],
    } | more
    path = tmp_path / "small.json"
    write_json(path, content)
    return path


def test_problem_says_what_the_instance_says(tmp_path: Path) -> None:
    instance = read_instance(small(tmp_path))
    assert instance.parts == 10
    problem = validated(problem_of(instance))
    assert applies(problem)
    a, b, c = problem.visits
    assert (a.preferred_until, problem.tenants[0].windows[0][0].start) == (605, 100)
    assert [seat.minutes for seat in (*a.seats, *b.seats, *c.seats)] == [122, 150, 70, 300, 150]
    assert [seat.after for seat in (*b.seats[1:], *c.seats[1:])] == [After(0, 0), After(200, 400)]
    assert [worker.skills for worker in problem.workers] == [
        ("service1",),
        ("service0", "service1"),
    ]
    assert problem.matrix is not None
    assert problem.matrix.tables[0].minutes[3] == (210, 180, 110, 0)


def test_whole_minutes_stay_minutes(tmp_path: Path) -> None:
    raw = json.loads(small(tmp_path).read_bytes())
    raw["patients"][0]["time_window"] = [10, 60]
    raw["patients"][0]["required_caregivers"][0]["duration"] = 12
    raw["distances"] = [[round(number) for number in row] for row in raw["distances"]]
    assert read_instance(small(tmp_path, **raw)).parts == 1


def test_starts_are_exact_and_as_early_as_can_be(tmp_path: Path) -> None:
    instance = read_instance(small(tmp_path))
    rounds = (
        Placement(visit="visit000", day=0, start=100, workers=("worker000",)),
        Placement(visit="visit001", day=0, start=290, workers=("worker000", "worker001")),
        Placement(
            visit="visit002",
            day=0,
            start=500,
            workers=("worker001", "worker000"),
            offsets=(0, 200),
        ),
    )
    starts = {
        (stop["patient"], stop["service"]): stop["start"]
        for route in solution_of(instance, rounds)["routes"]
        for stop in route["visits"]
    }
    assert starts == {
        ("a", "wash"): 10.0,
        ("b", "wash"): 26.25,
        ("b", "talk"): 26.25,
        ("c", "talk"): 44.25,
        ("c", "wash"): 64.25,
    }


def test_a_gap_that_would_be_too_long_delays_the_first(tmp_path: Path) -> None:
    raw = json.loads(small(tmp_path).read_bytes())
    raw["patients"][2]["synchronization"]["distance"] = [0, 5]
    instance = read_instance(small(tmp_path, **raw))
    rounds = (
        Placement(visit="visit000", day=0, start=100, workers=("worker000",)),
        Placement(
            visit="visit002", day=0, start=400, workers=("worker001", "worker000"), offsets=(0, 5)
        ),
    )
    routes = solution_of(instance, rounds)["routes"]
    assert routes[0]["visits"][1]["start"] == float(Decimal(10) + Decimal("12.25") + 18)
    assert routes[1]["visits"][0]["start"] == 35.25


def test_rounds_that_wait_for_each_other_are_refused(tmp_path: Path) -> None:
    instance = read_instance(small(tmp_path))
    rounds = (
        Placement(visit="visit001", day=0, start=300, workers=("worker000", "worker001")),
        Placement(
            visit="visit002",
            day=0,
            start=400,
            workers=("worker001", "worker000"),
            offsets=(0, -200),
        ),
    )
    with pytest.raises(ValueError, match="wait for each other"):
        solution_of(instance, rounds)


def at_hand() -> Path:
    """The checker; skips where it is not."""
    try:
        return checker_path()
    except NotAtHand as missing:
        pytest.skip(str(missing))


def test_the_line_is_what_the_checker_says_of_the_files(tmp_path: Path) -> None:
    checker, out = at_hand(), tmp_path / "solution.json"
    path = small(tmp_path)
    line = measure(path, 1.0, out)
    assert (line["feasible"], line["unplaced"], line["errors"]) == (True, 0, [])
    assert abs(line["cost"] - line["own_cost"]) < 0.2
    solution = json.loads(out.read_bytes())
    solution["routes"][0]["visits"][0]["start"] -= 5
    write_json(out, solution)
    assert not judge(checker, path, out)["feasible"]


@pytest.mark.parametrize(
    "name", ["mankowska/InstanzCPLEX_HCSRP_10_1", "kummer/HHCRSP_10_3_40_0.8_R_C"]
)
def test_public_instances_are_planned_near_their_best_known(name: str, tmp_path: Path) -> None:
    path = at_hand().parent / "hhcrsp" / "instances" / f"{name}.json"
    line = measure(path, 3.0, tmp_path / "solution.json")
    assert line["feasible"]
    assert line["cost"] <= {"1": 218.199, "C": 129.667}[name[-1]] * 1.01


def test_missing_checker_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("THUISRONDE_BENCH", str(tmp_path))
    with pytest.raises(NotAtHand, match="hhcrsp_check"):
        checker_path()
    monkeypatch.delenv("THUISRONDE_BENCH")
    with pytest.raises(NotAtHand, match="is not set"):
        checker_path()
