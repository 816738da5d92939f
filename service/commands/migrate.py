"""`thuisronde migrate`: the database's tables as this version needs them."""

import anyio
import rich_click as click

from service.database import migrate as migrations
from service.database.opening import reached_server
from service.database_setup import bring_up_to_date
from service.settings import current_settings


@click.command()
@click.option(
    "--down",
    metavar="NAME",
    help="Undo migrations instead, back to and including this one. Rows in what goes are lost.",
)
def migrate(down: str | None) -> None:
    """Bring the database's tables up to this version.

    Several may call it at once: one works, the others wait. It stops without any change
    where the database is half-migrated or newer than the program.
    """
    changed = anyio.run(_migrated, down)
    for name in changed:
        click.echo(f"{'Undone' if down else 'Done'}: {name}")
    if not changed:
        click.echo("The database is up to date.")


async def _migrated(down: str | None) -> list[str]:
    settings = current_settings()
    async with reached_server(settings) as addresses:
        if down is not None:
            return await migrations.migrate_down(addresses, name=down)
        external = settings.database_url is not None
        return await bring_up_to_date(addresses, external=external)
