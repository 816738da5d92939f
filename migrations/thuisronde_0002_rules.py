"""What the database refuses: periods, overlaps, unknown words, negative money, lone pairs.

A file of its own: Piccolo runs raw statements before the table operations of the same file.
"""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.first_rules import RULES
from service.database.sql import execute

ID = "0002-rules"
VERSION = "1.38.0"
DESCRIPTION = "constraints and indexes"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="thuisronde", description=DESCRIPTION)

    async def up() -> None:
        await execute("create extension if not exists btree_gist")
        for rule in RULES:
            await execute(rule.make)

    async def down() -> None:
        for rule in reversed(RULES):
            await execute(rule.undo)

    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
