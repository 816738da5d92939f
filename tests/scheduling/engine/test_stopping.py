"""A run that is asked to stop: how often it looks, what it still does, what a killed one leaves."""

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from scheduling.check import check
from scheduling.engine import master
from scheduling.engine.effort import Budget
from scheduling.engine.improve import Cycle
from scheduling.engine.search import PIECE
from scheduling.engine.solve import Phase, Progress, solve
from scheduling.instances import dump_problem
from scheduling.plan import MasterStatus
from tests.scheduling.factories import random_problem
from tests.scheduling.random_problems import random_week

LONG = Budget(starts=(Cycle(1200),), cycles=(Cycle(1200),), rounds=2, master=40)


class Clockwork:
    """Counts how often a run asks in each phase, and stops it at the n-th time."""

    def __init__(self, stop_at: int | None = None, phase: Phase | None = None) -> None:
        self.phase, self.iteration = Phase.CONSTRUCT, 0
        self.asked: Counter[Phase] = Counter()
        self.at: list[tuple[Phase, int]] = []
        self.stop_at, self.wanted = stop_at, phase

    def progress(self, moment: Progress) -> None:
        self.phase, self.iteration = moment.phase, moment.iteration

    def should_stop(self) -> bool:
        self.asked[self.phase] += 1
        self.at.append((self.phase, self.iteration))
        if self.stop_at is None:
            return False
        here = self.wanted is None or self.phase is self.wanted
        return here and self.asked[self.phase] >= self.stop_at


def test_it_asks_before_every_short_piece() -> None:
    clockwork = Clockwork()
    week = random_problem(5, workers=6, tenants=12, visits=30)
    plan = solve(
        week, budget=LONG, on_progress=clockwork.progress, should_stop=clockwork.should_stop
    )
    assert plan.iterations == LONG.iterations
    looks = Counter(i for phase, i in clockwork.at if phase is not Phase.RECOMBINE)
    assert sorted(looks) == list(range(0, LONG.iterations, PIECE))
    assert clockwork.asked.total() >= LONG.iterations // PIECE + LONG.rounds


@pytest.mark.parametrize("seed", range(6))
def test_once_told_it_searches_no_further(seed: int) -> None:
    """Nothing is asked twice after a yes, and the plan is whole."""
    week = random_problem(seed, workers=6, tenants=12, visits=30)
    for stop_at in (1, 2, 5):
        clockwork = Clockwork(stop_at)
        plan = solve(
            week, budget=LONG, on_progress=clockwork.progress, should_stop=clockwork.should_stop
        )
        assert sum(clockwork.asked.values()) == stop_at
        assert plan.iterations == (stop_at - 1) * PIECE
        assert (plan.reproducible, plan.master) == (False, MasterStatus.SKIPPED)
        assert check(week, plan) == ()
        assert all(one.reasons for one in plan.unplaced)


def test_told_while_it_recombines_the_best_plan_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked a thousand times a second, so that even a quick master is."""
    monkeypatch.setattr(master, "POLL", 0.001)
    week = random_problem(8, workers=14, tenants=60, visits=130)
    endless = Budget(starts=(), cycles=(Cycle(800),), rounds=2, master=100_000)
    clockwork = Clockwork(1, Phase.RECOMBINE)
    plan = solve(
        week, budget=endless, on_progress=clockwork.progress, should_stop=clockwork.should_stop
    )
    assert clockwork.phase is Phase.CHECK
    assert plan.iterations == 800
    assert not plan.reproducible
    assert check(week, plan) == ()


def test_a_stopped_random_week_is_clean_too() -> None:
    for seed in range(60):
        week = random_week(seed)
        plan = solve(week, should_stop=Clockwork(2).should_stop)
        assert check(week, plan) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="process groups")
def test_a_killed_planner_leaves_nothing_behind(tmp_path: Path) -> None:
    """No process, no scratch file, no half a plan."""
    scratch, folder = tmp_path / "scratch", tmp_path / "plans"
    scratch.mkdir()
    folder.mkdir()
    file = tmp_path / "week.json"
    file.write_bytes(dump_problem(random_problem(5, workers=10, tenants=50, visits=80)))
    out = folder / "plan.json"
    command = [sys.executable, "-m", "scheduling.cli", "plan", str(file), "--out", str(out)]
    planner = subprocess.Popen(
        [*command, "--effort", "thorough", "--progress", "json"],
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(scratch), "PYTHONUNBUFFERED": "1"},
        start_new_session=True,
    )
    assert planner.stdout is not None
    with planner.stdout:
        for line in planner.stdout:
            if json.loads(line)["iteration"] > 0:
                break
        os.kill(planner.pid, signal.SIGKILL)
        assert planner.wait(timeout=20) == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.killpg(planner.pid, 0)
    assert list(scratch.iterdir()) == []
    assert list(folder.iterdir()) == []
