"""The embedded server: shared, stopped with its last user, started again after any end."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from service.database.embedded import EmbeddedServer
from service.database.server_user import server_user
from service.database.usage import Usage, process_start
from service.errors import Misconfigured
from tests.support.database import TEST_SETTINGS

Holder = Callable[[Path], "subprocess.Popen[str]"]


def server_of(data_dir: Path) -> EmbeddedServer:
    return EmbeddedServer(data_dir, extra_settings=TEST_SETTINGS)


def mark(data_dir: Path) -> Path:
    return data_dir / "postgres" / "cluster" / "postmaster.pid"


def postmaster(data_dir: Path) -> int:
    return int(mark(data_dir).read_text().split()[0])


def ask(url: str, query: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within 20 seconds"
        time.sleep(0.02)


def test_it_starts_and_stops_with_its_only_user(data_dir: Path) -> None:
    server = server_of(data_dir)
    addresses = server.join()
    assert ask(addresses.owner, "select current_user") == "thuisronde_owner"
    assert ask(addresses.app, "select current_user") == "thuisronde_app"
    server.leave()
    assert not mark(data_dir).exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(addresses.app)


def test_it_keeps_the_rows(data_dir: Path) -> None:
    for made in ("create table t as select 7 as n", "select 1"):
        server = server_of(data_dir)
        addresses = server.join()
        with psycopg.connect(addresses.owner) as connection:
            connection.execute(made.encode())
        server.leave()
    server.join()
    assert ask(addresses.owner, "select n from t") == 7
    server.leave()


def test_it_takes_nothing_from_the_shell(parent: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "nl_BE.ISO-8859-1")
    monkeypatch.setenv("TZ", "America/Caracas")
    monkeypatch.setenv("PGPORT", "5999")
    monkeypatch.setenv("PGDATA", "/nonexistent")
    server = server_of(parent / "data")
    addresses = server.join()
    found = "select format('%s %s %s', pg_encoding_to_char(encoding), datcollate, datlocale)"
    database = f"{found} from pg_database where datname = current_database()"
    assert ask(addresses.owner, database) == "UTF8 C C.UTF-8"
    assert ask(addresses.owner, "show timezone") == "UTC"
    assert ask(addresses.owner, "show listen_addresses") == ""
    server.leave()


def test_safety_is_on_unless_a_test_asks_otherwise(data_dir: Path) -> None:
    server = EmbeddedServer(data_dir)
    addresses = server.join()
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        assert ask(addresses.owner, f"show {name}") == "on"
    server.leave()


def test_processes_share_it_and_the_last_one_stops_it(data_dir: Path, holder: Holder) -> None:
    first, second = holder(data_dir), holder(data_dir)
    server = server_of(data_dir)
    addresses = server.join()
    pid = postmaster(data_dir)
    assert {user.pid for user in Usage(data_dir / "use").users()} == {
        first.pid,
        second.pid,
        os.getpid(),
    }
    for process in (first, second):
        process.terminate()
        assert process.wait(20) == 0
        assert ask(addresses.app, "select 1") == 1
    assert postmaster(data_dir) == pid
    server.leave()
    assert not mark(data_dir).exists()


def test_a_killed_user_does_not_keep_it_running(data_dir: Path, holder: Holder) -> None:
    process = holder(data_dir)
    process.kill()
    process.wait()
    pid = postmaster(data_dir)
    server = server_of(data_dir)
    addresses = server.join()
    assert postmaster(data_dir) == pid
    assert ask(addresses.app, "select 1") == 1
    server.leave()
    assert not mark(data_dir).exists()


def test_it_starts_after_the_server_was_killed(data_dir: Path) -> None:
    server = EmbeddedServer(data_dir)  # as in use: what is committed is on the disk
    addresses = server.join()
    with psycopg.connect(addresses.owner) as connection:
        connection.execute("create table t as select 7 as n")
    os.kill(postmaster(data_dir), signal.SIGKILL)
    again = server_of(data_dir)
    addresses = again.join()
    assert ask(addresses.owner, "select n from t") == 7
    again.leave()
    server.leave()
    assert not mark(data_dir).exists()


def test_a_reused_process_id_is_not_taken_for_the_server(data_dir: Path) -> None:
    server = server_of(data_dir)
    server.join()
    pid = postmaster(data_dir)
    os.kill(pid, signal.SIGKILL)
    user = server_user()
    innocent = subprocess.Popen(["sleep", "60"], user=user.uid if user.switch else None, cwd="/")
    try:
        for path in (mark(data_dir), data_dir / "postgres" / "socket" / ".s.PGSQL.5432.lock"):
            path.write_text(path.read_text().replace(str(pid), str(innocent.pid), 1))
        again = server_of(data_dir)
        addresses = again.join()
        assert ask(addresses.app, "select 1") == 1
        again.leave()
        server.leave()
        assert innocent.poll() is None
    finally:
        innocent.kill()
        innocent.wait()


def test_a_reused_process_id_is_not_taken_for_a_user(data_dir: Path) -> None:
    server = server_of(data_dir)
    addresses = server.join()
    left_behind = data_dir / "use" / "users" / f"{os.getppid()}.1"
    left_behind.write_text(f"{os.getppid()} {process_start(os.getppid())}\n")
    assert [user.pid for user in Usage(data_dir / "use").users()] == [os.getpid()]
    assert not left_behind.exists()
    server.leave()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(addresses.app)


def test_stop_ends_its_users_and_the_server(data_dir: Path, holder: Holder) -> None:
    first, second = holder(data_dir), holder(data_dir)
    assert EmbeddedServer(data_dir).stop() == 2
    assert (first.wait(20), second.wait(20)) == (0, 0)
    assert not mark(data_dir).exists()
    assert EmbeddedServer(data_dir).stop() == 0


def test_stop_does_not_make_what_is_not_there(parent: Path) -> None:
    assert EmbeddedServer(parent / "data").stop() == 0
    assert not (parent / "data").exists()


def test_stop_ends_a_server_that_a_killed_process_left(data_dir: Path, holder: Holder) -> None:
    process = holder(data_dir)
    process.kill()
    process.wait()
    assert EmbeddedServer(data_dir).stop() == 0
    assert not mark(data_dir).exists()


def test_many_may_begin_at_once(parent: Path) -> None:
    import threading

    servers = [server_of(parent / "data") for _ in range(4)]
    urls: list[str] = []
    threads = [
        threading.Thread(target=lambda one=one: urls.append(one.join().app)) for one in servers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(urls)) == 1
    assert len(urls) == 4
    assert ask(urls[0], "select 1") == 1
    for one in servers:
        one.leave()
    assert not mark(parent / "data").exists()


def test_a_making_cut_short_leaves_no_half_server(parent: Path, data_dir: Path) -> None:
    (data_dir / "postgres" / "cluster").rename(data_dir / "postgres" / "cluster.new")
    server = server_of(data_dir)
    assert ask(server.join().app, "select 1") == 1
    assert not (data_dir / "postgres" / "cluster.new").exists()
    server.leave()


def test_another_version_is_refused_and_left_alone(data_dir: Path) -> None:
    version = data_dir / "postgres" / "cluster" / "PG_VERSION"
    version.write_text("16\n")
    before = {path: path.stat().st_mtime_ns for path in version.parent.rglob("*")}
    with pytest.raises(Misconfigured) as caught:
        server_of(data_dir).join()
    assert "PostgreSQL 16" in str(caught.value)
    assert "docs/database.md" in str(caught.value)
    assert {path: path.stat().st_mtime_ns for path in version.parent.rglob("*")} == before


def test_secrets_of_another_database_are_refused(data_dir: Path) -> None:
    (data_dir / "secrets" / "superuser-password").write_text("0" * 64 + "\n")
    with pytest.raises(Misconfigured, match=r"secrets .* not those of its database"):
        server_of(data_dir).join()
    assert EmbeddedServer(data_dir).stop() == 0
    assert not mark(data_dir).exists()


def test_a_long_path_gets_a_short_socket(parent: Path, made_folder: Path) -> None:
    data_dir = parent / ("a" * 90) / "b" / "long"
    data_dir.parent.mkdir(parents=True)
    for folder in data_dir.relative_to(parent).parents:
        (parent / folder).chmod(0o711)
    subprocess.run(["cp", "-a", made_folder, data_dir], check=True)
    sockets = set()
    for _ in range(2):
        server = server_of(data_dir)
        assert ask(server.join().app, "select 1") == 1
        socket_folder = Path((data_dir / "use" / "socket-folder").read_text())
        sockets.add(socket_folder)
        found = socket_folder.stat()
        assert (found.st_mode & 0o777, found.st_uid) == (0o700, server_user().uid)
        assert len(str(socket_folder)) < 40
        server.leave()
    assert len(sockets) == 1
    socket_folder.rmdir()


def test_a_socket_folder_of_somebody_else_is_not_used(parent: Path, made_folder: Path) -> None:
    data_dir = parent / ("a" * 90) / "long"
    data_dir.parent.mkdir(mode=0o711)
    subprocess.run(["cp", "-a", made_folder, data_dir], check=True)
    trap = parent / "trap"
    trap.mkdir(mode=0o777)
    trap.chmod(0o777)
    (data_dir / "use" / "socket-folder").write_text(str(trap))
    server = server_of(data_dir)
    server.join()
    chosen = Path((data_dir / "use" / "socket-folder").read_text())
    assert chosen != trap
    assert list(trap.iterdir()) == []
    server.leave()
    chosen.rmdir()
