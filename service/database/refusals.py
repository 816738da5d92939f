"""Turns the database's own complaints into errors of ours, without the rows' values."""

import asyncpg

from service.errors import DatabaseUnavailable, Refused

CONNECTION_ERRORS = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # the server went away between two messages of one statement
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.AdminShutdownError,
)


def refused(error: asyncpg.IntegrityConstraintViolationError) -> Refused:
    """Name the constraint that refused; the server's detail quotes rows and is left behind."""
    constraint = error.constraint_name
    if not constraint and error.column_name:
        constraint = f"{error.column_name} is not null"
    return Refused(constraint=constraint or type(error).__name__, table=error.table_name or "")


def unavailable(error: BaseException) -> DatabaseUnavailable:
    """Say why the database cannot be used, without its address: that may hold a password."""
    if isinstance(error, asyncpg.InvalidAuthorizationSpecificationError):
        return DatabaseUnavailable(
            "The database refuses the user or password of its address.",
            advice="Look at THUISRONDE_DATABASE_URL and THUISRONDE_APP_DATABASE_URL.",
        )
    if isinstance(error, asyncpg.InvalidCatalogNameError):
        return DatabaseUnavailable(
            "The server has no database of the name in the address.",
            advice="Make it (createdb), or correct THUISRONDE_DATABASE_URL.",
        )
    return DatabaseUnavailable(
        f"The database does not answer ({type(error).__name__}).",
        advice="Look whether its server runs and THUISRONDE_DATABASE_URL names it, try again.",
    )
