"""The command line of every peer: INSTANCE --seconds N --out PLAN.json, one JSON line printed.

The peer's library proposes within the limit; what it cannot say is mended after (`mending`), its
time not counted; the outside judge reads instance and plan from the files.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench.alone import constant_of
from tests.bench.outside import Bench, Week, WeekPlan, find_bench, write_json
from tests.bench.peers.mending import Mending

Propose = Callable[[Bench, Week, float], WeekPlan]


def run(name: str, propose: Propose, *, relaxed: str) -> None:
    """Plan, mend, write, judge, print. `relaxed`: what the peer cannot say, for people."""
    parser = argparse.ArgumentParser()
    parser.add_argument("instance", type=Path)
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    bench, week = find_bench(), json.loads(chosen.instance.read_bytes())
    began = time.perf_counter()
    proposal = propose(bench, week, chosen.seconds)
    seconds = time.perf_counter() - began
    mending = Mending(bench, week)
    dropped = mending.keep(proposal)
    kept = bench.evaluate(week, mending.plan)["cost"]
    inserted = mending.insert()
    write_json(chosen.out, mending.plan)
    verdict = bench.judge(chosen.instance, chosen.out)
    print(
        json.dumps(
            {
                "peer": name,
                "week": week["name"],
                "cost": verdict["cost"],
                "unplaced": verdict["kpi"]["unplaced"],
                "unplaced_must": verdict["kpi"]["unplaced_must"],
                "feasible": not verdict["errors"],
                "seconds": round(seconds, 3),
                "constant": constant_of(bench, week),
                "proposed": len(proposal),
                "dropped": dropped,
                "cost_after_dropping": kept,
                "inserted": inserted,
                "relaxed": relaxed,
                "plan": str(chosen.out),
            }
        )
    )
