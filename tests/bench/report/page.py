"""Writes the planner's part of docs/benchmarks.md between its two marks, and nothing else of it."""

import os
import platform
from pathlib import Path

from tests.bench.report import bars, hhcrsp, others, weeks
from tests.bench.report.reading import Measured
from tests.bench.results import ROOT, Result

PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- planner: begin, written by `make bench` -->", "<!-- planner: end -->"


def write_page(results: list[Result], *, full: bool, page: Path = PAGE) -> Path:
    """Replace what stands between the marks; ValueError if they are not both there."""
    text = page.read_text(encoding="utf-8")
    if text.count(BEGIN) != 1 or text.count(END) != 1:
        raise ValueError(f"{page.name} must have '{BEGIN}' and '{END}' once each")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    body = planner_part(results, full=full)
    page.write_text(f"{before}{BEGIN}\n\n{body}\n\n{END}{after}", encoding="utf-8")
    return page


def planner_part(results: list[Result], *, full: bool) -> str:
    """The whole part, with where and when."""
    measured = Measured(results)
    sections = (
        bars.section(measured),
        weeks.section(measured),
        hhcrsp.section(measured),
        others.repair(measured),
        others.answers(measured),
        others.teams(measured),
        others.demonstration(measured),
        others.peers(measured),
    )
    head = f"## The planner\n\n{_told(results, full=full)}"
    return "\n\n".join([head, *(part for part in sections if part)])


def _told(results: list[Result], *, full: bool) -> str:
    """Command, days, machine and load."""
    command = "make bench-full" if full else "make bench"
    if not results:
        return f"`{command}` has measured nothing yet."
    days = sorted({result.at[:10] for result in results})
    loads = sorted(result.load for result in results)
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    return (
        f"`{command}` (source: `tests/bench`, results in `build/bench/results.jsonl`) wrote this"
        f" part: {len(results)} measurements, {when}, each in a process of its own on {machine()}."
        f" The machine's load when they began was {loads[0]} to {loads[-1]}, median"
        f" {loads[len(loads) // 2]}. The weeks, their judge and the public instances are found"
        " through `THUISRONDE_BENCH`."
    )


def machine() -> str:
    """Cores, processor and Python."""
    model = platform.processor() or platform.machine()
    described = Path("/proc/cpuinfo")
    if described.exists():
        lines = described.read_text(encoding="utf-8").splitlines()
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        model = names[0] if names else model
    return f"a machine with {os.cpu_count()} cores ({model}), Python {platform.python_version()}"
