"""What the database refuses of a draft's steps, and the notices of changed rosters."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.step_rules import RULES, TELLING
from service.database.sql import execute

ID = "0009-step-rules"
VERSION = "1.38.0"
DESCRIPTION = "what the database refuses of a draft's steps, and the notices of changed rosters"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="thuisronde", description=DESCRIPTION)

    async def up() -> None:
        for rule in (*RULES, *TELLING):
            await execute(rule.make)

    async def down() -> None:
        for rule in reversed((*RULES, *TELLING)):
            await execute(rule.undo)

    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
