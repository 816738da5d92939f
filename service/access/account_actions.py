"""Making, changing and ending accounts: for administrators and the command line."""

from collections.abc import Sequence

from service import clock
from service.access import passwords, sessions
from service.access.policy import HeldRole, Viewer, may_manage_accounts
from service.access.queries import AccountFacts, account_by_login, fold_login
from service.access.states import Language, Role
from service.access.token_actions import end_tokens_of
from service.audit.actions import Detail, record
from service.database.unit_of_work import UnitOfWork, unit_of_work
from service.errors import Forbidden, Invalid, NotFound, Refused, Stale
from service.feeds.actions import end_feeds_of
from service.web.i18n import N_

_IN_A_TEAM = frozenset({Role.WORKER, Role.TEAM_LEAD})


async def set_password(viewer: Viewer | None, *, login: str, password: str) -> None:
    """Give an account a new password and end its sessions; raises `NotFound`, `Invalid`.

    `viewer` is an administrator, or None for the command line.
    """
    _require_manager(viewer)
    account = await account_by_login(fold_login(login))
    if account is None:
        raise NotFound(f"There is no account {fold_login(login)!r}.")
    passwords.check_strength(password, login=account.login)
    hashed = await passwords.hash_password(password)
    async with unit_of_work() as uow:
        await replace_password(uow, viewer, account, hashed)
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
    _require_manager(viewer)
    login = fold_login(login)
    if not 2 <= len(login) <= 80 or any(sign.isspace() for sign in login):
        raise Invalid({"login": N_("Use 2 to 80 characters without spaces.")})
    _check_roles(roles)
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
            await _add_roles(uow, account, roles)
            await record(uow, viewer, "create", "account", account)
    except Refused as refusal:
        if "worker" in refusal.constraint:
            raise Invalid({"worker": N_("This worker has an account already.")}) from None
        if "login" in refusal.constraint:
            raise Invalid({"login": N_("This login is taken.")}) from None
        raise
    return int(account)


async def set_roles(
    viewer: Viewer | None,
    *,
    login: str,
    roles: Sequence[HeldRole],
    expected_version: int | None = None,
) -> None:
    """Give an account these roles instead of those it has; raises `NotFound`, `Invalid`, `Stale`.

    Nobody takes the administrator's role from themselves: somebody must be left who can. It holds
    at the account's next request; a feed it may no longer have ends at its next fetch.
    """
    _require_manager(viewer)
    _check_roles(roles)
    account = await account_by_login(fold_login(login))
    if account is None:
        raise NotFound(f"There is no account {fold_login(login)!r}.")
    if viewer and viewer.account == account.id and HeldRole(Role.ADMINISTRATOR) not in roles:
        raise Invalid({"roles": N_("Another administrator must take this role from you.")})
    async with unit_of_work() as uow:
        changed = await uow.connection.fetchval(
            "update accounts set version = version + 1 where id = $1"
            " and coalesce(version = $2::int, true) returning version",
            account.id,
            expected_version,
        )
        if changed is None:
            raise Stale
        await uow.connection.execute("delete from account_roles where account = $1", account.id)
        await _add_roles(uow, account.id, roles)
        held = sorted({f"{held.role.value} {held.team or ''}".strip() for held in roles})
        detail: dict[str, Detail] = {"roles": ", ".join(held), "version": changed}
        await record(uow, viewer, "set roles", "account", account.id, detail)


async def deactivate_account(viewer: Viewer | None, *, login: str) -> None:
    """End an account with its sessions, its feeds and its tokens; raises `NotFound`."""
    _require_manager(viewer)
    account = await account_by_login(fold_login(login))
    if account is None:
        raise NotFound(f"There is no account {fold_login(login)!r}.")
    if viewer is not None and viewer.account == account.id:
        raise Invalid({"account": N_("Another administrator must end your account.")})
    async with unit_of_work() as uow:
        await uow.connection.execute(
            "update accounts set active = false, version = version + 1 where id = $1", account.id
        )
        await sessions.end_sessions(account.id)
        await end_feeds_of(uow, viewer, account.id)
        await end_tokens_of(uow, viewer, account.id)
        await record(uow, viewer, "deactivate", "account", account.id)


async def activate_account(viewer: Viewer | None, *, login: str) -> None:
    """Let an ended account sign in again; its feeds stay ended. Raises `NotFound`."""
    _require_manager(viewer)
    account = await account_by_login(fold_login(login))
    if account is None:
        raise NotFound(f"There is no account {fold_login(login)!r}.")
    async with unit_of_work() as uow:
        await uow.connection.execute(
            "update accounts set active = true, version = version + 1 where id = $1", account.id
        )
        await record(uow, viewer, "activate", "account", account.id)


async def replace_password(
    uow: UnitOfWork, viewer: Viewer | None, account: AccountFacts, hashed: str
) -> None:
    """Write a new hash, and that it was changed; joins the unit of work."""
    await uow.connection.execute(
        "update accounts set password_hash = $2, version = version + 1 where id = $1",
        account.id,
        hashed,
    )
    await record(uow, viewer, "change password", "account", account.id)


def _check_roles(roles: Sequence[HeldRole]) -> None:
    if not roles:
        raise Invalid({"roles": N_("Give at least one role.")})
    for held in roles:
        if (held.role in _IN_A_TEAM) != (held.team is not None):
            raise Invalid(
                {"team": N_("Workers and team leads need a team; the other roles have none.")}
            )


async def _add_roles(uow: UnitOfWork, account: int, roles: Sequence[HeldRole]) -> None:
    await uow.connection.executemany(
        "insert into account_roles (account, role, team) values ($1, $2, $3)",
        sorted({(account, held.role.value, held.team) for held in roles}, key=str),
    )


def _require_manager(viewer: Viewer | None) -> None:
    if viewer is not None and not may_manage_accounts(viewer):
        raise Forbidden
