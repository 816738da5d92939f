"""`thuisronde demo-data`, as a person types it."""

from pathlib import Path

import psycopg
import pytest

from tests.service.commands.test_cli import run, sentence, settings_of
from tests.support.database import Server


@pytest.fixture
def settings(server: Server, tmp_path: Path) -> dict[str, str]:
    """Settings of a migrated database without rows."""
    addresses = server.cloned_database(f"{server.own_name}_demo_data")
    return settings_of(addresses) | {"DATA_DIR": str(tmp_path)}


def test_once_it_fills_twice_it_keeps_and_another_seed_is_an_error(
    settings: dict[str, str],
) -> None:
    made = run("demo-data", "--seed", 7, "--today", "2026-11-22", **settings)
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("Made for 22/11/2026 with seed 7: ")
    assert made.stdout.endswith(" contacts in two years.\n")
    again = run("demo-data", "--seed", 7, **settings)
    assert again.returncode == 0
    assert again.stdout == (
        "The demonstration of seed 7 is there already, made for 22/11/2026: kept as it is.\n"
    )
    assert sentence(run("demo-data", "--seed", 8, **settings)) == (
        "Error: The database holds the demonstration of seed 7 already."
        " Keep it, or choose another data folder for another seed."
    )
    with psycopg.connect(settings["DATABASE_URL"]) as connection:
        names = connection.execute("select first_name, last_name from tenants").fetchall()
    said = made.stdout + made.stderr + again.stdout + again.stderr
    assert not any(last in said for _, last in names)


def test_a_day_that_is_none_is_refused(settings: dict[str, str]) -> None:
    refused = run("demo-data", "--today", "2026-02-30", **settings)
    assert refused.returncode == 2
    assert "2026-02-30" in refused.stderr
