"""`make bench` and `make bench-full`: run what is not measured yet, then write docs/benchmarks.md.

`python -m tests.bench.run [--full] [--only WORD] [--fresh] [--write-only] [--list]`. Every task is
a process of its own, one after the other. Without THUISRONDE_BENCH there is nothing to run.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

from tests.bench.outside import NotAtHand, find_bench, write_json
from tests.bench.peers.install import peer_python
from tests.bench.report.page import write_page
from tests.bench.results import ROOT, Result, append, load, standing, version_of
from tests.bench.tasks import Task, full, quick

LIMIT = 900
"""No task takes this many seconds; one that does is broken off and noted."""


def run(task: Task) -> Result:
    """Run one task; its last line of output is the result."""
    began, before = time.perf_counter(), os.getloadavg()[0]
    line, error = None, None
    try:
        python = peer_python(task.peer) if task.peer else sys.executable
        if task.week:
            write_json(Path(task.arguments[0]), find_bench().week(*task.week))
        done = subprocess.run(
            [python, "-m", task.module, *task.arguments],
            cwd=ROOT,
            env=os.environ | task.environment,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
        line, error = _read(done)
    except subprocess.TimeoutExpired:
        error = f"broken off after {LIMIT} s"
    except RuntimeError as refused:
        error = str(refused)
    return Result(
        task=task.name,
        kind=task.kind,
        values=dict(task.values),
        version=version_of(task),
        at=datetime.now().astimezone().isoformat(timespec="seconds"),
        load=round(before, 1),
        took=round(time.perf_counter() - began, 1),
        line=line,
        error=error,
    )


def _read(done: subprocess.CompletedProcess[str]) -> tuple[dict[str, object] | None, str | None]:
    """The JSON line and, where the exit code is not 0, the last line of the complaint."""
    printed = done.stdout.strip().splitlines()
    complaint = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    try:
        line = json.loads(printed[-1]) if printed else None
    except json.JSONDecodeError:
        line = None
    if line is None:
        return None, complaint[:300]
    return line, None if done.returncode == 0 else complaint[:300]


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.run", description=__doc__)
    parser.add_argument("--full", action="store_true", help="an hour instead of minutes")
    parser.add_argument("--only", default="", help="only tasks with this in their name")
    parser.add_argument("--fresh", action="store_true", help="measure again what is measured")
    parser.add_argument("--write-only", action="store_true", help="only write the page")
    parser.add_argument("--list", action="store_true", help="only list the tasks")
    chosen = parser.parse_args()
    try:
        find_bench()
        tasks = full() if chosen.full else quick()
    except NotAtHand as missing:
        parser.error(str(missing))
    wanted = [task for task in tasks if chosen.only in task.name]
    done = set() if chosen.fresh else {result.task for result in standing(tasks, load())}
    for number, task in enumerate(wanted):
        if chosen.list:
            print(f"{task.name}{' (measured)' if task.name in done else ''}")
        elif task.name not in done and not chosen.write_only:
            result = run(task)
            append(result)
            told = result.error or json.dumps(result.line)[:150]
            print(f"{number + 1}/{len(wanted)} {task.name}: {result.took} s; {told}", flush=True)
    if not chosen.list:
        print(f"written: {write_page(standing(full(), load()), full=chosen.full)}")


if __name__ == "__main__":
    main()
