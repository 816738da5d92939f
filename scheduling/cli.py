"""The planner's commands: plan a problem file, check a plan, explain it, mend it, bound it.

The service's command line mounts `COMMANDS`, and runs `plan` as a child process: progress lines on
standard output, the plan written to a file in one piece, SIGTERM gives the best plan so far.
"""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

import msgspec
import rich_click as click

from scheduling.cli_bound import bound_command
from scheduling.cli_files import pair, sentences, write
from scheduling.cli_repair import repair_command
from scheduling.instances import dump_plan, load_problem
from scheduling.plan import Effort, Plan
from scheduling.problem import Problem
from scheduling.progress import Bar, JsonLines, Silent, Watch

LINES_PER_SECOND = 2


@click.command("plan")
@click.argument("problem", type=click.File("rb"))
@click.option("--effort", type=click.Choice([e.value for e in Effort]), default="normal")
@click.option("--seed", type=click.IntRange(min=0), default=1, help="Another seed, another plan.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Default: stdout.")
@click.option(
    "--seconds", type=click.FloatRange(min=0), help="Search so long instead; not reproducible."
)
@click.option(
    "--progress",
    "style",
    type=click.Choice(["auto", "json", "none"]),
    default="auto",
    help="auto: a bar in a terminal; json: a line twice a second on standard output.",
)
def plan_command(
    problem: IO[bytes],
    effort: str,
    seed: int,
    out: Path | None,
    seconds: float | None,
    style: str,
) -> None:
    """Plan the week in PROBLEM, a JSON file, or - for standard input."""
    if style == "json" and out is None:
        raise click.UsageError("--progress json writes to standard output: give --out for the plan")
    with sentences(), _stop_signals() as stopped:
        from scheduling.engine.solve import solve  # the solver's libraries take a moment to load

        week = load_problem(problem.read())
        with _watch(style) as watch:
            plan = solve(
                week,
                effort=Effort(effort),
                seed=seed,
                seconds=seconds,
                on_progress=watch.tell,
                should_stop=stopped,
            )
            write(dump_plan(plan), out)
            watch.done(plan)
    if style == "auto":
        click.echo(_summary(week, plan), err=True)


@click.command("check")
@click.argument("problem", type=click.File("rb"))
@click.argument("plan", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def check_command(problem: IO[bytes], plan: IO[bytes], as_json: bool) -> None:
    """Judge PLAN for PROBLEM: every rule broken, and the cost by rule.

    The exit code is 1 if any rule is broken.
    """
    from scheduling.check import check
    from scheduling.score import score

    with sentences():
        week, made = pair(problem, plan)
        found, price = check(week, made), score(week, made)
    if as_json:
        breaches = [
            {"rule": b.rule, "sentence": str(b.sentence), "visits": b.visits, "day": b.day}
            for b in found
        ]
        report = {"breaches": breaches, "cost": price.total, "costs": dict(price.costs)}
        click.echo(msgspec.json.encode(report).decode())
    else:
        for breach in found:
            click.echo(f"{breach.rule}: {breach.sentence}")
        for rule, cost in price.costs.items():
            if cost:
                click.echo(f"{rule:>16} {cost:>8}")
        click.echo(f"{'cost':>16} {price.total:>8}")
        click.echo("No rule is broken." if not found else f"{len(found)} rules are broken.")
    if found:
        raise SystemExit(1)


@click.command("explain")
@click.argument("problem", type=click.File("rb"))
@click.argument("plan", type=click.File("rb"))
@click.option("--visit", help="One visit: why it is left out, or why it is where it is.")
@click.option("--levers", is_flag=True, help="What would let each visit in, and what it costs.")
@click.option("--capacity", is_flag=True, help="What a half-day or an hour more would bring.")
def explain_command(
    problem: IO[bytes], plan: IO[bytes], visit: str | None, levers: bool, capacity: bool
) -> None:
    """Say for each visit that PLAN leaves out of PROBLEM how many choices each rule leaves.

    The same for each duty that nobody has.
    """
    from scheduling.cli_explain import advice_lines, explain_lines, visit_lines

    with sentences():
        week, made = pair(problem, plan)
        if visit is not None:
            lines = visit_lines(week, made, visit)
        else:
            lines = explain_lines(week, made, levers=levers)
        if capacity:
            lines += advice_lines(week, made)
    for line in lines:
        click.echo(line)


COMMANDS: list[click.Command] = [
    plan_command,
    check_command,
    explain_command,
    repair_command,
    bound_command,
]


@click.group()
def main() -> None:
    """Plan home visits of a week from a problem file."""


for _command in COMMANDS:
    main.add_command(_command)


@contextmanager
def _stop_signals() -> Iterator[Callable[[], bool]]:
    """While inside, SIGTERM and SIGINT only set a flag; the yielded function reads it."""
    caught: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        caught.append(number)

    before = {s: signal.signal(s, note) for s in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield lambda: bool(caught)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _watch(style: str) -> Iterator[Watch]:
    if style == "json":
        yield JsonLines(sys.stdout, pause=1 / LINES_PER_SECOND)
    elif style == "auto" and sys.stderr.isatty():
        with Bar() as bar:
            yield bar
    else:
        yield Silent()


def _summary(problem: Problem, plan: Plan) -> str:
    asked, placed = len(problem.visits), len(plan.placements)
    again = "" if plan.reproducible else ", cut short: not reproducible"
    duties = f"{len(plan.duties)} of {len(problem.duties)} duties staffed, "
    staffed = duties if problem.duties else ""
    said = f"{placed} of {asked} visits placed, {staffed}cost {plan.cost}{again}."
    if plan.bound is None:
        return said
    constant = plan.alone or 0
    share = 100 * (plan.cost - plan.bound) / max(1, plan.cost - constant)
    above = f" of what lies above the {constant} that every plan costs" if constant else ""
    return f"{said} At most {share:.1f} %{above} too much: no plan costs less than {plan.bound}."


if __name__ == "__main__":
    main()
