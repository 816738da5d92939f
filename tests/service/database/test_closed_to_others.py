"""A second local user can neither connect to the embedded server nor read its files."""

import os
import shutil
import socket
import stat
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psycopg
import pytest

from service.database import programs
from service.database.embedded import EmbeddedServer
from service.database.server_user import server_user
from service.errors import Misconfigured
from tests.support.database import TEST_SETTINGS

STRANGER = 65533  # no user has this number; the kernel does not mind
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def server_of(data_dir: Path) -> EmbeddedServer:
    return EmbeddedServer(data_dir, extra_settings=TEST_SETTINGS)


def refused_to_a_stranger(act: Callable[[], object]) -> bool:
    """Whether the system refuses an act to another user, tried in a child process."""
    child = os.fork()
    if child == 0:
        outcome = 1
        try:
            os.setgroups([])
            os.setgid(STRANGER)
            os.setuid(STRANGER)
            act()
            outcome = 0
        except PermissionError:
            outcome = 13
        finally:
            os._exit(outcome)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 13


def test_no_mode_changes_outside_the_data_folder(parent: Path) -> None:
    middle = parent / "middle"
    middle.mkdir(mode=0o755)
    chain = [middle, *middle.parents]
    before = [(path, mode(path), path.stat().st_uid, path.stat().st_gid) for path in chain]
    server = server_of(middle / "data")
    server.join()
    server.leave()
    after = [(path, mode(path), path.stat().st_uid, path.stat().st_gid) for path in chain]
    assert after == before


def test_others_have_no_right_to_anything_in_it(parent: Path) -> None:
    server = server_of(parent / "data")
    server.join()
    user = server_user()
    for path in [parent / "data", *(parent / "data").rglob("*")]:
        if path.is_symlink():
            continue
        found = path.lstat()
        assert found.st_uid in (os.geteuid(), user.uid)
        assert found.st_mode & 0o007 == 0, path.name
        if found.st_mode & 0o070:  # root shares its configuration with the server's user
            assert user.switch
            assert found.st_gid == user.gid
            assert found.st_mode & 0o020 == 0
    for path in (parent / "data" / "secrets").iterdir():
        assert mode(path) == 0o600
    server.leave()


@as_root
def test_a_stranger_cannot_read_or_connect(data_dir: Path) -> None:
    server = server_of(data_dir)
    server.join()
    path = data_dir / "postgres" / "socket" / ".s.PGSQL.5432"
    assert path.is_socket()

    def connect() -> None:
        with socket.socket(socket.AF_UNIX) as own:
            own.connect(str(path))

    assert not refused_to_a_stranger(lambda: list(Path("/").iterdir()))  # they can act at all
    assert refused_to_a_stranger(connect)
    for folder in (data_dir, data_dir / "secrets", data_dir / "postgres", data_dir / "use"):
        assert refused_to_a_stranger(partial(os.listdir, folder))
    for file in (data_dir / "secrets" / "owner-password", data_dir / "config" / "pg_hba.conf"):
        assert refused_to_a_stranger(file.read_text)
    server.leave()


def test_the_socket_alone_lets_nobody_in(data_dir: Path) -> None:
    server = server_of(data_dir)
    addresses = server.join()
    for url in (
        server.superuser_url(),
        addresses.owner,
        addresses.app,
    ):
        login = url.split("://")[1].split("@")[0]
        user = login.split(":")[0]
        for wrong in (user, f"{user}:wrong"):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(url.replace(login, wrong))
    server.leave()


@as_root
def test_root_refuses_a_private_home_and_makes_nothing(parent: Path) -> None:
    home = parent / "home"
    home.mkdir(mode=0o700)
    with pytest.raises(Misconfigured, match="cannot enter"):
        server_of(home / "deep" / "data").join()
    assert list(home.iterdir()) == []
    assert mode(home) == 0o700


@as_root
def test_root_opens_no_folder_that_holds_other_things(parent: Path) -> None:
    data_dir = parent / "data"
    data_dir.mkdir(mode=0o700)
    (data_dir / "letter").write_text("private")
    with pytest.raises(Misconfigured, match="cannot enter"):
        server_of(data_dir).join()
    assert mode(data_dir) == 0o700
    (data_dir / "letter").unlink()
    server = server_of(data_dir)
    server.join()
    assert mode(data_dir) == 0o710
    server.leave()


@as_root
def test_programs_in_a_private_home_are_copied(
    parent: Path, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = programs.installed_programs()
    private = parent / "private"
    private.mkdir(mode=0o700)
    site = installed.folder.parents[2]
    shutil.copytree(site / programs.PROGRAMS, private / programs.PROGRAMS)
    if (site / programs.LIBRARIES).exists():
        shutil.copytree(site / programs.LIBRARIES, private / programs.LIBRARIES)
    moved = programs.Programs(private / programs.PROGRAMS / "bin", installed.major)
    monkeypatch.setattr(programs, "installed_programs", lambda: moved)
    for _ in range(2):
        server = server_of(data_dir)
        addresses = server.join()
        with psycopg.connect(addresses.app) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
        server.leave()
    assert [path.name for path in (data_dir / "programs").iterdir()] == [programs._version()]
    assert mode(private) == 0o700


def test_a_file_in_its_place_is_one_sentence(parent: Path) -> None:
    (parent / "data").write_text("")
    with pytest.raises(Misconfigured, match="is a file"):
        server_of(parent / "data").join()
