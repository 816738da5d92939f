"""`thuisronde demo`: the demonstration from nothing to a published week, then served."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Protocol

import anyio
import rich_click as click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from scheduling.weeks import monday_of
from service import clock
from service.database.opening import opened_pool, reached_server
from service.database_setup import bring_up_to_date
from service.demo.accounts import ensure_demo_accounts
from service.demo.actions import fill
from service.demo.cli import DEFAULT_SEED, said
from service.demo.feeds import ensure_demo_feeds
from service.demo.notices import tell_demo_leads
from service.demo.seen import let_some_look
from service.demo.subscribers import subscribe_demo_workers
from service.demo.this_week import ensure_this_week
from service.logs import configure_logs
from service.rounds.next_week import plan_and_publish_next_week
from service.rounds.types import PlanRunView
from service.serving import Part, listen, run_parts
from service.settings import Settings, current_settings
from service.teams.queries import planning_teams


@click.command()
@click.option("--seed", default=DEFAULT_SEED, show_default=True, help="Another seed: other people.")
@click.option("--serve/--no-serve", default=True, help="Stop once the week is published.")
def demo(seed: int, *, serve: bool) -> None:
    """Make the demonstration service, plan and publish its next week, serve it.

    Run again, it keeps what is there, plans the next week if nobody has, and serves.
    """
    settings = current_settings()
    configure_logs(level="WARNING")
    if serve:
        listen(settings.host, settings.port).close()
    lines = anyio.run(_prepared, settings, seed)
    if not serve:
        click.echo("\n".join(lines))
        return

    def say() -> None:
        click.echo("\n".join(("", *lines, "", f"Serving {settings.base_url} - Ctrl+C ends it.")))

    anyio.run(partial(run_parts, settings, frozenset(Part), when_ready=say))


async def _prepared(settings: Settings, seed: int) -> tuple[str, ...]:
    """Bring the demonstration to a published week; returns what to print about it."""
    async with reached_server(settings) as addresses:
        await bring_up_to_date(addresses, external=settings.database_url is not None)
        async with opened_pool(addresses.app):
            with _step("Inventing people, homes and two years of contacts") as tell:
                filled = await fill(seed=seed, today=None, progress=tell)
            logins = await ensure_demo_accounts(settings.data_dir)
            codes = [team.code for team in await planning_teams()]
            with _step(f"Planning what is left of this week for {' and '.join(codes)}") as tell:
                watch = partial(_tell_run, dict.fromkeys(codes, 0), tell)
                await ensure_this_week(codes, tell=watch)
            with _step(f"Planning next week for {' and '.join(codes)}") as tell:
                watch = partial(_tell_run, dict.fromkeys(codes, 0), tell)
                published = await plan_and_publish_next_week(codes, tell=watch)
            await let_some_look(monday_of(clock.today()) + timedelta(days=7))
            await tell_demo_leads()
            await subscribe_demo_workers()
            feeds = await ensure_demo_feeds(base_url=settings.base_url)
    return (
        said(filled),
        f"Published anew: {len(published)} of {len(codes)} teams' next weeks.",
        "",
        *(feed.sentence(base_url=settings.base_url) for feed in feeds),
        "",
        f"Sign in at {settings.base_url}:",
        *logins.sentences(),
    )


class _Tell(Protocol):
    def __call__(self, done: int, of: int) -> None: ...


def _tell_run(shares: dict[str, int], tell: _Tell, team: str, run: PlanRunView) -> None:
    """Add one team's progress (0 to 100) to the others'."""
    shares[team] = 100 if run.finished_at else run.progress.share if run.progress else 0
    tell(sum(shares.values()), 100 * len(shares))


@contextmanager
def _step(title: str) -> Iterator[_Tell]:
    """A line that says what is going on, with a bar on a terminal."""
    console = Console(stderr=True, file=sys.stderr)
    if not console.is_terminal:
        click.echo(f"{title} ...", err=True)
        yield _keep_quiet
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
        bar.update(task, completed=1, total=1)


def _keep_quiet(done: int, of: int) -> None:
    """Without a terminal there is no bar to move."""
    del done, of
