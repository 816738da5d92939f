"""`thuisronde backup` and `restore`: the database to a file, and back into an empty one."""

from pathlib import Path

import anyio
import anyio.to_thread
import rich_click as click

from service.database import backup as files
from service.database.migrate import migrate
from service.database.opening import reached_server
from service.settings import current_settings


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Write the database to FILE, while everything goes on.

    FILE holds everything about everybody, unencrypted: keep it as you keep the files of a
    health service. Keep `secrets/secret-key` of the data folder with it.
    """
    anyio.run(_backed_up, file.absolute())
    click.echo(f"Written: {file}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def restore(file: Path) -> None:
    """Fill an empty database from FILE, then bring its tables up to this version."""
    done = anyio.run(_restored, file.absolute())
    click.echo(f"Restored; {len(done)} migrations run since that backup.")


async def _backed_up(file: Path) -> None:
    async with reached_server(current_settings()) as addresses:
        await anyio.to_thread.run_sync(files.back_up, addresses.owner, file)


async def _restored(file: Path) -> list[str]:
    settings = current_settings()
    async with reached_server(settings) as addresses:
        await anyio.to_thread.run_sync(files.restore, addresses.owner, file)
        return await migrate(addresses, external=settings.database_url is not None)
