"""The job queue: Procrastinate's tables and functions, as its release 3.10.0 makes them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from procrastinate.schema import SchemaManager

from service.database.unit_of_work import current_unit_of_work

ID = "0003-queue"
VERSION = "1.38.0"
DESCRIPTION = "Procrastinate's tables and functions"

# A later release brings migrations of its own: they then come in a file of ours.
PROCRASTINATE = "3.10.0"

DROP = r"""
do $do$
declare
    thing text;
begin
    for thing in
        select format('drop table if exists %s cascade', oid::regclass) from pg_class
        where relnamespace = 'public'::regnamespace and relkind = 'r'
            and relname like 'procrastinate\_%'
    loop execute thing; end loop;
    for thing in
        select format('drop function if exists %s cascade', oid::regprocedure) from pg_proc
        where pronamespace = 'public'::regnamespace and proname like 'procrastinate\_%'
    loop execute thing; end loop;
    for thing in
        select format('drop type if exists %s cascade', oid::regtype) from pg_type
        where typnamespace = 'public'::regnamespace and typname like 'procrastinate\_%'
            and typtype in ('e', 'c')
    loop execute thing; end loop;
end
$do$
"""


async def _script(sql: str) -> None:
    uow = current_unit_of_work()
    assert uow is not None, "migrations run inside a unit of work"
    await uow.connection.execute(sql)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="thuisronde", description=DESCRIPTION)

    async def up() -> None:
        await _script(SchemaManager.get_schema())

    async def down() -> None:
        await _script(DROP)

    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
