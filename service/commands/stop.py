"""`thuisronde stop`: end the processes of this data folder, then its embedded database."""

import rich_click as click

from service.database.embedded import EmbeddedServer
from service.settings import current_settings


@click.command()
def stop() -> None:
    """End the program's processes on this machine, and the database that comes with it.

    Each is asked to end what it does. A server named by THUISRONDE_DATABASE_URL is left alone.
    """
    asked = EmbeddedServer(current_settings().data_dir).stop()
    click.echo(f"Stopped; {asked} running {'process' if asked == 1 else 'processes'} ended.")
