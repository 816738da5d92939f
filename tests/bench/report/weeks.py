"""Section: synthetic weeks; cost and bound of each seed on both bases, first plans, speed."""

from tests.bench.report.reading import Line, Measured
from tests.bench.report.tables import percent, table

SIZES = ("XS", "S", "T", "M", "L", "XL")


def section(measured: Measured) -> str:
    """Weeks, first plans, speed and memory."""
    parts = [_quality(measured), _bounds(measured), _speed(measured)]
    return "\n\n".join(part for part in parts if part)


def _lines(measured: Measured) -> list[Line]:
    return [line for size in SIZES for line in measured.lines("week", size=size)]


def _quality(measured: Measured) -> str:
    rows = [
        (
            line["week"],
            line["limit"],
            line["cost"],
            line["unplaced"],
            line["constant"],
            line["best_known"],
            percent(line["to_best"]),
            percent(line["to_best_above"]),
            "yes" if line["feasible"] and line["own_cost"] == line["cost"] else "NO",
        )
        for line in _lines(measured)
    ]
    heads = ("week", "s", "cost", "left out", "impossible alone", "best known")
    more = ("above it", "without what is impossible", "clean, same cost")
    text = (
        "### Synthetic weeks\n\n"
        "`python -m tests.bench.weeks --size S --seed 7 --seconds 5 --out PLAN.json`. Cost is the"
        " outside judge's, from the files; 'clean, same cost' says that it found no error and that"
        " our own cost is equal. Best known costs are of the tuning seeds 1 to 3. What is"
        " impossible alone (no such discipline in the team, say) is in every cost and flatters, so"
        " each distance is given with and without it.\n\n"
    )
    return text + table((*heads, *more), rows) if rows else ""


def _bounds(measured: Measured) -> str:
    rows = [
        (
            line["week"],
            line["limit"],
            line["cost"],
            line["bound"],
            percent(line["gap"]),
            percent(line["gap_above"]),
        )
        for line in _lines(measured)
        if line["limit"] in (2, 15) or line["size"] in ("M", "L", "XL")
    ]
    text = (
        "### Proved bounds\n\n"
        "No plan can be cheaper than the bound. The gap is (cost - bound) / cost; people are shown"
        " the one without what is impossible alone.\n\n"
    )
    heads = ("week", "s", "cost", "bound", "gap", "without what is impossible")
    return text + table(heads, rows) if rows else ""


def _speed(measured: Measured) -> str:
    rows = []
    for size in SIZES:
        for line in measured.lines("week", size=size)[:1]:
            plain = measured.lines("uncompiled", size=size)
            every = measured.lines("week", size=size)
            rows.append(
                (
                    line["week"],
                    min(one["preparing_ms"] for one in every),
                    min(one["first_ms"] for one in every),
                    _rate(line),
                    _rate(plain[0]) if plain else None,
                    max(one["peak_mb"] for one in every),
                )
            )
    text = (
        "### Speed and memory\n\n"
        "Preparing checks and compiles the problem; the first complete plan is counted from the"
        " call on, preparing included; compiled code is loaded, the size's best run counts."
        " Iterations a second over the whole run, bound and judge included. Memory is the process's"
        " largest, over the size's runs.\n\n"
    )
    heads = (
        "week",
        "preparing, ms",
        "first plan, ms",
        "iterations/s",
        "not compiled",
        "MB",
    )
    return text + table(heads, rows) if rows else ""


def _rate(line: Line) -> float:
    return float(round(line["iterations"] / max(line["seconds"], 0.001)))
