"""The command that says how much cheaper any plan of a week could be."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import IO

import msgspec
import rich_click as click

from scheduling.cli_files import pair, sentences
from scheduling.instances import load_problem


@click.command("bound")
@click.argument("problem", type=click.File("rb"))
@click.argument("plan", type=click.File("rb"), required=False)
@click.option("--cases", type=click.IntRange(min=0), default=40, help="Most cases to split into.")
@click.option(
    "--seconds", type=click.FloatRange(min=0), help="Stop after so long; not reproducible."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def bound_command(
    problem: IO[bytes],
    plan: IO[bytes] | None,
    cases: int,
    seconds: float | None,
    as_json: bool,
) -> None:
    """Prove what no plan of PROBLEM can cost less than, and how near PLAN comes to that.

    A plan lets the proof go further: everything that could not beat it is left aside.
    """
    with sentences(), _stop_signals() as stopped:
        from scheduling.duties import staffed
        from scheduling.engine.compile import compile_problem
        from scheduling.engine.proof import BoundBudget, alone, lower_bound
        from scheduling.instances import canonical, validated
        from scheduling.on_duty import busied, staffing

        if plan is None:
            week, made = load_problem(problem.read()), None
        else:
            week, made = pair(problem, plan)
        week = canonical(validated(week))
        duties = staffing(staffed(week)) if made is None else made.duties
        c = compile_problem(busied(week, duties))
        begin = time.monotonic()
        found = lower_bound(
            c,
            upper=None if made is None else made.cost,
            budget=BoundBudget(cases=cases),
            should_stop=lambda: (
                stopped.is_set() or (seconds is not None and time.monotonic() - begin > seconds)
            ),
        )
    constant = alone(c)
    report = {"bound": found.value, "status": found.status.value, "impossible_alone": constant}
    if made is not None and found.value is not None:
        report |= {"cost": made.cost, "gap": made.cost - found.value}
    if as_json:
        click.echo(msgspec.json.encode(report).decode())
        return
    if found.value is None:
        click.echo("Nothing can be said: travel minutes are not on the grid.")
        return
    click.echo(f"No plan costs less than {found.value} ({found.status.value}).")
    if constant:
        click.echo(f"Visits that nobody could be given cost {constant} of it in every plan.")
    if made is not None:
        gap, above = made.cost - found.value, max(1, made.cost - constant)
        click.echo(
            f"This plan costs {made.cost}: at most {gap} too much, {100 * gap / above:.1f} % of "
            "what lies above them."
            if gap
            else f"This plan costs {made.cost}: none is cheaper."
        )


@contextmanager
def _stop_signals() -> Iterator[threading.Event]:
    """Set by SIGTERM or Ctrl-C inside: what is proved so far is said."""
    stopped = threading.Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopped.set()

    before = {n: signal.signal(n, stop) for n in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
