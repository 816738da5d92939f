"""The bars the planner is held to, each with what was measured and whether it is met."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.report import hhcrsp
from tests.bench.report.reading import Measured
from tests.bench.report.tables import mean, middle, table


@dataclass(frozen=True)
class Bar:
    """One figure that must not exceed `most`; None where it was not measured."""

    text: str
    most: float
    unit: str
    found: float | None

    @property
    def met(self) -> str:
        """For people."""
        if self.found is None:
            return "not measured"
        return "yes" if self.found <= self.most else "**no**"


def section(measured: Measured) -> str:
    """A table of all bars."""
    rows = [(bar.text, f"{bar.most:g} {bar.unit}", _found(bar), bar.met) for bar in bars(measured)]
    text = "### Bars\n\nMedians over the seeds unless said otherwise.\n\n"
    return text + table(("what", "at most", "measured", "met"), rows)


def bars(measured: Measured) -> Iterator[Bar]:
    """Every bar, in order."""
    for part in (_first, _quality, _bound, _public, _repair, _answers, _teams, _memory):
        yield from part(measured)


def _found(bar: Bar) -> str | None:
    return None if bar.found is None else f"{bar.found:g} {bar.unit}"


def _first(measured: Measured) -> Iterator[Bar]:
    for size, most in (("S", 50), ("T", 50), ("L", 500)):
        lines = measured.lines("week", size=size)
        found = middle(max(0.0, line["first_ms"] - line["preparing_ms"]) for line in lines)
        yield Bar(f"first plan, {size}, from the start of the search", most, "ms", found)


def _quality(measured: Measured) -> Iterator[Bar]:
    for size, limit, most in (
        ("S", 5, 1.0),
        ("T", 5, 1.0),
        ("S", 30, 0.5),
        ("T", 30, 0.5),
        ("L", 30, 2.0),
    ):
        lines = measured.lines("week", size=size, limit=limit)
        name = f"{size} at {limit} s above the best known"
        yield Bar(name, most, "%", middle(line["to_best"] for line in lines))
        above = middle(line["to_best_above"] for line in lines)
        yield Bar(f"{name}, without what is impossible alone", 2 * most, "%", above)
    lines = measured.lines("week")
    wrong = sum(not line["feasible"] or line["own_cost"] != line["cost"] for line in lines)
    yield Bar(
        "plans with an error or another cost than the judge's", 0, "plans", _count(lines, wrong)
    )


def _bound(measured: Measured) -> Iterator[Bar]:
    small = measured.lines("week", size="XS", limit=2)
    unproved = sum(line["bound"] is None or line["cost"] - line["bound"] >= 1 for line in small)
    yield Bar("XS not proved optimal in 2 s", 0, "weeks", _count(small, unproved))
    for size, key, most, text in (
        ("S", "gap", 1.0, "of the whole cost"),
        ("S", "gap_above", 4.0, "without what is impossible alone"),
        ("T", "gap", 3.0, "of the whole cost"),
    ):
        found = middle(_proved(line[key]) for line in measured.lines("week", size=size, limit=15))
        yield Bar(f"proved gap at 15 s, {size}, {text}", most, "%", found)
    teams = [team for line in measured.lines("demonstration") for team in line["teams"]]
    worst = max((_proved(team["gap"]) for team in teams), default=None)
    yield Bar("proved gap, worst team of the demonstration", 1, "%", worst)


def _proved(gap: float | None) -> float:
    """A gap nobody proved is a gap of everything."""
    return 100.0 if gap is None else gap


def _public(measured: Measured) -> Iterator[Bar]:
    lines = measured.lines("hhcrsp")
    yield Bar("HHCRSP, 25 to 100 patients, 30 s: mean gap", 1, "%", mean(map(hhcrsp.gap, lines)))
    bad = sum(not line["feasible"] for line in lines)
    yield Bar("HHCRSP: infeasible", 0, "plans", _count(lines, bad))


def _repair(measured: Measured) -> Iterator[Bar]:
    cases = [case for line in measured.lines("repair") for case in line["cases"]]
    ratio = middle(case["ratio"] for case in cases)
    yield Bar("repair in 1 s: visits changed to visits lost", 1.5, "", ratio)
    musts = sum(case["musts_lost"] for case in cases)
    yield Bar("repair: further musts left out", 0, "visits", _count(cases, musts))


def _answers(measured: Measured) -> Iterator[Bar]:
    lines = measured.lines("answers")
    for name, key, most in (
        ("price of a move", "price_ms", 20),
        ("explanation of a visit left out", "explanation_ms", 100),
    ):
        yield Bar(f"{name}, median", most, "ms", middle(line[key] for line in lines))
        slowest = (line[f"slowest_{key}"] for line in lines)
        yield Bar(f"{name}, slowest", most, "ms", max(filter(None, slowest), default=None))


def _teams(measured: Measured) -> Iterator[Bar]:
    lines = measured.lines("teams", processes=1)
    first = middle(line["first_plans_ms"] / 1000 for line in lines)
    yield Bar("ten teams: all first plans", 1, "s", first)
    whole = middle(line["seconds"] for line in lines)
    yield Bar("ten teams: five seconds each, one core", 60, "s", whole)


def _memory(measured: Measured) -> Iterator[Bar]:
    peak = max((line["peak_mb"] for line in measured.lines("week", size="L")), default=None)
    yield Bar("memory on L, bound running", 600, "MB", peak)


def _count(of: list[dict[str, object]], number: int) -> float | None:
    """A count of something only where something was measured."""
    return float(number) if of else None
