"""Rows for accounts, their roles, their sessions, their tokens and failed sign-ins."""

from piccolo.columns import Array, Boolean, Bytea, ForeignKey, Integer, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from service.access.states import Language, Role
from service.teams.tables import Team, Worker


class Account(Table, tablename="accounts"):
    """Somebody who can sign in; a worker's account names the worker."""

    login = Varchar(length=80, unique=True, help_text="lower case")
    password_hash = Text(help_text="argon2id")
    worker = ForeignKey(references=Worker, null=True, on_delete=OnDelete.restrict, unique=True)
    language = Varchar(length=2, choices=Language, default=Language.FRENCH)
    active = Boolean(default=True)
    created_at = Timestamptz()
    version = Integer(default=1)


class AccountRole(Table, tablename="account_roles"):
    """A role; workers and team leads hold theirs in a team, the others in the whole service."""

    account = ForeignKey(references=Account, null=False, on_delete=OnDelete.cascade)
    role = Varchar(length=16, choices=Role)
    team = ForeignKey(references=Team, null=True, on_delete=OnDelete.restrict)


class Session(Table, tablename="sessions"):
    """A signed-in browser; the cookie's token is stored as a hash alone."""

    token_hash = Bytea(unique=True)
    csrf_token = Varchar(length=64)
    account = ForeignKey(references=Account, null=False, on_delete=OnDelete.cascade)
    browser = Varchar(length=40, default="", help_text="'Firefox, Android': from a closed list")
    created_at = Timestamptz()
    last_seen_at = Timestamptz()
    expires_at = Timestamptz()


class AccessToken(Table, tablename="access_tokens"):
    """A personal key to the API: named by its owner, stored as a hash alone, for a time."""

    account = ForeignKey(references=Account, null=False, on_delete=OnDelete.cascade)
    name = Varchar(length=60, help_text="what it is for, in its owner's words")
    token_hash = Bytea(unique=True, help_text="SHA-256")
    scopes = Array(
        base_column=Varchar(length=20), default=list, help_text="'tenants:read'; empty: nothing"
    )
    created_at = Timestamptz()
    expires_at = Timestamptz()
    revoked_at = Timestamptz(null=True, default=None)
    last_used_at = Timestamptz(null=True, default=None)


class SignInFailure(Table, tablename="sign_in_failures"):
    """A failed sign-in, by keyed hash of the login or the address, for the rate limit."""

    key = Bytea(index=True)
    failed_at = Timestamptz()
