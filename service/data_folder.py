"""The data folder and the secrets in it, each a file that its owner alone can read."""

import os
import secrets
import stat
from pathlib import Path

from service.errors import Misconfigured

ADVICE = "Set THUISRONDE_DATA_DIR to a folder of your own."


def make_data_folder(path: Path) -> None:
    """Create the data folder, closed to others; one that exists keeps its mode."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise Misconfigured(f"The data folder {path} is a file.", advice=ADVICE) from None
    except OSError as error:
        raise Misconfigured(
            f"The data folder {path} cannot be made ({error.strerror}).", advice=ADVICE
        ) from None
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise Misconfigured(
            f"The data folder {path} belongs to another user and cannot be written to.",
            advice=f"{ADVICE} Or run this as the user who made it.",
        )


def private_folder(path: Path) -> Path:
    """Create a folder of ours with mode 0700; raises `Misconfigured` if it is anybody else's."""
    try:
        path.mkdir(mode=0o700, exist_ok=True)
        found = path.lstat()
    except OSError as error:
        raise Misconfigured(f"The folder {path} cannot be made ({error.strerror}).") from None
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise Misconfigured(
            f"The folder {path} belongs to another user.",
            advice="Run this as the user who made it, or set THUISRONDE_DATA_DIR.",
        )
    if found.st_mode & 0o077:
        path.chmod(0o700)
    return path


def read_or_make_secret(data_dir: Path, name: str) -> str:
    """Return the secret `name` of this installation: 64 hexadecimal digits, made when first asked.

    Two processes that ask at once get the same one.
    """
    make_data_folder(data_dir)
    path = private_folder(data_dir / "secrets") / name
    if not path.exists():
        _write_once(path, secrets.token_hex(32))
    if path.stat().st_mode & 0o077:
        raise Misconfigured(
            f"The secret {path} can be read by others.", advice=f"Close it: chmod 600 {path}"
        )
    value = path.read_text(encoding="ascii").strip()
    if not value:
        raise Misconfigured(f"The secret {path} is empty.", advice="Put it back from a backup.")
    return value


def secret_key(data_dir: Path) -> bytes:
    """Return the 32 bytes that this installation signs and keys with."""
    return bytes.fromhex(read_or_make_secret(data_dir, "secret-key"))


def _write_once(path: Path, value: str) -> None:
    """Write a file that is whole from its first moment, unless it exists meanwhile."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(value + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
