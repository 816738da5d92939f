"""Section: public one-day instances with pairs (HHCRSP) against the published costs.

Published costs are read here, when the page is written, and never by a run.
"""

import re
from functools import cache

from tests.bench.outside import bench_folder
from tests.bench.report.reading import Line, Measured
from tests.bench.report.tables import mean, percent, table

ROW = re.compile(r"^\| ((?:Instanz|HHCRSP_|instance_)\S+) \|.*?\*\*([0-9.]+)\*\*", re.MULTILINE)
SIZES = (25, 50, 75, 100)


@cache
def published() -> dict[str, float]:
    """The lowest published cost of each instance."""
    text = (bench_folder() / "hhcrsp" / "README.md").read_text(encoding="utf-8")
    best: dict[str, float] = {}
    for name, cost in ROW.findall(text):
        best[name] = min(float(cost), best.get(name, float(cost)))
    return best


def gap(line: Line) -> float | None:
    """How much dearer than the best published plan, in per cent."""
    best = published().get(line["instance"])
    return None if best is None else round(100 * (line["cost"] - best) / best, 2)


def section(measured: Measured) -> str:
    """Mean gaps by set and size, then every instance."""
    lines = measured.lines("hhcrsp")
    if not lines:
        return ""
    groups: dict[tuple[str, int], list[Line]] = {}
    for line in lines:
        size = min(SIZES, key=lambda known: abs(known - line["patients"]))
        groups.setdefault((line["set"], size), []).append(line)
    means = [
        (
            name,
            size,
            len(some),
            percent(mean(gap(line) for line in some)),
            percent(max((gap(line) or 0.0 for line in some), default=None)),
            sum(not line["feasible"] for line in some),
        )
        for (name, size), some in sorted(groups.items())
    ]
    every = [
        (
            line["instance"],
            f"{line['cost']:.3f}",
            f"{published().get(line['instance'], 0):.3f}",
            percent(gap(line)),
            line["feasible"],
        )
        for line in lines
    ]
    return (
        "### Public instances: one day, pairs, skills (HHCRSP)\n\n"
        "`python -m tests.bench.hhcrsp INSTANCE.json --seconds 30 --out SOLUTION.json`, judged by"
        " the outside checker. The gap is to the lowest published cost.\n\n"
        + table(("set", "patients", "instances", "mean gap", "worst", "infeasible"), means)
        + "\n\n<details><summary>Each instance</summary>\n\n"
        + table(("instance", "cost", "published", "gap", "feasible"), every)
        + "\n\n</details>"
    )
