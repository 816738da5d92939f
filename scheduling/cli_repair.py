"""The command that mends a plan after something happened."""

from pathlib import Path
from typing import IO

import rich_click as click

from scheduling.cli_files import pair, sentences, write
from scheduling.instances import dump_plan, dump_problem


@click.command("repair")
@click.argument("problem", type=click.File("rb"))
@click.argument("plan", type=click.File("rb"))
@click.argument("events", type=click.File("rb"), required=False)
@click.option(
    "--event",
    "words",
    multiple=True,
    help="absent:WORKER:DAY[@HH:MM], late:WORKER:DAY:MINUTES, cancelled:VISIT or "
    "away:TENANT:FIRST_DAY:LAST_DAY; days count from 0.",
)
@click.option("--now", help='The moment, as "DAY HH:MM"; default: that of EVENTS, or before.')
@click.option("--seed", type=click.IntRange(min=0), default=1, help="Another seed, another plan.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The mended plan.")
@click.option(
    "--problem-out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The week as the events left it: what the mended plan is for.",
)
@click.option("--afresh", "compare", is_flag=True, help="Plan afresh too, and compare.")
def repair_command(
    problem: IO[bytes],
    plan: IO[bytes],
    events: IO[bytes] | None,
    words: tuple[str, ...],
    now: str | None,
    seed: int,
    out: Path | None,
    problem_out: Path | None,
    compare: bool,
) -> None:
    """Mend PLAN of PROBLEM after EVENTS, a JSON file, with as few changes as it takes.

    Prints every change and who must be told.
    """
    with sentences():
        from scheduling.event_files import event_of, load_events, moment
        from scheduling.repair import afresh, repair
        from scheduling.telling import line_of

        week, made = pair(problem, plan)
        when, found = load_events(events.read()) if events else (None, ())
        found += tuple(event_of(text) for text in words)
        when = moment(now) if now else week.now if when is None else when
        done = repair(week, made, found, now=when, seed=seed)
        if out is not None:
            write(dump_plan(done.plan), out)
        if problem_out is not None:
            write(dump_problem(done.problem), problem_out)
        fresh = afresh(done, seed=seed) if compare else None
    for one in done.told:
        click.echo(line_of(one))
    click.echo(
        f"{len(done.lost)} visits could not stay, {len(done.changed)} changed, {done.kept} kept; "
        f"cost {done.plan.cost}, {done.plan.costs['change']} of it for changes."
    )
    if fresh is not None:
        click.echo(f"Planned afresh: {fresh.changed} changed, cost {fresh.cost}.")
