"""The outside judge and its weeks, found through THUISRONDE_BENCH; nothing of the planner here.

The folder holds `weeks/weekgen.py` (generator) and `weeks/weekeval.py` (evaluator). Only the
standard library is used, so that peers that know nothing of us can be judged by it too.
"""

import importlib
import json
import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

VARIABLE = "THUISRONDE_BENCH"

Week = dict[str, Any]
"""An instance as the generator makes it."""
WeekPlan = dict[str, dict[str, Any]]
"""A plan as the evaluator reads it: visit id -> day, start, workers."""
Verdict = dict[str, Any]
"""What the evaluator says: errors, cost, parts, kpi."""


class NotAtHand(Exception):
    """The outside judge's folder is not there."""


@dataclass(frozen=True)
class Bench:
    """The outside modules, as they are."""

    generator: ModuleType
    evaluator: ModuleType

    def week(self, size: str, seed: int) -> Week:
        """One generated week."""
        week: Week = self.generator.generate(size, seed)
        return week

    def evaluate(self, week: Week, plan: WeekPlan, published: WeekPlan | None = None) -> Verdict:
        """The outside judge's verdict: errors, cost, parts."""
        verdict: Verdict = self.evaluator.evaluate(week, plan, published)
        return verdict

    def judge(self, instance: Path, plan: Path, published: Path | None = None) -> Verdict:
        """The verdict on what stands in the files, and on nothing else."""
        before = None if published is None else json.loads(published.read_bytes())
        return self.evaluate(
            json.loads(instance.read_bytes()), json.loads(plan.read_bytes()), before
        )


def bench_folder() -> Path:
    """The folder that THUISRONDE_BENCH names; NotAtHand if it is not set or not there."""
    root = os.environ.get(VARIABLE)
    if not root:
        raise NotAtHand(f"{VARIABLE} is not set: the outside judge is not at hand")
    if not (Path(root) / "weeks" / "weekeval.py").is_file():
        raise NotAtHand(f"{VARIABLE}={root} has no weeks/weekeval.py; name the judge's folder")
    return Path(root)


@cache
def find_bench() -> Bench:
    """The outside modules; NotAtHand where they are not."""
    folder = str(bench_folder() / "weeks")
    sys.path.insert(0, folder)
    try:
        return Bench(importlib.import_module("weekgen"), importlib.import_module("weekeval"))
    finally:
        sys.path.remove(folder)


def write_json(path: Path, value: object) -> None:
    """Write a value as one line of JSON, its folder made if need be."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value) + "\n", encoding="utf-8")
