"""Two roles: the owner migrates, the application serves without DDL and cannot rewrite audits.

Rights are given again after every migration, in its transaction, so that a restored or
copied database has them too.
"""

from typing import LiteralString

import psycopg
from psycopg import sql

from service.database.addresses import database_of, password_of, user_of
from service.errors import Misconfigured

DATABASE = "thuisronde"
OWNER_ROLE = "thuisronde_owner"
APP_ROLE = "thuisronde_app"

# What the application may do with the tables that are not simply its own.
READ_ONLY_TABLES = ("migration",)
APPEND_ONLY_TABLES = ("audit_entries", "lone_check_steps", "contact_alert_steps")

Server = psycopg.Connection[tuple[object, ...]]


def make_embedded_roles(superuser_url: str, *, owner_password: str, app_password: str) -> None:
    """Make both roles and the database of the embedded server, where they are missing."""
    with psycopg.connect(superuser_url, autocommit=True) as server:
        if _exists(server, "select 1 from pg_database where datname = %s", DATABASE):
            return
        _make_role(server, OWNER_ROLE, owner_password)
        _make_role(server, APP_ROLE, app_password)
        database, owner = sql.Identifier(DATABASE), sql.Identifier(OWNER_ROLE)
        server.execute(sql.SQL("create database {} owner {}").format(database, owner))


def make_app_role(owner_url: str, app_url: str) -> None:
    """Make the application's role on a server of one's own, as its owner, if it is missing.

    Raises `Misconfigured` where the owner may not, or where the role has another password.
    """
    role = user_of(app_url)
    if role == user_of(owner_url):
        raise Misconfigured(
            "The application's role is the owner's.",
            advice="THUISRONDE_APP_DATABASE_URL needs a role of its own, with fewer rights.",
        )
    with psycopg.connect(owner_url, autocommit=True) as server:
        if not _exists(server, "select 1 from pg_roles where rolname = %s", role):
            try:
                _make_role(server, role, password_of(app_url))
            except psycopg.errors.InsufficientPrivilege:
                raise Misconfigured(
                    f"The owner may not make the application's role {role}.",
                    advice="Make it yourself and name it in THUISRONDE_APP_DATABASE_URL.",
                ) from None
        statement = sql.SQL("grant connect on database {} to {}")
        server.execute(
            statement.format(sql.Identifier(database_of(owner_url)), sql.Identifier(role))
        )
    try:
        psycopg.connect(app_url, connect_timeout=10).close()
    except psycopg.OperationalError:
        raise Misconfigured(
            f"The application's role {role} exists but cannot log in with this password.",
            advice="Set THUISRONDE_APP_DATABASE_URL, or copy secrets/app-password from the data"
            " folder of the machine that made it.",
        ) from None


def grant_statements(role: str) -> list[str]:
    """Return the statements that give the application's role its rights, and no more.

    Functions need none: everybody may call them, with the caller's own rights.
    """
    name = '"' + role.replace('"', '""') + '"'
    tables = f"select, insert, update, delete on {{}} to {name}"
    sequences = f"usage, select on {{}} to {name}"
    later = "alter default privileges in schema public grant"
    return [
        f"grant usage on schema public to {name}",
        "grant " + tables.format("all tables in schema public"),
        "grant " + sequences.format("all sequences in schema public"),
        f"{later} " + tables.format("tables"),
        f"{later} " + sequences.format("sequences"),
        *(_revoke("insert, update, delete", table, name) for table in READ_ONLY_TABLES),
        *(_revoke("update, delete", table, name) for table in APPEND_ONLY_TABLES),
    ]


def _revoke(rights: str, table: str, role: str) -> str:
    """Return a statement that takes rights away, and does nothing before the table exists."""
    return (
        f"do $do$ begin if to_regclass('public.{table}') is not null then"
        f" revoke {rights} on public.{table} from {role}; end if; end $do$"
    )


def _make_role(server: Server, role: str, password: str) -> None:
    if _exists(server, "select 1 from pg_roles where rolname = %s", role):
        verb: LiteralString = "alter"
    else:
        verb = "create"
    statement = sql.SQL(verb + " role {} login nosuperuser nocreatedb nocreaterole password {}")
    server.execute(statement.format(sql.Identifier(role), sql.Literal(password)))


def _exists(server: Server, query: LiteralString, value: str) -> bool:
    return server.execute(query, (value,)).fetchone() is not None
