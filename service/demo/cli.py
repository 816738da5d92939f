"""`thuisronde demo-data`: an empty database filled with an invented service."""

from datetime import date, datetime

import anyio
import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from service.database.opening import opened_pool, reached_server
from service.database_setup import bring_up_to_date
from service.demo.actions import Filled, fill
from service.settings import current_settings

DEFAULT_SEED = 1


@click.command()
@click.option("--seed", default=DEFAULT_SEED, show_default=True, help="Another seed: other people.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to make it for; by default the clock's. The year before it is the full one.",
)
def demo_data(seed: int, today: datetime | None) -> None:
    """Fill an empty database with invented people, two teams and two years of visits.

    The last full year counts as one Housing First service published its own. A database that
    holds the demonstration of this seed is kept as it is; one that holds anybody else is left
    alone, with an error.
    """
    filled = anyio.run(_filled, seed, today.date() if today else None)
    click.echo(said(filled))


def said(filled: Filled) -> str:
    """What filling came to, in one sentence."""
    marker = filled.marker
    if not filled.written:
        return (
            f"The demonstration of seed {marker.seed} is there already, made for"
            f" {marker.today:%d/%m/%Y}: kept as it is."
        )
    count = filled.written
    return (
        f"Made for {marker.today:%d/%m/%Y} with seed {marker.seed}: {count['tenants']} tenants,"
        f" {count['workers']} workers, {count['encounters']} contacts in two years."
    )


async def _filled(seed: int, today: date | None) -> Filled:
    settings = current_settings()
    async with reached_server(settings) as addresses:
        await bring_up_to_date(addresses, external=settings.database_url is not None)
        async with opened_pool(addresses.app):
            with _bar() as bar:
                task = bar.add_task("Contacts", total=None)

                def tell(done: int, of: int) -> None:
                    if done % 100 == 0 or done == of:
                        bar.update(task, completed=done, total=of)

                return await fill(seed=seed, today=today, progress=tell)


def _bar() -> Progress:
    """A progress bar on the error stream of a terminal; it leaves nothing behind."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
