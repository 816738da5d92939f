"""Signing in and out, and making, changing and ending accounts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from service import clock
from service.access import passwords, sessions, throttle
from service.access.policy import HeldRole, Viewer
from service.access.queries import AccountFacts, account_by_id, account_by_login
from service.access.sessions import OpenSession
from service.access.states import Language, Role
from service.audit.actions import record
from service.database.unit_of_work import UnitOfWork, unit_of_work
from service.errors import Invalid, NotFound, Refused
from service.web.i18n import N_

_IN_A_TEAM = frozenset({Role.WORKER, Role.TEAM_LEAD})


@dataclass(frozen=True, slots=True)
class WrongPassword:
    """No account has this login and this password; which of the two is not said."""


@dataclass(frozen=True, slots=True)
class TooManyAttempts:
    """Nobody may guess for this login or from this address before `until`."""

    until: datetime


async def sign_in(
    *, login: str, password: str, address: str, browser: str, key: bytes
) -> OpenSession | WrongPassword | TooManyAttempts:
    """Open a session for whoever knows the password; takes equally long for unknown logins.

    `key` is this installation's secret, for the hashes that the rate limit counts.
    """
    login = fold_login(login)
    attempt = await throttle.begin_attempt(login, address, key=key)
    if isinstance(attempt, throttle.TooMany):
        return TooManyAttempts(until=attempt.until)
    account = await account_by_login(login)
    known = account.password_hash if account is not None and account.active else None
    if not await passwords.verify_password(known, password) or account is None:
        return WrongPassword()
    rehashed = None
    if passwords.needs_rehash(account.password_hash):
        rehashed = await passwords.hash_password(password)
    async with unit_of_work() as uow:
        if rehashed is not None:
            await uow.connection.execute(
                "update accounts set password_hash = $2 where id = $1 and password_hash = $3",
                account.id,
                rehashed,
                account.password_hash,
            )
        session = await sessions.open_session(account.id, browser=browser)
        await record(uow, account.viewer(), "sign in", "account", account.id)
    await throttle.forgive(attempt)
    return session


async def sign_out(viewer: Viewer, session: int) -> None:
    """End the session that asks."""
    async with unit_of_work() as uow:
        await sessions.end_session(viewer.account, session)
        await record(uow, viewer, "sign out", "account", viewer.account)


async def sign_out_everywhere(viewer: Viewer) -> int:
    """End all sessions of the account, this one too; returns how many."""
    async with unit_of_work() as uow:
        ended = await sessions.end_sessions(viewer.account)
        await record(
            uow, viewer, "sign out everywhere", "account", viewer.account, {"sessions": ended}
        )
    return ended


async def sign_out_device(viewer: Viewer, session: int) -> None:
    """End another session of the account; raises `NotFound` for one that is not its own."""
    async with unit_of_work() as uow:
        if not await sessions.end_session(viewer.account, session):
            raise NotFound
        await record(uow, viewer, "sign out device", "account", viewer.account)


async def choose_language(viewer: Viewer, language: Language) -> None:
    """Remember the language an account reads."""
    async with unit_of_work() as uow:
        await uow.connection.execute(
            "update accounts set language = $2, version = version + 1 where id = $1",
            viewer.account,
            language.value,
        )


async def change_own_password(
    viewer: Viewer, session: int, *, current: str, wanted: str, address: str, key: bytes
) -> None:
    """Change the viewer's password and end the other sessions; raises `Invalid`.

    The current password is guarded like a sign-in: a stolen session must not guess it.
    """
    account = await account_by_id(viewer.account)
    if account is None:
        raise NotFound
    passwords.check_strength(wanted, login=account.login, field="password_new")
    attempt = await throttle.begin_attempt(account.login, address, key=key)
    if isinstance(attempt, throttle.TooMany):
        raise Invalid({"password": N_("Too many attempts: wait a quarter of an hour.")})
    if not await passwords.verify_password(account.password_hash, current):
        raise Invalid({"password": N_("This is not your current password.")})
    hashed = await passwords.hash_password(wanted)
    async with unit_of_work() as uow:
        await _set_password(uow, viewer, account, hashed)
        await sessions.end_sessions(account.id, but=session)
    await throttle.forgive(attempt)


async def set_password(viewer: Viewer | None, *, login: str, password: str) -> None:
    """Give an account a new password and end its sessions; raises `NotFound`, `Invalid`."""
    account = await account_by_login(fold_login(login))
    if account is None:
        raise NotFound(f"There is no account {fold_login(login)!r}.")
    passwords.check_strength(password, login=account.login)
    hashed = await passwords.hash_password(password)
    async with unit_of_work() as uow:
        await _set_password(uow, viewer, account, hashed)
        await sessions.end_sessions(account.id)


async def create_account(
    viewer: Viewer | None,
    *,
    login: str,
    password: str,
    roles: Sequence[HeldRole],
    language: Language,
    worker: int | None = None,
) -> int:
    """Make an account with its roles and return its id; raises `Invalid` by field."""
    login = fold_login(login)
    if not 2 <= len(login) <= 80 or any(sign.isspace() for sign in login):
        raise Invalid({"login": N_("Use 2 to 80 characters without spaces.")})
    if not roles:
        raise Invalid({"roles": N_("Give at least one role.")})
    for held in roles:
        if (held.role in _IN_A_TEAM) != (held.team is not None):
            raise Invalid(
                {"team": N_("Workers and team leads need a team; the other roles have none.")}
            )
    passwords.check_strength(password, login=login)
    hashed = await passwords.hash_password(password)
    try:
        async with unit_of_work() as uow:
            account = await uow.connection.fetchval(
                """
                insert into accounts
                    (login, password_hash, worker, language, active, created_at, version)
                values ($1, $2, $3, $4, true, $5, 1) returning id
                """,
                login,
                hashed,
                worker,
                language.value,
                clock.now(),
            )
            await uow.connection.executemany(
                "insert into account_roles (account, role, team) values ($1, $2, $3)",
                [(account, held.role.value, held.team) for held in roles],
            )
            await record(uow, viewer, "create", "account", account)
    except Refused as refusal:
        if "worker" in refusal.constraint:
            raise Invalid({"worker": N_("This worker has an account already.")}) from None
        if "login" in refusal.constraint:
            raise Invalid({"login": N_("This login is taken.")}) from None
        raise
    return int(account)


async def deactivate_account(viewer: Viewer | None, *, login: str) -> None:
    """End an account with its sessions and its feeds; raises `NotFound`."""
    account = await account_by_login(fold_login(login))
    if account is None:
        raise NotFound(f"There is no account {fold_login(login)!r}.")
    async with unit_of_work() as uow:
        await uow.connection.execute(
            "update accounts set active = false, version = version + 1 where id = $1", account.id
        )
        await sessions.end_sessions(account.id)
        await uow.connection.execute(
            "update feeds set state = 'revoked', revoked_at = $2"
            " where owner = $1 and state = 'active'",
            account.id,
            clock.now(),
        )
        await record(uow, viewer, "deactivate", "account", account.id)


def fold_login(login: str) -> str:
    """Return a login as it is stored: without spaces around it, in lower case."""
    return login.strip().lower()


async def _set_password(
    uow: UnitOfWork, viewer: Viewer | None, account: AccountFacts, hashed: str
) -> None:
    await uow.connection.execute(
        "update accounts set password_hash = $2, version = version + 1 where id = $1",
        account.id,
        hashed,
    )
    await record(uow, viewer, "change password", "account", account.id)
