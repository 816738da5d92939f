"""The one Piccolo app: every table of the service, and the folder of its migrations."""

import importlib
from pathlib import Path

from piccolo.conf.apps import AppConfig
from piccolo.table import Table

import service

MIGRATIONS = Path(__file__).parent


def table_classes() -> list[type[Table]]:
    """Return the table classes of every `tables.py` and `base_tables.py` of the service."""
    root = Path(service.__file__).parent
    found: dict[str, type[Table]] = {}
    for path in sorted(root.glob("*/*tables.py")):
        module = importlib.import_module(f"service.{path.parent.name}.{path.stem}")
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Table) and value is not Table:
                found[value._meta.tablename] = value  # noqa: SLF001 Piccolo has no other way
    return [found[name] for name in sorted(found)]


APP_CONFIG = AppConfig(
    app_name="thuisronde",
    migrations_folder_path=str(MIGRATIONS),
    table_classes=table_classes(),
    migration_dependencies=[],
)
