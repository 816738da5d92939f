"""Migrations: equal to the tables, up and down with rows, whole or not at all, one at a time."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import anyio
import asyncpg
import psycopg
import pytest
from piccolo.apps.migrations.commands.new import AutoMigrationManager
from piccolo.conf.apps import AppConfig
from procrastinate.schema import SchemaManager

from migrations import thuisronde_0003_queue as queue
from migrations.piccolo_app import APP_CONFIG
from service.database import migrate as runner
from service.database.addresses import Addresses
from service.database.migrate import check_current, known_migrations, migrate, migrate_down
from service.database.opening import opened_pool
from service.errors import DatabaseOutOfDate, Invalid
from tests.service.database.world import WORLD
from tests.support.database import Server

ALL = [module.ID for module in known_migrations()]


@pytest.fixture
def empty(server: Server) -> Addresses:
    """A database without tables, of this test alone."""
    return server.empty_database(f"{server.own_name}_migrate")


def rows(server: Server, addresses: Addresses, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server.superuser_url(addresses)) as connection:
        return connection.execute(query.encode()).fetchall()


def change(server: Server, addresses: Addresses, statements: str) -> None:
    with psycopg.connect(server.superuser_url(addresses)) as connection:
        connection.execute(statements.encode())


def shape(server: Server, addresses: Addresses) -> list[tuple[object, ...]]:
    """Everything that migrations make, by kind, name and definition."""
    return rows(
        server,
        addresses,
        """
        select 'column', table_name::text, column_name::text,
            concat_ws(' ', data_type, column_default, is_nullable, character_maximum_length)
            from information_schema.columns where table_schema = 'public'
        union all select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
            from pg_constraint where connamespace = 'public'::regnamespace
        union all select 'index', tablename, indexname, indexdef
            from pg_indexes where schemaname = 'public'
        union all select 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
            from pg_trigger where not tgisinternal
        union all select 'function', proname, oid::regprocedure::text, prosrc
            from pg_proc where pronamespace = 'public'::regnamespace and prolang <>
                (select oid from pg_language where lanname = 'c')
        order by 1, 2, 3, 4
        """,
    )


async def test_the_migrations_equal_the_tables() -> None:
    assert await differences(APP_CONFIG) == []
    fewer = replace(APP_CONFIG, table_classes=APP_CONFIG.table_classes[1:])
    assert len(await differences(fewer)) == 1


async def differences(config: AppConfig) -> list[str]:
    """Return the statements that a new migration would need for these tables."""
    found = await AutoMigrationManager().get_alter_statements(config)
    return [line for statements in found for line in statements.statements]


async def test_up_and_down_and_up_again_with_rows(server: Server, empty: Addresses) -> None:
    assert await migrate(empty) == ALL
    first = shape(server, empty)
    change(server, empty, WORLD)
    for name in reversed(ALL):
        assert await migrate_down(empty, name=name) == [name]
    left = rows(server, empty, "select tablename::text from pg_tables where schemaname = 'public'")
    assert left == [("migration",)]
    assert await migrate(empty) == ALL
    assert shape(server, empty) == first
    change(server, empty, WORLD)


@pytest.mark.parametrize("last", ALL[1:])
async def test_rows_outlive_the_undoing_of_later_migrations(server: Server, last: str) -> None:
    filled = server.cloned_database(f"{server.own_name}_filled")
    change(server, filled, WORLD)
    undone = await migrate_down(filled, name=last)
    assert undone[-1] == last
    assert rows(server, filled, "select count(*) from published_stops") == [(3,)]
    assert await migrate(filled) == undone[::-1]
    assert rows(server, filled, "select count(*) from published_stops") == [(3,)]


async def test_a_second_time_does_nothing(server: Server, empty: Addresses) -> None:
    await migrate(empty)
    before = shape(server, empty)
    assert await migrate(empty) == []
    assert shape(server, empty) == before


def test_three_at_once_all_succeed(server: Server, empty: Addresses) -> None:
    script = (
        "import sys, anyio; from service.database.migrate import migrate;"
        "from service.database.addresses import Addresses;"
        "print(len(anyio.run(migrate, Addresses(*sys.argv[1:3]))))"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", script, empty.owner, empty.app],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
            env={"PYTHONPATH": ":".join(sys.path)},
        )
        for _ in range(3)
    ]
    answers = [process.communicate(timeout=120)[0].strip() for process in processes]
    assert sorted(answers) == ["0", "0", str(len(ALL))]
    assert rows(server, empty, "select name from migration order by name") == [(n,) for n in ALL]


async def test_a_failing_migration_leaves_nothing(
    server: Server, empty: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SchemaManager, "get_schema", staticmethod(_broken_schema))
    with pytest.raises(asyncpg.UndefinedTableError, match="nowhere"):
        await migrate(empty)
    assert rows(server, empty, "select to_regclass('begun')") == [(None,)]
    assert rows(server, empty, "select name from migration order by 1") == [(n,) for n in ALL[:2]]
    monkeypatch.undo()
    assert await migrate(empty) == ALL[2:]


def _broken_schema() -> str:
    return "create table begun (); insert into nowhere values (1)"


async def test_tables_without_a_record_are_a_half_migrated_database(
    server: Server, empty: Addresses
) -> None:
    change(server, empty, "create table tenants (id int); insert into tenants values (7)")
    with pytest.raises(DatabaseOutOfDate, match="half-migrated: 0001-tables is not recorded"):
        await migrate(empty)
    assert rows(server, empty, "select id from tenants") == [(7,)]
    assert rows(server, empty, "select to_regclass('workers')") == [(None,)]


async def test_a_record_without_its_table_is_a_half_migrated_database(
    server: Server, empty: Addresses
) -> None:
    await migrate(empty)
    change(server, empty, "drop table clock_ticks")
    with pytest.raises(DatabaseOutOfDate, match="half-migrated: 4 columns are missing"):
        await migrate(empty)


async def test_a_gap_in_the_record_is_a_half_migrated_database(
    server: Server, empty: Addresses
) -> None:
    await migrate(empty)
    change(server, empty, "delete from migration where name = '0002-rules'")
    with pytest.raises(DatabaseOutOfDate, match="half-migrated: 0002-rules has not run"):
        await migrate(empty)


async def test_a_newer_database_is_left_alone(server: Server, empty: Addresses) -> None:
    await migrate(empty)
    change(server, empty, f"update migration set name = '9999-later' where name = '{ALL[-1]}'")
    with pytest.raises(DatabaseOutOfDate, match="newer version"):
        await migrate(empty)
    with pytest.raises(DatabaseOutOfDate, match="newer version"):
        await migrate_down(empty, name="0001-tables")
    assert rows(server, empty, "select count(*) from tenants") == [(0,)]


async def test_a_program_does_not_serve_an_older_database(server: Server, empty: Addresses) -> None:
    await migrate(empty)
    async with opened_pool(empty.app):
        await check_current()
    await migrate_down(empty, name=ALL[-1])
    async with opened_pool(empty.app):
        with pytest.raises(DatabaseOutOfDate, match=f"misses 1 of {len(ALL)}"):
            await check_current()


async def test_an_unknown_name_undoes_nothing(server: Server, empty: Addresses) -> None:
    await migrate(empty)
    with pytest.raises(Invalid):
        await migrate_down(empty, name="nonsense")
    assert rows(server, empty, "select count(*) from migration") == [(len(ALL),)]


async def test_the_queue_is_the_one_of_the_installed_release(
    server: Server, empty: Addresses
) -> None:
    """A new release of Procrastinate needs a migration of ours before it is taken."""
    from importlib.metadata import version

    assert version("procrastinate") == queue.PROCRASTINATE
    assert "procrastinate_defer_jobs_v1" in SchemaManager.get_schema()
    await migrate(empty)
    with psycopg.connect(empty.app) as connection:
        connection.execute(
            "select procrastinate_defer_jobs_v1(array[row('q', 't', 0, null, null, '{}'::jsonb,"
            " null)::procrastinate_job_to_defer_v1])"
        )
        count = connection.execute("select count(*) from procrastinate_jobs").fetchone()
    assert count == (1,)


async def test_default_rights_reach_later_tables(server: Server, empty: Addresses) -> None:
    await migrate(empty)
    with psycopg.connect(empty.owner) as connection:
        connection.execute("create table later (n serial)")
    with psycopg.connect(empty.app) as connection:
        connection.execute("insert into later default values")
        assert connection.execute("select n from later").fetchone() == (1,)
    assert APP_CONFIG.app_name == runner.APP


def test_waiting_for_the_lock_can_be_interrupted(server: Server, empty: Addresses) -> None:
    async def interrupted() -> bool:
        from service.database.dedicated import advisory_lock

        async with advisory_lock("migrate", url=empty.owner):
            with anyio.move_on_after(0.2) as scope:
                await migrate(empty)
        return scope.cancelled_caught

    assert anyio.run(interrupted)
    assert rows(server, empty, "select to_regclass('migration')") == [(None,)]
