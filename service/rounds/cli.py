"""`thuisronde plan-run`: plan runs for people at a terminal."""

import os
from pathlib import Path

import anyio
import rich_click as click

from service.database.opening import opened_database
from service.database.sql import fetch_all, fetch_one
from service.errors import NotFound, ThuisrondeError
from service.settings import current_settings


@click.group(name="plan-run")
def plan_run() -> None:
    """Look at plan runs: what the planner was asked, and what it answered."""


@plan_run.command(name="list")
@click.option("--most", default=20, show_default=True, help="How many of the newest.")
def list_runs(most: int) -> None:
    """List the newest plan runs."""
    for line in anyio.run(_lines, most):
        click.echo(line)


@plan_run.command()
@click.argument("run", type=int)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Where to write the problem; by default the terminal.",
)
@click.option("--plan", "with_plan", is_flag=True, help="Write the plan instead of the problem.")
def export(run: int, out: Path | None, *, with_plan: bool) -> None:
    """Write the problem of plan run RUN as JSON, codes only: for `thuisronde plan`."""
    text = anyio.run(_stored, run, "plan" if with_plan else "problem")
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        with open(out, "w", encoding="utf-8", opener=_for_the_owner_alone) as file:
            file.write(text)
    except OSError as error:
        raise ThuisrondeError(f"{out} cannot be written ({error.strerror}).") from None
    click.echo(f"Plan run {run}: {out}", err=True)


def _for_the_owner_alone(path: str, flags: int) -> int:
    """Codes are pseudonyms, and with them go hours, homes' areas and exclusions."""
    return os.open(path, flags, 0o600)


async def _stored(run: int, what: str) -> str:
    async with opened_database(current_settings(), most_connections=1):
        row = await fetch_one("select problem, plan from plan_runs where id = $1", run)
    if row is None:
        raise NotFound(f"There is no plan run {run}.", advice="See thuisronde plan-run list.")
    if row[what] is None:
        raise NotFound(f"Plan run {run} has no {what}.")
    return str(row[what])


async def _lines(most: int) -> list[str]:
    async with opened_database(current_settings(), most_connections=1):
        rows = await fetch_all(_NEWEST, most)
    return [
        f"{row['id']:>6}  {row['team']:<8} {row['week']}  {row['state']:<10}"
        f" {row['effort']:<9} cost {row['cost'] if row['cost'] is not None else '-'}"
        f" {row['error'] or ''}".rstrip()
        for row in rows
    ]


_NEWEST = """
select r.id, t.code as team, r.week, r.state, r.effort, r.cost, r.error
from plan_runs r join teams t on t.id = r.team order by r.id desc limit $1
"""
