"""The test run's embedded server: joined by each test process, with a database for each."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import anyio
import psycopg
from psycopg import sql

from service.database.addresses import Addresses, database_of, with_database
from service.database.embedded import EmbeddedServer
from service.database.migrate import migrate
from service.database.roles import DATABASE, OWNER_ROLE
from service.database.usage import Usage

PREFIX = "thuisronde-tests-"
TEMPLATE = f"{DATABASE}_template"
"""A copy of the migrated database that nobody can connect to, so that it can always be cloned."""

# Faster, and nothing is lost: what a test run wrote is of no use after a power cut.
TEST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "autovacuum": "off",
}
LARGE = 1_000_000
"""Bytes of a table from which on deleting its rows would leave too much behind."""
TABLES = """
select relname, array(
  select sequence.oid::regclass::text
  from pg_depend join pg_class sequence on sequence.oid = objid and sequence.relkind = 'S'
  where refobjid = pg_class.oid and deptype in ('a', 'i')
)
from pg_class
where relkind = 'r' and relnamespace = 'public'::regnamespace
order by 1
"""


@dataclass
class Server:
    """The running server and this process's own database on it."""

    embedded: EmbeddedServer
    addresses: Addresses
    _admin: psycopg.Connection[tuple[str, ...]]
    _tables: dict[str, list[str]] = field(default_factory=dict)
    """Each table that is empty before any test, with the sequences of its columns."""
    _own: psycopg.Connection[tuple[str, ...]] | None = None

    def empty_database(self, name: str) -> Addresses:
        """Make a database without any table, replacing one of that name."""
        return self._made(name, template="template0")

    def cloned_database(self, name: str) -> Addresses:
        """Make a migrated database without rows, replacing one of that name."""
        return self._made(name, template=TEMPLATE)

    def superuser_url(self, addresses: Addresses | None = None) -> str:
        """Return the superuser's address of a database, by default of this process's own."""
        return self.embedded.superuser_url(database_of((addresses or self.addresses).owner))

    @property
    def own_name(self) -> str:
        """The name of this process's database, which other names of the process begin with."""
        return database_of(self.addresses.owner)

    def _made(self, name: str, *, template: str) -> Addresses:
        statement = sql.SQL("create database {} owner {} template {}").format(
            sql.Identifier(name), sql.Identifier(OWNER_ROLE), sql.Identifier(template)
        )
        self._admin.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        )
        self._admin.execute(statement)
        return Addresses(
            owner=with_database(self.addresses.owner, name),
            app=with_database(self.addresses.app, name),
        )

    def clean(self) -> None:
        """Empty every table that has rows; those that migrations fill are left alone.

        Rows are deleted: emptying a table as a whole makes new files for it and for each of its
        indexes, which takes longer than most tests. Only what has grown large is made anew.
        """
        own = self._connected()
        filled = _filled(own, self._tables)
        large = [table for table, size in filled.items() if size > LARGE]
        with own.transaction():
            # Neither foreign keys nor what protects a table from deleting is asked.
            own.execute("set local session_replication_role = replica")
            if large:
                names = sql.SQL(", ").join(map(sql.Identifier, large))
                own.execute(sql.SQL("truncate {} cascade").format(names))
            for table in filled:
                own.execute(sql.SQL("delete from {}").format(sql.Identifier(table)))
                for sequence in self._tables[table]:
                    own.execute("select setval(%s::regclass, 1, false)", (sequence,))

    def note_tables(self) -> None:
        """Remember which tables are empty before any test."""
        own = self._connected()
        tables = {name: list(sequences) for name, sequences in own.execute(TABLES)}
        filled = _filled(own, tables)
        self._tables = {name: found for name, found in tables.items() if name not in filled}

    def leave(self) -> None:
        """Close what stays connected between tests."""
        if self._own is not None:
            self._own.close()

    def _connected(self) -> psycopg.Connection[tuple[str, ...]]:
        if self._own is None or self._own.closed:
            self._own = psycopg.connect(self.superuser_url(), autocommit=True)
            self._own.execute("set lock_timeout = '10s'")
        return self._own


def _filled(
    connection: psycopg.Connection[tuple[str, ...]], tables: Iterable[str]
) -> dict[str, int]:
    """Which of the tables have rows, and how many bytes each takes."""
    part = sql.SQL("select {0}, pg_relation_size({0}) where exists (select 1 from {1})")
    parts = [part.format(sql.Literal(name), sql.Identifier(name)) for name in tables]
    return {
        name: int(size) for name, size in connection.execute(sql.SQL(" union all ").join(parts))
    }


@contextmanager
def joined_server() -> Iterator[Server]:
    """Join or start the run's server, and leave it; the last one removes its folder."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{os.getpid()}-{time.time_ns()}")
    process = os.environ.get("PYTEST_XDIST_WORKER", "main")
    folder = Path(tempfile.gettempdir()) / f"{PREFIX}{os.geteuid()}-{run}"
    embedded = EmbeddedServer(folder, extra_settings=TEST_SETTINGS)
    with _turn():
        _remove_leftovers()
        addresses = embedded.join()
        admin = psycopg.connect(embedded.superuser_url(), autocommit=True)
        _migrate_once(addresses, admin)
        server = Server(embedded, addresses, admin)
        server.addresses = server.cloned_database(f"test_{process}")
        server.note_tables()
    try:
        yield server
    finally:
        server.leave()
        admin.close()
        with _turn():
            embedded.leave()
            if not (folder / "postgres" / "cluster" / "postmaster.pid").exists():
                shutil.rmtree(folder)


def _migrate_once(addresses: Addresses, admin: psycopg.Connection[tuple[str, ...]]) -> None:
    """Make the database that the others are cloned from, if no other process of the run has."""
    there = admin.execute("select from pg_database where datname = %s", (TEMPLATE,)).fetchone()
    if there is not None:
        return
    anyio.run(migrate, addresses)
    names = {"name": sql.Identifier(TEMPLATE), "migrated": sql.Identifier(DATABASE)}
    for statement in (
        "create database {name} template {migrated}",
        "alter database {name} with allow_connections false",
    ):
        admin.execute(sql.SQL(statement).format(**names))


@contextmanager
def _turn() -> Iterator[None]:
    """Hold the right to make or remove a run's folder."""
    lock = Path(tempfile.gettempdir()) / f"{PREFIX}{os.geteuid()}.lock"
    with lock.open("w", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _remove_leftovers() -> None:
    """Stop and remove what killed test runs left behind: servers without a living user."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}{os.geteuid()}-*"):
        if (folder / "use").is_dir() and not Usage(folder / "use").users():
            EmbeddedServer(folder).stop()
            shutil.rmtree(folder)
