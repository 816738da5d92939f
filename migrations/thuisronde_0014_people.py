from enum import Enum
from typing import Any

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns.base import OnDelete, OnUpdate
from piccolo.columns.column_types import (
    JSONB,
    Column,
    Date,
    ForeignKey,
    Integer,
    Serial,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.defaults.date import DateNow
from piccolo.columns.defaults.timestamptz import TimestamptzNow
from piccolo.columns.indexes import IndexMethod
from piccolo.table import Table


class Account(Table, tablename="accounts", schema=None):
    id = Serial(null=False, primary_key=True)


class Tenant(Table, tablename="tenants", schema=None):
    id = Serial(null=False, primary_key=True)


ID = "0014-people"
VERSION = "1.38.0"
DESCRIPTION = "ETHOS observations, what can be taken back, whom to look out for, reviews"

PLAIN: dict[str, Any] = {
    "null": False,
    "primary_key": False,
    "unique": False,
    "index": False,
    "index_method": IndexMethod.btree,
    "choices": None,
    "db_column_name": None,
    "secret": False,
}
SUBJECTS = Enum("Subject", {"TENANT": "tenant", "WORKER": "worker", "TEAM": "team"})
OCCASIONS = Enum(
    "EthosOccasion", {"ENTRY": "entry", "LOSS": "loss", "EXIT": "exit", "OTHER": "other"}
)


def _reference(to: type[Table], on_delete: OnDelete) -> dict[str, Any]:
    return {
        "references": to,
        "on_delete": on_delete,
        "on_update": OnUpdate.cascade,
        "target_column": None,
    }


ETHOS: tuple[tuple[str, type[Column], dict[str, Any]], ...] = (
    ("tenant", ForeignKey, _reference(Tenant, OnDelete.restrict)),
    ("observed_on", Date, {"default": DateNow()}),
    ("category", SmallInt, {"default": 0}),
    ("occasion", Varchar, {"length": 8, "default": "", "choices": OCCASIONS}),
)
STEPS: tuple[tuple[str, type[Column], dict[str, Any]], ...] = (
    ("account", ForeignKey, _reference(Account, OnDelete.cascade)),
    ("subject", Varchar, {"length": 8, "default": "", "choices": SUBJECTS}),
    ("subject_row", Integer, {"default": 0}),
    ("rows", JSONB, {"default": "[]"}),
    ("made_at", Timestamptz, {"default": TimestamptzNow()}),
)
ADDED: tuple[tuple[str, str, str, type[Column], dict[str, Any]], ...] = (
    ("Stay", "stays", "unsafe_persons", Text, {"default": ""}),
    ("Exclusion", "exclusions", "review_on", Date, {"default": None, "null": True}),
    *(("EthosObservation", "ethos_observations", *column) for column in ETHOS),
    *(("UndoStep", "undo_steps", *column) for column in STEPS),
)


async def forwards() -> MigrationManager:
    manager = MigrationManager(migration_id=ID, app_name="thuisronde", description=DESCRIPTION)
    manager.add_table(
        class_name="EthosObservation", tablename="ethos_observations", schema=None, columns=None
    )
    manager.add_table(class_name="UndoStep", tablename="undo_steps", schema=None, columns=None)
    for table_class, table, name, kind, params in ADDED:
        manager.add_column(
            table_class_name=table_class,
            tablename=table,
            column_name=name,
            db_column_name=name,
            column_class_name=kind.__name__,
            column_class=kind,
            params=PLAIN | params,
            schema=None,
        )
    return manager
