"""The embedded PostgreSQL: started when first needed, shared, stopped with its last user.

This is the interface to the rest: `EmbeddedServer(data_dir)` with `join`, `leave` and `stop`.
Another embedded server can take its place behind the same three.
"""

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from signal import SIGTERM

import psycopg

from service.data_folder import read_or_make_secret
from service.database.addresses import Addresses, socket_url
from service.database.cluster import SUPERUSER, Cluster
from service.database.programs import Programs, runnable_programs
from service.database.roles import APP_ROLE, DATABASE, OWNER_ROLE, make_embedded_roles
from service.database.server_user import server_user
from service.database.usage import Usage, process_start
from service.errors import DatabaseUnavailable, Misconfigured

START_SECONDS = 120
STOP_SECONDS = 60


class EmbeddedServer:
    """The server of one data folder, as this process sees it."""

    def __init__(self, data_dir: Path, *, extra_settings: Mapping[str, str] | None = None) -> None:
        self.data_dir = data_dir
        self._extra = dict(extra_settings or {})
        self._membership: int | None = None
        self._socket_folder = Path()

    def join(self) -> Addresses:
        """Make and start the server where needed, and count this process among its users.

        Returns only after a query has succeeded. Raises `Misconfigured` or
        `DatabaseUnavailable` with one sentence.
        """
        cluster = Cluster(self.data_dir, server_user())
        try:
            cluster.open_data_folder()
            usage = Usage(self.data_dir / "use")
            with usage.exclusively():
                cluster.make_folders()
                self._socket_folder = cluster.socket_folder()
                self._start(cluster, usage)
                make_embedded_roles(
                    self.superuser_url(),
                    owner_password=self._secret("owner-password"),
                    app_password=self._secret("app-password"),
                )
                self._membership = usage.enter()
        except PermissionError as error:
            raise Misconfigured(
                f"The data folder {self.data_dir} holds files of another user"
                f" ({Path(error.filename or '').name}).",
                advice="Run this as the user who made it, or set THUISRONDE_DATA_DIR.",
            ) from None
        return Addresses(
            owner=self._url(OWNER_ROLE, "owner-password", DATABASE),
            app=self._url(APP_ROLE, "app-password", DATABASE),
        )

    def leave(self) -> None:
        """Stop counting this process, and stop the server if it was the last user."""
        if self._membership is None:
            return
        cluster = Cluster(self.data_dir, server_user())
        usage = Usage(self.data_dir / "use")
        with usage.exclusively():
            usage.leave(self._membership)
            self._membership = None
            if not usage.users():
                self._stop(cluster, usage)

    def stop(self) -> int:
        """End the processes that use the server and then the server itself.

        Returns how many processes were asked to end. Sends SIGTERM, waits, and never kills.
        """
        if not (self.data_dir / "use").is_dir():
            return 0
        cluster = Cluster(self.data_dir, server_user())
        usage = Usage(self.data_dir / "use")
        asked = 0
        for user in usage.users():
            if user.started and process_start(user.pid) == user.started and user.pid != os.getpid():
                with suppress(ProcessLookupError):
                    os.kill(user.pid, SIGTERM)
                    asked += 1
        deadline = time.monotonic() + STOP_SECONDS
        while asked and usage.users() and time.monotonic() < deadline:
            time.sleep(0.1)
        with usage.exclusively():
            if cluster.exists:
                self._stop(cluster, usage)
        return asked

    def superuser_url(self, database: str = "postgres") -> str:
        """Return the superuser's address: for making roles, for tests, for repairs by hand."""
        return self._url(SUPERUSER, "superuser-password", database)

    def _url(self, user: str, secret: str, database: str) -> str:
        return socket_url(
            str(self._socket_folder), user=user, password=self._secret(secret), database=database
        )

    def _secret(self, name: str) -> str:
        return read_or_make_secret(self.data_dir, name)

    def _start(self, cluster: Cluster, usage: Usage) -> None:
        """Join the server that answers, or start it; the caller holds the lock."""
        if cluster.exists:
            cluster.check_version()
        deadline = time.monotonic() + START_SECONDS
        while not self._answers(cluster):
            with usage.server_lock() as lock:
                if lock is not None:
                    self._start_anew(cluster, lock)
                    return
            if time.monotonic() > deadline:
                raise DatabaseUnavailable(
                    "Processes of an earlier database server still run but do not answer.",
                    advice=f"Look at {cluster.log}, end them, and try again.",
                )
            time.sleep(0.1)

    def _start_anew(self, cluster: Cluster, lock: int) -> None:
        """Start the server; holding its lock proves that none of its processes lives."""
        programs = runnable_programs(cluster.user, copies=self.data_dir / "programs")
        if not cluster.exists:
            cluster.initialise(programs, password=self._secret("superuser-password"))
        self._remove_leftovers(cluster)
        cluster.write_config(socket_folder=self._socket_folder, extra=self._extra)
        # The server and all its processes inherit the lock and hold it as long as one lives.
        cluster.user.run(
            [
                programs["pg_ctl"],
                "start",
                "--wait",
                f"--timeout={START_SECONDS}",
                f"--pgdata={cluster.rows}",
                f"--log={cluster.log / 'start.log'}",
                f"--options={cluster.server_options()}",
            ],
            pass_fds=[lock],
            seconds=START_SECONDS + 30,
            capture=False,
        )
        if not self._answers(cluster):
            raise DatabaseUnavailable(
                f"The database in {self.data_dir} did not start.",
                advice=f"Its reasons stand in {cluster.log}.",
            )

    def _remove_leftovers(self, cluster: Cluster) -> None:
        """Remove the marks of a killed server, whose process id may belong to another by now."""
        mark = cluster.rows / "postmaster.pid"
        with suppress(OSError, ValueError, IndexError):
            pid = int(mark.read_text(encoding="utf-8").split()[0])
            if Path(f"/proc/{pid}/cwd").resolve() == cluster.rows.resolve():
                raise DatabaseUnavailable(
                    f"Process {pid} works in {cluster.rows} but does not answer.",
                    advice="End it and try again.",
                )
        socket = self._socket_folder / ".s.PGSQL.5432"
        cluster.user.run(["/bin/rm", "-f", mark, socket, f"{socket}.lock"])

    def _stop(self, cluster: Cluster, usage: Usage) -> None:
        """Stop the server; the caller holds the lock."""
        with usage.server_lock() as lock:
            if lock is not None:
                return
        programs: Programs = runnable_programs(cluster.user, copies=self.data_dir / "programs")
        stopped = cluster.user.run(
            [
                programs["pg_ctl"],
                "stop",
                "--mode=fast",
                "--wait",
                f"--timeout={STOP_SECONDS}",
                f"--pgdata={cluster.rows}",
            ],
            seconds=STOP_SECONDS + 30,
        )
        if stopped.returncode != 0:
            raise DatabaseUnavailable(
                "The database did not stop.", advice=f"Its reasons stand in {cluster.log}."
            )

    def _answers(self, cluster: Cluster) -> bool:
        """Whether a server of this very folder answers a query."""
        if not (self._socket_folder / ".s.PGSQL.5432").exists():
            return False
        try:
            with psycopg.connect(self.superuser_url(), connect_timeout=3) as connection:
                row = connection.execute("show data_directory").fetchone()
        except psycopg.OperationalError as error:
            if error.sqlstate == "28P01" or "password authentication failed" in str(error):
                raise Misconfigured(
                    f"The secrets in {self.data_dir / 'secrets'} are not those of its database.",
                    advice="Put both back from the same backup.",
                ) from None
            return False
        return row is not None and Path(row[0]).resolve() == cluster.rows.resolve()
