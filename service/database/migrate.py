"""Runs the migrations, each whole or not at all, one process at a time."""

import importlib
import io
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, redirect_stdout
from pathlib import Path
from typing import Protocol, cast

import anyio.to_thread
import asyncpg
from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.apps.migrations.tables import Migration

import migrations
from service.database.addresses import Addresses, user_of
from service.database.dedicated import advisory_lock
from service.database.engine import ENGINE
from service.database.opening import opened_pool
from service.database.roles import grant_statements, make_app_role
from service.database.unit_of_work import unit_of_work
from service.errors import DatabaseOutOfDate, Invalid

APP = "thuisronde"


class MigrationModule(Protocol):
    """A file of `migrations/`."""

    ID: str

    async def forwards(self) -> MigrationManager: ...


def known_migrations() -> list[MigrationModule]:
    """Return this version's migrations, oldest first."""
    names = [path.stem for path in Path(migrations.__file__).parent.glob("thuisronde_*.py")]
    modules = [importlib.import_module(f"migrations.{name}") for name in names]
    return sorted(cast("list[MigrationModule]", modules), key=lambda module: module.ID)


async def migrate(addresses: Addresses, *, external: bool = False) -> list[str]:
    """Run what has not run yet, and return its names; others who migrate wait for us.

    Each migration commits together with its record and the application's rights: a killed
    one leaves nothing. Raises `DatabaseOutOfDate` where the database is half-migrated.
    """
    async with _migrating(addresses, external=external):
        known = known_migrations()
        done = check_history(await recorded(), [module.ID for module in known])
        new = [module for module in known if module.ID not in done]
        for module in new:
            await _run(module, app_role=user_of(addresses.app))
        if not new:
            await _grant(user_of(addresses.app))
        await check_tables()
        return [module.ID for module in new]


async def migrate_down(addresses: Addresses, *, name: str) -> list[str]:
    """Undo migrations back to and including `name`, latest first; raises `Invalid`."""
    async with _migrating(addresses, external=False):
        known = known_migrations()
        done = check_history(await recorded(), [module.ID for module in known])
        if name not in done:
            raise Invalid(
                {"name": "is not a migration that has run"},
                advice=f"Known are: {', '.join(done) or 'none'}.",
            )
        undone = [module for module in reversed(known) if module.ID in done and name <= module.ID]
        for module in undone:
            async with unit_of_work():
                manager = await module.forwards()
                with redirect_stdout(io.StringIO()):
                    await manager.run(backwards=True)
                await Migration.delete().where(Migration.name == module.ID)
        return [module.ID for module in undone]


async def check_current() -> None:
    """Raise `DatabaseOutOfDate` unless the open database has exactly this version's tables."""
    known = [module.ID for module in known_migrations()]
    done = check_history(await recorded(), known)
    if done != known:
        raise DatabaseOutOfDate(
            f"The database misses {len(known) - len(done)} of {len(known)} migrations.",
            advice="Run: thuisronde migrate",
        )


async def recorded() -> list[str]:
    """Return the names of the migrations that the open database says have run."""
    async with ENGINE.acquired() as connection:
        if await connection.fetchval("select to_regclass('public.migration')") is None:
            return []
        rows = await connection.fetch(
            "select name from public.migration where app_name = $1 order by name", APP
        )
    return [row["name"] for row in rows]


def check_history(done: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return `done` if it is a beginning of `known`; raises `DatabaseOutOfDate`."""
    strange = [name for name in done if name not in known]
    if strange:
        raise DatabaseOutOfDate(
            f"The database was migrated by a newer version (to {strange[-1]});"
            " nothing was changed.",
            advice="Run that version, or restore the backup made before it.",
        )
    if list(done) != list(known[: len(done)]):
        missing = [name for name in known[: len(done)] if name not in done]
        raise DatabaseOutOfDate(
            f"The database is half-migrated: {', '.join(missing)} has not run,"
            " a later migration has; nothing was changed.",
            advice="Restore a backup: docs/database.md says how.",
        )
    return list(done)


async def check_tables() -> None:
    """Raise `DatabaseOutOfDate` if a table or column that should be there is missing."""
    from migrations.piccolo_app import table_classes  # imports every table of the service

    wanted = {
        (table._meta.tablename, column._meta.db_column_name)  # noqa: SLF001 no other way
        for table in table_classes()
        for column in table._meta.columns  # noqa: SLF001
    }
    async with ENGINE.acquired() as connection:
        rows = await connection.fetch(
            "select table_name, column_name from information_schema.columns"
            " where table_schema = 'public'"
        )
    missing = sorted(wanted - {(row["table_name"], row["column_name"]) for row in rows})
    if missing:
        table, column = missing[0]
        raise DatabaseOutOfDate(
            f"The database is half-migrated: {len(missing)} columns are missing,"
            f" the first is {table}.{column}, though every migration is recorded.",
            advice="Restore a backup: docs/database.md says how.",
        )


async def _run(module: MigrationModule, *, app_role: str) -> None:
    try:
        async with unit_of_work() as uow:
            manager = await module.forwards()
            with redirect_stdout(io.StringIO()):
                await manager.run()
            await Migration.insert(Migration(name=module.ID, app_name=APP))
            for statement in grant_statements(app_role):
                await uow.connection.execute(statement)
    except (asyncpg.DuplicateTableError, asyncpg.DuplicateObjectError) as error:
        raise DatabaseOutOfDate(
            f"The database is half-migrated: {module.ID} is not recorded,"
            f" but something it makes is there already ({type(error).__name__});"
            " nothing was changed.",
            advice="Restore a backup, or begin with an empty database.",
        ) from None


async def _grant(app_role: str) -> None:
    async with unit_of_work() as uow:
        for statement in grant_statements(app_role):
            await uow.connection.execute(statement)


@asynccontextmanager
async def _migrating(addresses: Addresses, *, external: bool) -> AsyncIterator[None]:
    """Hold the lock and the owner's pool, with Piccolo's record table in place."""
    async with advisory_lock("migrate", url=addresses.owner):
        if external:
            await anyio.to_thread.run_sync(make_app_role, addresses.owner, addresses.app)
        async with opened_pool(addresses.owner, most_connections=2):
            await Migration.create_table(if_not_exists=True)
            yield
