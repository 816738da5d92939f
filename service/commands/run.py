"""`thuisronde serve`, `web`, `worker` and `clock`: the program at work until it is told to end."""

from collections.abc import Set as AbstractSet
from functools import partial

import anyio
import rich_click as click

from service.logs import configure_logs
from service.serving import Part, run_parts
from service.settings import current_settings


@click.command()
def serve() -> None:
    """Run the pages, the jobs and the clock in one process, until Ctrl+C.

    With the database that comes with the program, its tables are brought up to date first.
    """
    _run(frozenset(Part))


@click.command()
def web() -> None:
    """Run only the pages and feeds; as many of these as there are machines for."""
    _run({Part.WEB})


@click.command()
def worker() -> None:
    """Run only the jobs; as many of these as there are machines for."""
    _run({Part.WORKER})


@click.command()
def clock() -> None:
    """Run only the clock; of several, one leads and the others wait to take over."""
    _run({Part.CLOCK})


def _run(parts: AbstractSet[Part]) -> None:
    settings = current_settings()
    configure_logs()

    def say() -> None:
        if Part.WEB in parts:
            click.echo(f"Serving {settings.base_url} - Ctrl+C ends it.")

    anyio.run(partial(run_parts, settings, parts, when_ready=say))
