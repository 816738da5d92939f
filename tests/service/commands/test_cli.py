"""The command line: one clear sentence and a non-zero exit on what goes wrong, nothing lost."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
import rich_click as click

from service import cli
from service.cli import COMMANDS
from service.commands.lazy import LazyGroup
from service.database.addresses import Addresses
from service.database.embedded import EmbeddedServer
from service.database.migrate import known_migrations
from tests.service.database.world import WORLD
from tests.support.database import Server

ROOT = Path(__file__).parents[3]


def environment(**variables: object) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if "THUISRONDE" not in name}
    path = os.pathsep.join([str(ROOT), *sys.path])
    given = {f"THUISRONDE_{name}": str(value) for name, value in variables.items()}
    return kept | {"PYTHONPATH": path} | given


def run(*arguments: object, **variables: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "service", *map(str, arguments)],
        cwd="/",
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def sentence(done: "subprocess.CompletedProcess[str]") -> str:
    """Return the one line of a failure."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("Error: ")
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


@pytest.fixture
def migrated(server: Server) -> dict[str, str]:
    """Settings of a migrated database that this test may change."""
    addresses = server.cloned_database(f"{server.own_name}_cli")
    return settings_of(addresses)


def settings_of(addresses: Addresses) -> dict[str, str]:
    return {"DATABASE_URL": addresses.owner, "APP_DATABASE_URL": addresses.app}


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
        return number


def test_the_overview_names_every_command_and_loads_none() -> None:
    done = run("--help")
    assert done.returncode == 0
    for name in COMMANDS:
        assert f" {name} " in done.stdout
    heavy = "{'litestar', 'piccolo', 'ortools', 'uvicorn'}"
    script = f"import sys, service.cli; print({heavy} & set(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, check=True
    )
    assert loaded.stdout == b"set()\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_help(name: str) -> None:
    group = LazyGroup(lazy_commands=COMMANDS)
    found, command, rest = group.resolve_command(click.Context(group), [name, "x"])
    assert (found, rest) == (name, ["x"])
    assert command is not None
    assert command.help


def test_an_unknown_command_is_named() -> None:
    done = run("dance")
    assert done.returncode == 2
    assert "dance" in done.stderr


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"DATABASE_URL": "mysql://owner:hunter2@h/d"}, "THUISRONDE_DATABASE_URL is not a"),
        ({"DATABASE_URL": "postgresql://o:hunter2@127.0.0.1:9/d"}, "does not answer"),
        ({"DATABASE_URL": "postgresql://o:hunter2@nowhere.invalid/d"}, "does not answer"),
        ({"PORT": "eighty"}, "THUISRONDE_PORT is 'eighty'"),
        ({"DATABASE_URL_FILE": "/nonexistent"}, "cannot be read"),
    ],
)
def test_a_bad_setting_is_one_sentence(variables: dict[str, str], said: str) -> None:
    for command in ("migrate", "web"):
        error = sentence(run(command, **{"PORT": "18999", **variables}))
        assert said in error
        assert "hunter2" not in error


def test_wrong_logins_and_names_are_one_sentence(server: Server, migrated: dict[str, str]) -> None:
    right = migrated["DATABASE_URL"]
    wrong = right.replace(right.split(":")[2].split("@")[0], "hunter2")
    assert "refuses the user or password" in sentence(run("migrate", DATABASE_URL=wrong))
    missing = right.replace("_cli?", "_missing?")
    assert "no database of the name" in sentence(run("migrate", DATABASE_URL=missing))


def test_a_port_in_use_is_one_sentence(migrated: dict[str, str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        error = sentence(run("web", **migrated, PORT=number))
    assert f"Port {number} of 127.0.0.1 is in use" in error


def test_another_version_of_postgresql_is_one_sentence(data_dir: Path) -> None:
    version = data_dir / "postgres" / "cluster" / "PG_VERSION"
    version.write_text("17\n")
    error = sentence(run("migrate", DATA_DIR=data_dir))
    assert "was made by PostgreSQL 17" in error
    assert "docs/database.md" in error


def test_a_half_migrated_database_is_one_sentence(server: Server, migrated: dict[str, str]) -> None:
    with psycopg.connect(migrated["DATABASE_URL"]) as connection:
        connection.execute("delete from migration where name = '0001-tables'")
    assert "half-migrated" in sentence(run("migrate", **migrated))
    assert "half-migrated" in sentence(run("web", **migrated, PORT=18998))


def test_an_unmigrated_database_is_not_served(server: Server, port: int) -> None:
    empty = server.empty_database(f"{server.own_name}_cli")
    error = sentence(run("web", **settings_of(empty), PORT=port))
    assert "Run: thuisronde migrate" in error


def test_migrate_says_what_it_did_up_and_down(server: Server) -> None:
    empty = settings_of(server.empty_database(f"{server.own_name}_cli"))
    ids = [module.ID for module in known_migrations()]
    assert ids == sorted(ids)
    assert run("migrate", **empty).stdout.splitlines() == [f"Done: {one}" for one in ids]
    assert run("migrate", **empty).stdout == "The database is up to date.\n"
    down = run("migrate", "--down", ids[-1], **empty)
    assert down.stdout == f"Undone: {ids[-1]}\n"
    unknown = sentence(run("migrate", "--down", "nonsense", **empty))
    assert f"Known are: {', '.join(ids[:-1])}." in unknown


def test_an_external_server_gets_an_app_role_of_its_own(server: Server, parent: Path) -> None:
    """The owner of an ordinary server may make roles; ours of the embedded one may not."""
    name = f"{server.own_name}_external"
    addresses = server.empty_database(name)
    with psycopg.connect(server.embedded.superuser_url(), autocommit=True) as admin:
        admin.execute(f'drop role if exists "{name}_app"'.encode())
        admin.execute("alter role thuisronde_owner createrole")
        try:
            done = run("migrate", DATABASE_URL=addresses.owner, DATA_DIR=parent / "data")
        finally:
            admin.execute("alter role thuisronde_owner nocreaterole")
    assert done.returncode == 0, done.stderr
    secret = (parent / "data" / "secrets" / "app-password").read_text().strip()
    owner_secret = addresses.owner.split(":")[2].split("@")[0]
    app = addresses.owner.replace("thuisronde_owner", f"{name}_app").replace(owner_secret, secret)
    with psycopg.connect(app) as connection:
        connection.execute(
            "insert into audit_entries (at, action, object_kind, object_id)"
            " values (now(), 'read', 'x', '1')"
        )
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("delete from audit_entries")
    (parent / "data" / "secrets" / "app-password").write_text("0" * 64 + "\n")
    error = sentence(run("migrate", DATABASE_URL=addresses.owner, DATA_DIR=parent / "data"))
    assert "cannot log in" in error
    with psycopg.connect(server.embedded.superuser_url(), autocommit=True) as admin:
        admin.execute(f'drop database "{name}"'.encode())
        admin.execute(f'drop role "{name}_app"'.encode())


def test_a_backup_comes_back_whole(server: Server, parent: Path) -> None:
    full = server.cloned_database(f"{server.own_name}_cli")
    with psycopg.connect(server.superuser_url(full)) as connection:
        connection.execute(WORLD.encode())
    file = parent / "backup.dump"
    assert run("backup", file, **settings_of(full)).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600
    assert "exists already" in sentence(run("backup", file, **settings_of(full)))
    assert "not empty" in sentence(run("restore", file, **settings_of(full)))
    empty = server.empty_database(f"{server.own_name}_cli_two")
    assert run("restore", file, **settings_of(empty)).returncode == 0
    with psycopg.connect(empty.app) as connection:
        count = connection.execute("select count(*) from published_stops").fetchone()
        assert count == (3,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("delete from audit_entries")
    assert [path.name for path in parent.iterdir()] == ["backup.dump"]


def test_web_serves_until_it_is_told_to_end(
    migrated: dict[str, str], parent: Path, port: int
) -> None:
    with serving("web", **migrated, DATA_DIR=parent / "data", PORT=port) as process:
        wait_for(port)
        process.terminate()
        assert process.wait(30) == 0


def test_stop_ends_what_serves_and_the_database(data_dir: Path, port: int) -> None:
    assert run("migrate", DATA_DIR=data_dir).returncode == 0
    with serving("web", DATA_DIR=data_dir, PORT=port) as process:
        wait_for(port)
        assert run("stop", DATA_DIR=data_dir).stdout == "Stopped; 1 running process ended.\n"
        assert process.wait(30) == 0
    assert not (data_dir / "postgres" / "cluster" / "postmaster.pid").exists()
    assert EmbeddedServer(data_dir).stop() == 0


@contextmanager
def serving(command: str, **variables: object) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a command that goes on; killed if it has not ended by itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", "service", command],
        cwd="/",
        env=environment(**variables),
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_for(port: int) -> None:
    """Wait until something answers."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("nothing answered within 30 seconds")


def test_what_nobody_expected_is_told_without_its_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A service's terminal is kept by the system's log: an error may quote a row."""

    def break_down(**_: object) -> None:
        raise ExceptionGroup("several", [KeyError("Jeanne"), ValueError("Rue Inventée 12")])

    monkeypatch.setattr(cli.thuisronde, "main", break_down)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("Error: something broke that should not (KeyError at ")
    assert "ValueError" in said
    assert "Jeanne" not in said
    assert "Rue" not in said


def test_a_team_s_weights_are_shown_and_changed(server: Server, migrated: dict[str, str]) -> None:
    with psycopg.connect(migrated["DATABASE_URL"]) as connection:
        connection.execute("insert into teams (code, name, kind) values ('MOB', 'm', 'mobile')")
    assert "MOB      mobile       outreach" in run("team", "list", **migrated).stdout
    weights = ("team", "weights", "MOB")
    done = run(*weights, "--preset", "crisis", "--set", "travel=3", "--hard", "limit", **migrated)
    assert done.stderr == ""
    lines = [line.split() for line in done.stdout.splitlines()]
    assert lines[0] == ["preset", "crisis"]
    assert ["travel", "3", "its", "own"] in lines
    assert ["limit", "forbids", "its", "own"] in lines
    assert ["visiting", "2"] in lines
    again = run(*weights, "--reset", "limit", **migrated).stdout
    assert ["limit", "60"] in [line.split() for line in again.splitlines()]
    wrong = sentence(run(*weights, "--set", "travl=1", **migrated))
    assert wrong.startswith("Error: Nothing was changed. travl: a weight: ")
    assert run(*weights, **migrated).stdout == again
    assert "There is no team X" in sentence(run("team", "weights", "X", **migrated))
    car = ("team", "resource", "MOB", "car", "--kind", "car", "--available", "2")
    assert run(*car, "--from", "2026-01-01", **migrated).stdout == "MOB: 2 car\n"
