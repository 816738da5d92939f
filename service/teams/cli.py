"""`thuisronde team`: what a team's plans weigh, and what it has to share."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from typing import TypeVar

import anyio
import rich_click as click

from scheduling.presets import PresetName
from scheduling.weights import Weights
from service import clock
from service.database.opening import opened_database
from service.errors import Invalid, NotFound, ThuisrondeError
from service.settings import current_settings
from service.teams.actions import GENERAL, change_weights, set_resource
from service.teams.policy import with_preset
from service.teams.queries import active_teams, team_by_code
from service.teams.states import ResourceKind

T = TypeVar("T")


@click.group()
def team() -> None:
    """Look at teams, and change what their plans weigh."""


@team.command(name="list")
def list_teams() -> None:
    """List the active teams with their kind and the weights they plan by."""

    async def work() -> list[str]:
        return [
            f"{one.code:<8} {one.kind.value:<12} {one.policy.weights_preset or GENERAL}"
            for one in await active_teams()
        ]

    for line in _run(work):
        click.echo(line)


@team.command()
@click.argument("code")
@click.option(
    "--preset",
    type=click.Choice([*(name.value for name in PresetName), GENERAL]),
    help="Another way of working.",
)
@click.option("--set", "prices", multiple=True, metavar="NAME=POINTS", help="A price of its own.")
@click.option("--hard", multiple=True, metavar="NAME", help="Let a rule forbid, not cost.")
@click.option("--reset", multiple=True, metavar="NAME", help="Take it from the preset again.")
def weights(
    *,
    code: str,
    preset: str | None,
    prices: tuple[str, ...],
    hard: tuple[str, ...],
    reset: tuple[str, ...],
) -> None:
    """Show what team CODE's plans weigh, or change it for the plans to come.

    A point is worth a minute on the way. Rules that can bend: limit, visiting, reserve, distinct,
    spacing: a price lets a plan go beyond them at that cost, --hard forbids it.
    """
    changes: dict[str, int | None] = {**_prices(prices), **dict.fromkeys(hard)}

    async def work() -> list[str]:
        if preset or changes or reset:
            await change_weights(None, code, preset=preset, weights=changes, reset=reset)
        return await _lines(code)

    try:
        for line in _run(work):
            click.echo(line)
    except Invalid as error:
        wrong = "; ".join(f"{name}: {text}" for name, text in sorted(error.fields.items()))
        raise ThuisrondeError(f"Nothing was changed. {wrong}.") from None


@team.command()
@click.argument("code")
@click.argument("name")
@click.option("--kind", type=click.Choice([kind.value for kind in ResourceKind]), required=True)
@click.option("--available", type=click.IntRange(min=0), required=True, help="How many there are.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="By default today.")
def resource(*, code: str, name: str, kind: str, available: int, first: datetime | None) -> None:
    """Say how many of NAME (a car, a room) team CODE has from a day on."""

    async def work() -> None:
        starts_on: date = first.date() if first else clock.today()
        await set_resource(
            None,
            code,
            code=name,
            kind=ResourceKind(kind),
            available=available,
            starts_on=starts_on,
        )

    _run(work)
    click.echo(f"{code}: {available} {name}")


async def _lines(code: str) -> list[str]:
    found = await team_by_code(code)
    if found is None:
        raise NotFound(f"There is no team {code}.", advice="See thuisronde team list.")
    policy = found.policy
    preset = with_preset(policy, policy.weights_preset).weights
    lines = [f"preset {policy.weights_preset or GENERAL}"]
    for name in Weights.__dataclass_fields__:
        value, given = getattr(policy.weights, name), getattr(preset, name)
        own = "  its own" if value != given else ""
        lines.append(f"{name:<18} {'forbids' if value is None else value:>8}{own}")
    return lines


def _prices(given: tuple[str, ...]) -> dict[str, int]:
    prices = {}
    for text in given:
        name, sign, points = text.partition("=")
        if not sign or not points.isdecimal():
            raise click.UsageError(f"--set {text}: write NAME=POINTS, as in --set limit=120")
        prices[name] = int(points)
    return prices


def _run(work: Callable[[], Awaitable[T]]) -> T:
    async def opened() -> T:
        async with opened_database(current_settings()):
            return await work()

    return anyio.run(opened)
