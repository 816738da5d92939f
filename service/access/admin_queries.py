"""Accounts as their administrator reads them; access is decided here, at the fetch."""

from dataclasses import dataclass
from datetime import datetime

from service import clock
from service.access.policy import HeldRole, Viewer, may_manage_accounts
from service.access.states import Language, Role
from service.database.sql import fetch_all, fetch_one
from service.errors import Forbidden, NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleShown:
    """A role with its team's id and code; `holds`: the membership behind it goes on."""

    role: Role
    team: int | None
    team_code: str | None
    holds: bool

    @property
    def held(self) -> HeldRole:
        """The role as the policy knows it."""
        return HeldRole(role=self.role, team=self.team)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountShown:
    """An account: `worker` is a code, `seen_at` when a browser of it was last seen."""

    id: int
    login: str
    worker: str | None
    language: Language
    active: bool
    version: int
    seen_at: datetime | None
    roles: tuple[RoleShown, ...] = ()


async def account_list(viewer: Viewer, *, search: str = "") -> tuple[AccountShown, ...]:
    """Every account by login, those that ended last; raises `Forbidden`. Two queries."""
    _require_manager(viewer)
    rows = await fetch_all(
        f"{_ACCOUNTS} where a.login like '%' || $1 || '%' {_ORDER}", _like(search)
    )
    held = await _roles([row["id"] for row in rows])
    return tuple(_shown(row, held.get(row["id"], ())) for row in rows)


async def account_shown(viewer: Viewer, account: int) -> AccountShown:
    """One account; raises `Forbidden`, `NotFound`."""
    _require_manager(viewer)
    row = await fetch_one(f"{_ACCOUNTS} where a.id = $1", account)
    if row is None:
        raise NotFound
    return _shown(row, (await _roles([account])).get(account, ()))


async def workers_without_account() -> list[tuple[str, str]]:
    """(code, 'First Last') of workers employed today or later who cannot sign in yet."""
    rows = await fetch_all(
        "select w.code, w.first_name, w.last_name from workers w where not exists ("
        " select from accounts a where a.worker = w.id) and coalesce(w.employed_to > $1, true)"
        " order by w.name_key, w.code",
        clock.today(),
    )
    return [(row["code"], f"{row['first_name']} {row['last_name']}") for row in rows]


async def _roles(accounts: list[int]) -> dict[int, tuple[RoleShown, ...]]:
    rows = await fetch_all(_ROLES, accounts, clock.today())
    found: dict[int, tuple[RoleShown, ...]] = {}
    for row in rows:
        shown = RoleShown(
            role=Role(row["role"]),
            team=row["team"],
            team_code=row["team_code"],
            holds=row["holds"],
        )
        found[row["account"]] = (*found.get(row["account"], ()), shown)
    return found


def _shown(row: dict[str, object], roles: tuple[RoleShown, ...]) -> AccountShown:
    seen = row["seen_at"]
    assert seen is None or isinstance(seen, datetime)
    return AccountShown(
        id=int(str(row["id"])),
        login=str(row["login"]),
        worker=None if row["worker"] is None else str(row["worker"]),
        language=Language(str(row["language"])),
        active=bool(row["active"]),
        version=int(str(row["version"])),
        seen_at=seen,
        roles=roles,
    )


def _like(search: str) -> str:
    """What was typed, as a pattern that means itself."""
    folded = search.strip().lower()
    return "".join(f"\\{sign}" if sign in "%_\\" else sign for sign in folded)


def _require_manager(viewer: Viewer) -> None:
    if not may_manage_accounts(viewer):
        raise Forbidden


_ACCOUNTS = """
select a.id, a.login, w.code as worker, a.language, a.active, a.version,
    (select max(s.last_seen_at) from sessions s where s.account = a.id) as seen_at
from accounts a left join workers w on w.id = a.worker
"""
_ORDER = "order by a.active desc, a.login"

_ROLES = """
select r.account, r.role, r.team, t.code as team_code, role_holds(a.worker, r.team, $2) as holds
from account_roles r join accounts a on a.id = r.account left join teams t on t.id = r.team
where r.account = any($1::int[]) order by r.account, r.role, t.code
"""
