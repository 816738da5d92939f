"""Sections: repair, answers to people, ten teams, the demonstration, other planners."""

from tests.bench.report.reading import Measured
from tests.bench.report.tables import middle, percent, table


def repair(measured: Measured) -> str:
    """How much changes when somebody falls ill."""
    rows = []
    for line in measured.lines("repair"):
        cases = line["cases"]
        rows.append(
            (
                line["week"],
                len(cases),
                sum(case["lost"] for case in cases),
                sum(case["changed"] for case in cases),
                middle(case["ratio"] for case in cases),
                max(case["ratio"] for case in cases),
                sum(case["musts_lost"] for case in cases),
                sum(case["past_changed"] for case in cases),
                all(case["feasible"] for case in cases),
            )
        )
    text = (
        "### Repair\n\n"
        "`python -m tests.bench.repair --size S --seed 1 --folder DIR`: the published week (5 s);"
        " each worker in turn is away from Wednesday on; one second. Lost: visits from Wednesday on"
        " that had the worker. Changed: visits whose workers or day differ or whose start differs"
        " by more than 30 minutes, the lost ones included.\n\n"
    )
    heads = ("week", "absences", "lost", "changed", "changed / lost, median", "worst")
    more = ("musts lost", "past changed", "clean")
    return text + table((*heads, *more), rows) if rows else ""


def teams(measured: Measured) -> str:
    """Ten teams at once."""
    rows = [
        (
            line["week"],
            line["visits"],
            line["processes"],
            line["first_plans_ms"],
            line["seconds"],
            line["cost"],
            line["bound"],
            line["unplaced"],
            line["feasible"],
        )
        for line in measured.lines("teams")
    ]
    text = (
        "### Ten teams\n\n"
        "`python -m tests.bench.teams --processes 1 --folder DIR`: the XL week cut into its ten"
        " teams, five seconds each; first plans one after the other.\n\n"
    )
    heads = ("week", "visits", "processes", "all first plans, ms", "all plans, s")
    more = ("cost", "bound", "left out", "clean")
    return text + table((*heads, *more), rows) if rows else ""


def demonstration(measured: Measured) -> str:
    """The demonstration's own problems."""
    rows = [
        (
            team["team"],
            f"{team['visits']} x {team['workers']}",
            team["first_ms"],
            team["cost"],
            team["bound"],
            percent(team["gap"]),
            team["unplaced"],
        )
        for line in measured.lines("demonstration")
        for team in line["teams"]
    ]
    text = (
        "### The demonstration's week\n\n"
        "`python -m tests.bench.demonstration --seconds 15`: next week of the demonstration's teams"
        " as the service makes their problems; judged by our own `check` and `score`.\n\n"
    )
    heads = ("team", "visits x workers", "first plan, ms", "cost", "bound", "gap", "left out")
    return text + table(heads, rows) if rows else ""


def peers(measured: Measured) -> str:
    """Other planners, and ours at the same limit."""
    lines = measured.lines("peer")
    weeks = list(dict.fromkeys((line["size"], line["seed"]) for line in lines))
    rows: list[tuple[object, ...]] = []
    for size, seed in weeks:
        ours = measured.week(size, seed, 30)
        if ours:
            cost = ours["cost"]
            mine = (ours["week"], "**Thuisronde**", ours["seconds"], cost, 0, cost)
            rows.append((*mine, ours["unplaced"], None))
        rows += [
            (
                line["week"],
                line["peer"],
                line["seconds"],
                line["cost_after_dropping"],
                line["dropped"],
                line["cost"],
                line["unplaced"],
                line["relaxed"],
            )
            for line in measured.lines("peer", size=size, seed=seed)
        ]
    text = (
        "### Other planners\n\n"
        "`python -m tests.bench.peers.by_vroom WEEK.json --seconds 30 --out PLAN.json` and so on:"
        " the same weeks, the same limit, one core, each library told all it can be told"
        " (`tests/bench/peers`). What it cannot say may break a rule: such visits are dropped, then"
        " what is left is inserted by a plain greedy step, and the outside judge prices both plans."
        " A planner that proposes nothing has only the greedy step's plan.\n\n"
    )
    heads = ("week", "planner", "s", "cost as proposed", "dropped")
    more = ("cost after greedy step", "left out", "not said")
    refused = {task.split()[1]: why for task, why in measured.refusals("peer")}
    told = "".join(f"\n\nNot measured: {peer}, which {why}" for peer, why in refused.items())
    return text + table((*heads, *more), rows) + told if rows or refused else ""


def answers(measured: Measured) -> str:
    """Explanations and prices."""
    rows = [
        (
            line["week"],
            line["unplaced"],
            line["explanation_ms"],
            line["slowest_explanation_ms"],
            line["moves"],
            line["price_ms"],
            line["slowest_price_ms"],
        )
        for line in measured.lines("answers")
    ]
    text = (
        "### Answers to people\n\n"
        "`python -m tests.bench.answers --size S --seed 1`: why each visit was left out, with its"
        " levers, and what moves at random break and cost. Milliseconds, median and slowest.\n\n"
    )
    heads = ("week", "left out", "explanation", "slowest", "moves", "price", "slowest")
    return text + table(heads, rows) if rows else ""
