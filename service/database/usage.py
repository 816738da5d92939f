"""Who uses the embedded server: file locks, which the kernel drops when a process dies.

Each using process holds a lock on a file of its own, and the server (with all its
processes) holds one on another. A lock that can be taken has no living holder, so a killed
process is never counted and a reused process id never mistaken. The process ids in the files
serve `thuisronde stop` alone, together with the time their process started.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from service.data_folder import private_folder
from service.errors import DatabaseUnavailable


@dataclass(frozen=True, slots=True)
class UsingProcess:
    """A living process that uses the server."""

    pid: int
    started: str


class Usage:
    """The registry in `folder`, which belongs to us and is closed to others."""

    def __init__(self, folder: Path) -> None:
        self.folder = private_folder(folder)
        self._users = private_folder(folder / "users")

    @contextmanager
    def exclusively(self, *, seconds: float = 180) -> Iterator[None]:
        """Hold the right to start, stop, join or leave; others wait for it."""
        descriptor = _opened(self.folder / "lock")
        try:
            deadline = time.monotonic() + seconds
            while not _locked(descriptor):
                if time.monotonic() > deadline:
                    raise DatabaseUnavailable(
                        "Another process has been starting or stopping the database for"
                        f" {seconds:.0f} seconds.",
                        advice="Look at it, end it if it hangs, and try again.",
                    )
                time.sleep(0.02)
            yield
        finally:
            os.close(descriptor)

    def enter(self) -> int:
        """Register this process; returns the descriptor that `leave` takes."""
        while True:
            path = self._users / f"{os.getpid()}.{time.monotonic_ns()}"
            descriptor = _opened(path)
            if _locked(descriptor) and path.exists():
                break
            os.close(descriptor)
        os.write(descriptor, f"{os.getpid()} {process_start(os.getpid())}\n".encode())
        return descriptor

    def leave(self, descriptor: int) -> None:
        """End a registration; the file of a process that ended otherwise goes with `users`."""
        os.close(descriptor)

    def users(self) -> list[UsingProcess]:
        """Return the living users, and remove the files of the others."""
        living = []
        for path in sorted(self._users.iterdir()):
            with suppress(FileNotFoundError):
                descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
                try:
                    if _locked(descriptor):
                        path.unlink()
                    else:
                        pid, _, started = path.read_text(encoding="ascii").strip().partition(" ")
                        living.append(UsingProcess(pid=int(pid or 0), started=started))
                finally:
                    os.close(descriptor)
        return living

    @contextmanager
    def server_lock(self) -> Iterator[int | None]:
        """Yield the descriptor of the server's lock, to be inherited by the server, or None
        while a process of a server of this folder lives."""
        descriptor = _opened(self.folder / "server")
        try:
            yield descriptor if _locked(descriptor) else None
        finally:
            os.close(descriptor)


def process_start(pid: int) -> str:
    """Return when a process started, in a form that another with its id never has; or ''."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""
    # The command in parentheses may hold spaces; the start is the 20th field after it.
    return f"{boot}:{fields.rpartition(')')[2].split()[19]}"


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _locked(descriptor: int) -> bool:
    """Try to take the lock; never waits."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
