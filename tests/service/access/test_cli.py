"""`thuisronde account`, as a person types it."""

import os
import pty
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from tests.service.commands.test_cli import environment, run, sentence, settings_of
from tests.support.database import Server
from tests.support.passwords import PASSWORD


@pytest.fixture
def settings(server: Server, tmp_path: Path) -> dict[str, str]:
    """Settings of a migrated database with one team."""
    addresses = server.cloned_database(f"{server.own_name}_account")
    with psycopg.connect(addresses.owner, autocommit=True) as connection:
        connection.execute(
            "insert into teams (code, name, kind, policy, version, active)"
            " values ('ACT', 'Team ACT', 'act', '{}', 1, true)"
        )
    (tmp_path / "password").write_text(f"{PASSWORD}\nsecond line\n", encoding="utf-8")
    return settings_of(addresses) | {"DATA_DIR": str(tmp_path)}


def _rows(settings: dict[str, str], query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(settings["DATABASE_URL"]) as connection:
        return connection.execute(query.encode()).fetchall()


def test_an_account_from_its_making_to_its_end(settings: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "password"
    made = run(
        *("account", "create", "--login", "Amina", "--role", "team_lead", "--role", "worker"),
        *("--team", "ACT", "--language", "nl", "--password-file", file),
        **settings,
    )
    assert (made.returncode, made.stdout) == (
        0,
        "Account amina is made: team_lead, worker.\n",
    )
    listed = run("account", "list", **settings)
    assert listed.stdout == "amina  nl  team_lead ACT, worker ACT\n"
    hashes = _rows(settings, "select password_hash from accounts")
    assert PASSWORD not in made.stdout + made.stderr + str(hashes)
    changed = run("account", "password", "--login", "amina", "--password-file", file, **settings)
    assert changed.stdout == "Account amina has a new password.\n"
    assert _rows(settings, "select password_hash from accounts") != hashes
    moved = run("account", "roles", "--login", "amina", "--role", "housing_officer", **settings)
    assert moved.stdout == "Account amina is now: housing_officer.\n"
    assert run("account", "list", **settings).stdout == "amina  nl  housing_officer\n"
    ended = run("account", "deactivate", "--login", "amina", **settings)
    assert ended.returncode == 0
    assert run("account", "list", **settings).stdout.endswith("(ended)\n")


@pytest.mark.parametrize(
    ("arguments", "password", "said"),
    [
        ((), "short", "at least 12 characters"),
        (("--team", "NONE", "--role", "worker"), PASSWORD, "no team 'NONE'"),
        (("--role", "worker"), PASSWORD, "need a team"),
        (("--team", "ACT"), PASSWORD, "for the roles worker and team_lead alone"),
        (("--worker", "W99"), PASSWORD, "no worker 'W99'"),
        (("--password-file", "/nowhere"), "", "/nowhere cannot be read"),
    ],
)
def test_what_is_refused_is_one_sentence(
    settings: dict[str, str], tmp_path: Path, arguments: tuple[str, ...], password: str, said: str
) -> None:
    if "--password-file" not in arguments:
        (tmp_path / "password").write_text(password, encoding="utf-8")
        arguments = (*arguments, "--password-file", str(tmp_path / "password"))
    role = () if "--role" in arguments else ("--role", "administrator")
    done = run("account", "create", "--login", "amina", *role, *arguments, **settings)
    assert said in sentence(done)
    assert _rows(settings, "select id from accounts") == []


def test_changing_nobody_is_one_sentence(settings: dict[str, str]) -> None:
    assert "no account 'nobody'" in sentence(
        run("account", "deactivate", "--login", "nobody", **settings)
    )


def test_a_terminal_asks_twice_and_shows_nothing(settings: dict[str, str]) -> None:
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "service", "account", "create"]
    process = subprocess.Popen(
        [*command, "--login", "amina", "--role", "administrator"],
        stdin=end,
        stdout=end,
        stderr=end,
        env=environment(**settings),
        start_new_session=True,
    )
    os.close(end)
    said = _until(terminal, "Password")
    os.write(terminal, f"{PASSWORD}\n".encode())
    said += _until(terminal, "Repeat")
    os.write(terminal, f"{PASSWORD}\n".encode())
    said += _until(terminal, "is made")
    assert process.wait(timeout=60) == 0
    os.close(terminal)
    assert PASSWORD not in said
    assert len(_rows(settings, "select id from accounts where login = 'amina'")) == 1


def _until(terminal: int, word: str) -> str:
    """Read what the terminal shows until it shows `word`."""
    os.set_blocking(terminal, False)
    said = b""
    until = time.monotonic() + 60
    while word.encode() not in said:
        assert time.monotonic() < until, f"no {word!r} in {said!r}"
        try:
            said += os.read(terminal, 1000)
        except BlockingIOError:
            time.sleep(0.05)
    return said.decode()
