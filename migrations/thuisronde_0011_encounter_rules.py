"""What the database refuses of encounters and marks on the way."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.encounter_rules import RULES
from service.database.sql import execute

ID = "0011-encounter-rules"
VERSION = "1.38.0"
DESCRIPTION = "what the database refuses of encounters and marks on the way"


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
