"""The errors that the service raises on purpose; pages and the command line map them once."""

from collections.abc import Mapping


class ThuisrondeError(Exception):
    """An expected failure: one sentence that says what is wrong, and one that says what to do.

    Neither holds a name, an address or a note: both may reach a log.
    """

    def __init__(self, message: str, *, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class NotFound(ThuisrondeError):
    """The object does not exist, or the actor may not know that it does."""

    def __init__(self, message: str = "Not found.", *, advice: str = "") -> None:
        super().__init__(message, advice=advice)


class Forbidden(ThuisrondeError):
    """The actor may see the object but not do this to it."""

    def __init__(self, message: str = "Not allowed.", *, advice: str = "") -> None:
        super().__init__(message, advice=advice)


class Stale(ThuisrondeError):
    """Somebody else changed the object since it was read (optimistic lock)."""

    def __init__(
        self,
        message: str = "Somebody else changed this meanwhile.",
        *,
        advice: str = "Load it again and repeat the change.",
    ) -> None:
        super().__init__(message, advice=advice)


class Invalid(ThuisrondeError):
    """Input that cannot be accepted; `fields` maps each field's name to what is wrong with it."""

    def __init__(self, fields: Mapping[str, str], *, advice: str = "") -> None:
        super().__init__(f"Not accepted: {', '.join(sorted(fields))}.", advice=advice)
        self.fields = dict(fields)


class Refused(ThuisrondeError):
    """The database refused a change; `constraint` names its rule, `table` where it stands.

    The rows' values are left out: they may be personal.
    """

    def __init__(self, *, constraint: str, table: str = "") -> None:
        where = f" of {table}" if table else ""
        super().__init__(f"The database refused the change: rule {constraint}{where}.")
        self.constraint = constraint
        self.table = table


class Misconfigured(ThuisrondeError):
    """A setting, a file or a folder of this installation is not as it must be."""


class DatabaseUnavailable(ThuisrondeError):
    """The database cannot be reached, started or used."""


class DatabaseOutOfDate(ThuisrondeError):
    """The database's tables are not those of this version of the program."""
