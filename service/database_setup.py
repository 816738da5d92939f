"""Brings a database to where this version can work with it: its tables, then its fixed rows."""

from service.database import migrate as migrations
from service.database.addresses import Addresses
from service.database.opening import opened_pool
from service.database.unit_of_work import unit_of_work
from service.places.actions import ensure_municipalities


async def bring_up_to_date(addresses: Addresses, *, external: bool) -> list[str]:
    """Migrate, then put the municipalities in place; returns the migrations that ran.

    Raises what `service.database.migrate.migrate` raises. Can be called again at any time.
    """
    done = await migrations.migrate(addresses, external=external)
    async with opened_pool(addresses.app, most_connections=1), unit_of_work() as uow:
        await ensure_municipalities(uow)
    return done
