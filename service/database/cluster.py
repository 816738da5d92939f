"""The files of the embedded server: its folders, its configuration, its first making."""

import os
import shlex
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from service.data_folder import make_data_folder, private_folder
from service.database.programs import Programs, installed_programs
from service.database.server_user import ServerUser
from service.errors import DatabaseUnavailable, Misconfigured

# The path of a Unix socket has room for 107 bytes on Linux, for 103 on macOS.
LONGEST_SOCKET_PATH = 100
SOCKET_NAME = ".s.PGSQL.5432"
SUPERUSER = "postgres"

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0600",
    "password_encryption": "scram-sha-256",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "maintenance_work_mem": "32MB",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "fsync": "on",
    # No value of a row may reach the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "logging_collector": "on",
    "log_filename": "%a.log",
    "log_rotation_age": "1d",
    "log_truncate_on_rotation": "on",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where everything of one embedded server lies.

    `data_dir` holds our `use`, `config` and `programs`; `postgres` belongs to the server's
    user and holds the rows (`cluster`), the logs and, where its path is short enough, the
    socket. As root, the server's user may pass through `data_dir` but not list it.
    """

    data_dir: Path
    user: ServerUser

    @property
    def rows(self) -> Path:
        return self.data_dir / "postgres" / "cluster"

    @property
    def log(self) -> Path:
        return self.data_dir / "postgres" / "log"

    @property
    def config(self) -> Path:
        return self.data_dir / "config"

    @property
    def exists(self) -> bool:
        return (self.rows / "PG_VERSION").exists()

    def open_data_folder(self) -> None:
        """Make the data folder and the lock's in it; several may at once. `Misconfigured`."""
        if self.user.switch:
            self._check_way(next(path for path in self.data_dir.parents if path.exists()))
        make_data_folder(self.data_dir)
        if self.user.switch:
            self._open_to_server_user()
        private_folder(self.data_dir / "use")

    def make_folders(self) -> None:
        """Make the server's folders and their modes, under the lock; raises `Misconfigured`."""
        self._shared(self.config)
        for folder in (self.rows.parent, self.log):
            self._owned(folder)

    def _open_to_server_user(self) -> None:
        """Let the server's user pass through the data folder, and through nothing else."""
        found = self.data_dir.stat()
        if found.st_uid == 0 and _is_ours(self.data_dir):
            os.chown(self.data_dir, 0, self.user.gid)
            self.data_dir.chmod((stat.S_IMODE(found.st_mode) | 0o010) & 0o777)
        self._check_way(self.data_dir)

    def _check_way(self, folder: Path) -> None:
        """Refuse a folder that the server's user cannot reach; no mode is changed for them."""
        closed = self.user.first_closed_folder(folder)
        if closed is not None:
            raise Misconfigured(
                f"As root, the database runs as a system user, who cannot enter {closed}.",
                advice="Set THUISRONDE_DATA_DIR to a folder outside private homes,"
                " such as /var/lib/thuisronde.",
            )

    def _owned(self, folder: Path) -> None:
        """Make a folder of the server's user, closed to all others."""
        if not folder.exists():
            folder.mkdir(mode=0o700)
            if self.user.switch:
                os.chown(folder, self.user.uid, self.user.gid)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.user.uid:
            raise Misconfigured(
                f"The folder {folder} does not belong to the user that the database runs as.",
                advice="Run this as the user who made it, or set THUISRONDE_DATA_DIR.",
            )
        if found.st_mode & 0o077:
            folder.chmod(0o700)

    def _shared(self, folder: Path) -> None:
        """Make a folder of ours that the server's user may read."""
        private_folder(folder)
        if self.user.switch:
            os.chown(folder, -1, self.user.gid)
            folder.chmod(0o750)

    def socket_folder(self) -> Path:
        """Return the socket's folder: short, 0700, of the server's user."""
        folder = self.rows.parent / "socket"
        if len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            self._owned(folder)
            return folder
        note = self.data_dir / "use" / "socket-folder"
        if note.exists():
            noted = Path(note.read_text(encoding="utf-8"))
            if self._is_private(noted):
                return noted
        folder = Path(tempfile.mkdtemp(prefix="thuisronde-", dir="/tmp"))
        if self.user.switch:
            os.chown(folder, self.user.uid, self.user.gid)
        note.write_text(str(folder), encoding="utf-8")
        return folder

    def _is_private(self, folder: Path) -> bool:
        try:
            found = folder.lstat()
        except OSError:
            return False
        mode = stat.S_IMODE(found.st_mode)
        return stat.S_ISDIR(found.st_mode) and found.st_uid == self.user.uid and mode == 0o700

    def write_config(self, *, socket_folder: Path, extra: Mapping[str, str]) -> None:
        """Write the configuration, which lies out of the server's own reach."""
        values = {
            **SETTINGS,
            "unix_socket_directories": str(socket_folder),
            "data_directory": str(self.rows),
            "hba_file": str(self.config / "pg_hba.conf"),
            "ident_file": str(self.config / "pg_ident.conf"),
            "log_directory": str(self.log),
            **extra,
        }
        lines = [f"{name} = '{_quoted(value)}'\n" for name, value in values.items()]
        files = {
            "postgresql.conf": "".join(lines),
            "pg_hba.conf": "local all all scram-sha-256\n",
            "pg_ident.conf": "",
        }
        for name, content in files.items():
            path = self.config / name
            path.write_text(content, encoding="utf-8")
            if self.user.switch:
                os.chown(path, -1, self.user.gid)
            path.chmod(0o640 if self.user.switch else 0o600)

    def server_options(self) -> str:
        """Return what `pg_ctl` passes to the server, quoted for its shell."""
        return shlex.join(["-c", f"config_file={self.config / 'postgresql.conf'}"])

    def check_version(self) -> None:
        """Refuse rows that another major version of PostgreSQL made."""
        found = (self.rows / "PG_VERSION").read_text(encoding="ascii").strip()
        wanted = installed_programs().major
        if found != str(wanted):
            raise Misconfigured(
                f"The data folder {self.data_dir} was made by PostgreSQL {found},"
                f" this version brings PostgreSQL {wanted}; nothing was changed.",
                advice="Dump it with the version that made it and restore it here:"
                " docs/database.md, 'Moving between versions', says how.",
            )

    def initialise(self, programs: Programs, *, password: str) -> None:
        """Make the cluster, whole or not at all; the superuser logs in with `password`."""
        draft = self.rows.with_name("cluster.new")
        word = self.rows.with_name("password.new")
        self.user.run(["/bin/rm", "-rf", draft, word])
        written = self.user.run(["/bin/sh", "-c", 'cat > "$1"', "sh", word], text=password)
        made = self.user.run(
            [
                programs["initdb"],
                f"--pgdata={draft}",
                f"--username={SUPERUSER}",
                f"--pwfile={word}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
            ]
        )
        self.user.run(["/bin/rm", "-f", word])
        if written.returncode != 0 or made.returncode != 0:
            raise DatabaseUnavailable(
                f"The database could not be made in {self.data_dir}: {_last_line(made.stdout)}"
            )
        draft.rename(self.rows)


def _is_ours(data_dir: Path) -> bool:
    """Whether a folder is new, or holds what only our data folders hold."""
    names = {path.name for path in data_dir.iterdir()} - {"lost+found"}
    return not names or bool(names & {"postgres", "secrets", "use"})


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "no reason given"
