"""The whole database to a file and back, with PostgreSQL's own `pg_dump` and `pg_restore`."""

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import psycopg

from service.database.addresses import password_of, without_password
from service.database.programs import installed_programs
from service.errors import DatabaseUnavailable, Misconfigured

# Rights are left out: `migrate` gives them again, to the roles of the database restored to.
COMMON = ("--no-owner", "--no-acl", "--no-password")


def back_up(owner_url: str, file: Path) -> None:
    """Write the database to `file`, readable by its owner alone, whole or not at all.

    Raises `Misconfigured` where the file exists or its folder does not.
    """
    if file.exists():
        raise Misconfigured(f"The file {file} exists already.", advice="Name a new one.")
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    except OSError as error:
        raise Misconfigured(f"The file {file} cannot be written ({error.strerror}).") from None
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as output:
            _run("pg_dump", ["--format=custom"], owner_url, stdout=output.fileno())
            os.fsync(output.fileno())
        draft.rename(file)
    finally:
        draft.unlink(missing_ok=True)


def restore(owner_url: str, file: Path) -> None:
    """Fill an empty database from `file`, whole or not at all.

    Raises `Misconfigured` where the database holds tables or the file is not a backup.
    """
    if not file.is_file():
        raise Misconfigured(f"There is no file {file}.")
    with psycopg.connect(owner_url) as connection:
        row = connection.execute(
            "select count(*) from pg_tables where schemaname = 'public'"
        ).fetchone()
    if row != (0,):
        raise Misconfigured(
            "The database is not empty; nothing was changed.",
            advice="Restore into a new data folder (THUISRONDE_DATA_DIR) or a new database.",
        )
    _run(
        "pg_restore",
        ["--single-transaction", "--exit-on-error", f"--dbname={without_password(owner_url)}"],
        owner_url,
        file=file,
    )


def _run(
    program: str,
    arguments: Sequence[str],
    owner_url: str,
    *,
    file: Path | None = None,
    stdout: int = subprocess.DEVNULL,
) -> None:
    """Run a program on the database; the password goes by the environment, not by its words."""
    target = [str(file)] if file else [without_password(owner_url)]
    done = subprocess.run(  # noqa: S603 PostgreSQL's own programs
        [str(installed_programs()[program]), *COMMON, *arguments, *target],
        env={**os.environ, "PGPASSWORD": password_of(owner_url), "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        # The program's own lines may quote rows; the kind of failure stands in the first words.
        first = done.stderr.strip().splitlines()[0] if done.stderr.strip() else "no reason given"
        raise DatabaseUnavailable(f"{program} failed: {first[:200]}")
