"""What the database refuses of lone-worker checks, no-contact alerts and morning meetings."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.safety_rules import RULES
from service.database.sql import execute

ID = "0013-safety-rules"
VERSION = "1.38.0"
DESCRIPTION = "what the database refuses of checks, alerts and morning meetings"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="thuisronde", description=DESCRIPTION)

    async def up() -> None:
        for rule in RULES:
            await execute(rule.make)

    async def down() -> None:
        for rule in reversed(RULES):
            await execute(rule.undo)

    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
