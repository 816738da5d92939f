"""A talk at the door is a contact of its own kind; undone, it is a short home visit again."""

from enum import Enum

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.column_types import Varchar

from migrations.door_rules import AFTER, BEFORE
from service.database.sql import execute

ID = "0022-at-the-door"
VERSION = "1.38.0"
DESCRIPTION = "a talk at the door is a kind of encounter"

_KINDS = {
    "HOME_VISIT": "home_visit",
    "ACCOMPANIMENT": "accompaniment",
    "CONSULTATION": "consultation",
    "PHONE": "phone",
    "GROUP": "group",
}


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="thuisronde", description=DESCRIPTION)
    manager.alter_column(
        table_class_name="Encounter",
        tablename="encounters",
        column_name="kind",
        db_column_name="kind",
        params={"choices": Enum("EncounterKind", {**_KINDS, "AT_DOOR": "at_door"})},
        old_params={"choices": Enum("EncounterKind", _KINDS)},
        column_class=Varchar,
        old_column_class=Varchar,
        schema=None,
    )

    async def up() -> None:
        await execute(BEFORE.undo)
        await execute(AFTER.make)

    async def down() -> None:
        await execute(AFTER.undo)
        await execute("update encounters set kind = 'home_visit' where kind = 'at_door'")
        await execute(
            """update encounter_corrections
            set before = jsonb_set(before, '{kind}', '"home_visit"')
            where before->>'kind' = 'at_door'"""
        )
        await execute(BEFORE.make)

    manager.add_raw(up)
    manager.add_raw_backwards(down)
    return manager
