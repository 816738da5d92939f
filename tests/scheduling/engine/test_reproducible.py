"""The same plan, byte for byte: compiled or not, in pieces or not, whatever the order or names."""

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from scheduling.engine import search as search_module
from scheduling.engine.effort import Budget
from scheduling.engine.improve import Cycle
from scheduling.engine.kernel import COMPILED
from scheduling.engine.solve import solve
from scheduling.instances import dump_plan, dump_problem
from scheduling.problem import Problem
from tests.scheduling.factories import random_problem
from tests.scheduling.random_problems import random_week
from tests.scheduling.renaming import new_names, renamed, renamed_plan
from tests.scheduling.shuffling import shuffled

SHORT = Budget(starts=(Cycle(40),) * 2, cycles=(Cycle(80),), rounds=2, master=5)
ELSEWHERE = """
import sys
from pathlib import Path
from scheduling.engine.solve import solve
from scheduling.engine.effort import Budget
from scheduling.engine.improve import Cycle
from scheduling.engine.kernel import COMPILED
from scheduling.instances import dump_plan, load_problem

budget = Budget(starts=(Cycle(40),) * 2, cycles=(Cycle(80),), rounds=2, master=5)
for file in sys.argv[1:]:
    week = load_problem(Path(file).read_bytes())
    sys.stdout.buffer.write(dump_plan(solve(week, budget=budget, seed=7)))
print(COMPILED, file=sys.stderr)
"""


def weeks() -> list[Problem]:
    """Small ones, with everything that the format has."""
    return [random_problem(11, workers=4, tenants=7, visits=14), *map(random_week, range(12))]


def plan_bytes(week: Problem, seed: int = 7) -> bytes:
    return dump_plan(solve(week, budget=SHORT, seed=seed))


def elsewhere(files: list[Path], **environment: str) -> tuple[bytes, bool]:
    """(plans, whether the kernel was compiled) of another process."""
    run = subprocess.run(
        [sys.executable, "-c", ELSEWHERE, *map(str, files)],
        capture_output=True,
        check=True,
        env={**os.environ, **environment},
        timeout=300,
    )
    return run.stdout, run.stderr.strip().endswith(b"True")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("weeks")
    found = []
    for number, week in enumerate(weeks()):
        found.append(folder / f"{number}.json")
        found[-1].write_bytes(dump_problem(week))
    return found


def test_with_and_without_the_compiler(files: list[Path]) -> None:
    plain, was_compiled = elsewhere(files, THUISRONDE_COMPILED="0")
    assert not was_compiled
    fast, was_compiled = elsewhere(files, THUISRONDE_COMPILED="1")
    assert was_compiled == COMPILED
    assert fast == plain == b"".join(plan_bytes(week) for week in weeks())


def test_in_other_processes_with_other_hashes(files: list[Path]) -> None:
    here = b"".join(plan_bytes(week) for week in weeks())
    for hashes in ("0", "1", "4242"):
        assert elsewhere(files, PYTHONHASHSEED=hashes)[0] == here


def test_however_a_run_is_cut_into_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = set()
    for piece in (1, 7, 1000):
        monkeypatch.setattr(search_module, "PIECE", piece)
        plans.add(b"".join(plan_bytes(week) for week in weeks()))
    assert len(plans) == 1


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_order_of_the_input(seed: int) -> None:
    week = random_week(seed)
    assert plan_bytes(shuffled(week, random.Random(seed))) == plan_bytes(week)


@pytest.mark.parametrize("seed", range(40))
def test_renamed_in_the_same_order_it_is_the_same_plan_renamed(seed: int) -> None:
    week = random_week(seed)
    names = new_names(week)
    other = renamed(week, names)
    assert other != week
    expected = renamed_plan(solve(week, budget=SHORT, seed=3), names)
    found = solve(other, budget=SHORT, seed=3)
    assert replace(found, problem="") == replace(expected, problem="")


def test_watching_changes_nothing() -> None:
    for week in weeks():
        seen: list[int] = []
        watched = solve(
            week,
            budget=SHORT,
            seed=7,
            on_progress=lambda moment, seen=seen: seen.append(len(moment.snapshot().placements)),
        )
        assert seen
        assert dump_plan(watched) == plan_bytes(week)
