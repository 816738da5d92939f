"""Small Markdown: tables, numbers and medians, in one manner for every section."""

import statistics
from collections.abc import Iterable, Sequence


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; None is shown as a dash."""
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(shown(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def shown(value: object) -> str:
    """A cell's text."""
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.2f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}" if abs(value) >= 100_000 else str(value)
    return str(value)


def percent(value: float | None) -> str:
    """With its sign of per cent, or a dash."""
    return "-" if value is None else f"{round(value, 2) + 0.0:.2f} %"


def middle(values: Iterable[float | None]) -> float | None:
    """The median of those that are there."""
    there = [value for value in values if value is not None]
    return round(statistics.median(there), 2) if there else None


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of those that are there."""
    there = [value for value in values if value is not None]
    return round(statistics.fmean(there), 2) if there else None
