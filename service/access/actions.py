"""Signing in and out, and what people change about their own account."""

from dataclasses import dataclass
from datetime import datetime

from service.access import passwords, sessions, throttle
from service.access.account_actions import replace_password
from service.access.known_browsers import known_browser
from service.access.policy import Viewer
from service.access.queries import AccountFacts, account_by_id, account_by_login, fold_login
from service.access.sessions import OpenSession
from service.access.states import Language
from service.audit.actions import record
from service.database.unit_of_work import UnitOfWork, unit_of_work
from service.errors import Invalid, NotFound
from service.web.i18n import N_


@dataclass(frozen=True, slots=True)
class WrongPassword:
    """No account has this login and this password; which of the two is not said."""


@dataclass(frozen=True, slots=True)
class TooManyAttempts:
    """Nobody may guess for this login or from this address before `until`."""

    until: datetime


async def sign_in(
    *,
    login: str,
    password: str,
    address: str,
    browser: str,
    key: bytes,
    known: str = "",
    instead_of: OpenSession | None = None,
) -> OpenSession | WrongPassword | TooManyAttempts:
    """Open a session for whoever knows the password; takes equally long for unknown logins.

    `key` is this installation's secret, for the hashes that the rate limit counts; `known` the
    cookie of `known_browsers`. A session that the browser had already, `instead_of`, ends.
    """
    login = fold_login(login)
    attempt = await throttle.begin_attempt(
        login, address, key=key, browser=known_browser(known, login, key=key)
    )
    if isinstance(attempt, throttle.TooMany):
        return TooManyAttempts(until=attempt.until)
    account = await account_by_login(login)
    stored = account.password_hash if account is not None and account.active else None
    if not await passwords.verify_password(stored, password) or account is None:
        return WrongPassword()
    rehashed = None
    if passwords.needs_rehash(account.password_hash):
        rehashed = await passwords.hash_password(password)
    async with unit_of_work() as uow:
        if not await _still_holds(uow, account):
            return WrongPassword()
        if rehashed is not None:
            await uow.connection.execute(
                "update accounts set password_hash = $2 where id = $1 and password_hash = $3",
                account.id,
                rehashed,
                account.password_hash,
            )
        await sessions.forget_ended_sessions()
        if instead_of is not None:
            await sessions.end_session(instead_of.account, instead_of.id)
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
    attempt = await throttle.begin_attempt(
        account.login, address, key=key, browser=f"session {session}"
    )
    if isinstance(attempt, throttle.TooMany):
        raise Invalid({"password": N_("Too many attempts: wait a quarter of an hour.")})
    if not await passwords.verify_password(account.password_hash, current):
        raise Invalid({"password": N_("This is not your current password.")})
    hashed = await passwords.hash_password(wanted)
    async with unit_of_work() as uow:
        if not await _still_holds(uow, account):
            raise Invalid({"password": N_("This is not your current password.")})
        await replace_password(uow, viewer, account, hashed)
        await sessions.end_sessions(account.id, but=session)
    await throttle.forgive(attempt)


async def _still_holds(uow: UnitOfWork, account: AccountFacts) -> bool:
    """Whether the account is open and its password the one just checked, until this work ends.

    A new password or the end of the account, which end sessions, wait for it or are seen by it.
    """
    found = await uow.connection.fetchval(
        "select true from accounts where id = $1 and active and password_hash = $2"
        " for no key update",
        account.id,
        account.password_hash,
    )
    return found is True
