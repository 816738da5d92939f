"""What the database refuses of personal tokens."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from migrations.token_rules import INDEXES, RULES
from service.database.sql import execute

ID = "0021-token-rules"
VERSION = "1.38.0"
DESCRIPTION = "what the database refuses of personal tokens"


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="thuisronde", description=DESCRIPTION)

    async def up() -> None:
        for rule in (*RULES, *INDEXES):
            await execute(rule.make)

    async def down() -> None:
        for rule in reversed((*RULES, *INDEXES)):
            await execute(rule.undo)

    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
