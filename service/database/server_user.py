"""The operating system's user that the embedded server runs as, and programs run as them.

PostgreSQL refuses to run as root. An ordinary user runs it as themselves; root runs it as
the system user `thuisronde`, made when first needed (a bare number would not do: initdb asks
for the user's name).
"""

import os
import pwd
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from service.errors import Misconfigured

SYSTEM_USER = "thuisronde"
ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True, slots=True)
class ServerUser:
    """Who the server runs as; `switch` is whether that is somebody else than this process."""

    uid: int
    gid: int
    switch: bool

    def run(
        self,
        arguments: Sequence[str | Path],
        *,
        pass_fds: Sequence[int] = (),
        seconds: float = 300,
        capture: bool = True,
        text: str = "",
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this user, fed with `text`, in a clean environment.

        Without `capture` its output is thrown away: a server started by it would hold the
        pipe open.
        """
        output = subprocess.PIPE if capture else subprocess.DEVNULL
        return subprocess.run(  # noqa: S603 programs of ours, no shell
            [str(argument) for argument in arguments],
            user=self.uid if self.switch else None,
            group=self.gid if self.switch else None,
            extra_groups=[] if self.switch else None,
            env=ENVIRONMENT,
            cwd="/",
            umask=0o077,
            input=text,
            stdout=output,
            stderr=subprocess.STDOUT if capture else output,
            pass_fds=pass_fds,
            timeout=seconds,
            text=True,
            check=False,
        )

    def first_closed_folder(self, path: Path) -> Path | None:
        """Return the first folder on the way to `path` that this user cannot enter."""
        script = 'for folder; do test -x "$folder" || { printf %s "$folder"; exit; }; done'
        answer = self.run(["/bin/sh", "-c", script, "sh", *reversed(path.parents), path]).stdout
        return Path(answer) if answer else None


def server_user() -> ServerUser:
    """Return who the embedded server runs as, making the system user when we are root."""
    if os.geteuid() != 0:
        return ServerUser(uid=os.geteuid(), gid=os.getegid(), switch=False)
    entry = _entry() or _made()
    if entry.pw_uid == 0:
        raise Misconfigured(
            f"The user {SYSTEM_USER} has root's number.",
            advice="Give it one of its own: PostgreSQL refuses to run as root.",
        )
    return ServerUser(uid=entry.pw_uid, gid=entry.pw_gid, switch=True)


def _entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return None


def _made() -> pwd.struct_passwd:
    """Make the system user; another process may be doing the same."""
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(  # noqa: S603 a fixed command
            command, env=ENVIRONMENT, capture_output=True, check=False, timeout=60
        )
    entry = _entry()
    if entry is None:
        raise Misconfigured(
            f"As root, the database runs as the system user {SYSTEM_USER},"
            " and this user could not be made.",
            advice=f"Make it (useradd --system {SYSTEM_USER}), run this as an ordinary user,"
            " or set THUISRONDE_DATABASE_URL.",
        )
    return entry
