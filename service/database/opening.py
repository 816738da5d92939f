"""Opens the database that the settings name: the embedded server, or one's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal

import anyio
import anyio.to_thread

from service.data_folder import read_or_make_secret
from service.database.addresses import Addresses, database_of, with_login
from service.database.embedded import EmbeddedServer
from service.database.engine import ENGINE
from service.settings import Settings


@asynccontextmanager
async def reached_server(settings: Settings) -> AsyncIterator[Addresses]:
    """Yield the database's addresses; the embedded server is joined before and left after."""
    if settings.database_url is not None:
        yield external_addresses(settings)
        return
    server = EmbeddedServer(settings.data_dir)
    addresses = await anyio.to_thread.run_sync(server.join)
    try:
        yield addresses
    finally:
        with anyio.CancelScope(shield=True):
            await anyio.to_thread.run_sync(server.leave)


def external_addresses(settings: Settings) -> Addresses:
    """Return the addresses on a server of one's own.

    Without `app_database_url` the application's role is named after the database (roles
    belong to the whole server) and its secret is kept in the data folder.
    """
    owner = settings.database_url
    if owner is None:
        raise ValueError("no external database is set")
    if settings.app_database_url is not None:
        return Addresses(owner=owner, app=settings.app_database_url)
    password = read_or_make_secret(settings.data_dir, "app-password")
    role = f"{database_of(owner)}_app"
    return Addresses(owner=owner, app=with_login(owner, user=role, password=password))


@asynccontextmanager
async def opened_pool(url: str, *, most_connections: int = 10) -> AsyncIterator[None]:
    """Open Piccolo's engine on one address and close it again."""
    await ENGINE.open(url, most_connections=most_connections)
    try:
        yield
    finally:
        with anyio.CancelScope(shield=True):
            await ENGINE.close()


@asynccontextmanager
async def opened_database(
    settings: Settings, *, role: Literal["owner", "app"] = "app", most_connections: int = 10
) -> AsyncIterator[Addresses]:
    """Reach the server and open the engine on it: what each command begins with."""
    async with reached_server(settings) as addresses:
        url = addresses.app if role == "app" else addresses.owner
        async with opened_pool(url, most_connections=most_connections):
            yield addresses
