"""Reads accounts, their roles and their sessions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from service import clock
from service.access.policy import HeldRole, Viewer, roles_of
from service.access.states import Language
from service.database.sql import fetch_all, fetch_one, fetch_value
from service.errors import NotFound


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """One account with its roles; `teams` are the codes of the teams of its roles."""

    id: int
    login: str
    password_hash: str
    worker: int | None
    language: Language
    active: bool
    roles: frozenset[HeldRole]

    def viewer(self) -> Viewer:
        """Return what the access policy asks."""
        return Viewer(account=self.id, roles=self.roles, language=self.language, worker=self.worker)


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One line of the list of accounts: logins and roles only."""

    login: str
    roles: str
    language: str
    active: bool


@dataclass(frozen=True, slots=True)
class Device:
    """A signed-in browser, for the list on its owner's account page."""

    id: int
    browser: str
    created_at: datetime
    last_seen_at: datetime


_ACCOUNT = """
    select a.id, a.login, a.password_hash, a.worker, a.language, a.active,
           coalesce(array_agg(r.role) filter (where r.id is not null), '{}') as roles,
           coalesce(array_agg(coalesce(r.team, 0)) filter (where r.id is not null), '{}') as teams
      from accounts a left join account_roles r on r.account = a.id
           and role_holds(a.worker, r.team, $2)
"""
"""A role in a team ends with its worker's membership; `$2` is the day."""


def fold_login(login: str) -> str:
    """Return a login as it is stored: without spaces around it, in lower case."""
    return login.strip().lower()


async def account_by_login(login: str) -> AccountFacts | None:
    """Return the account with this login (in lower case), active or not."""
    row = await fetch_one(f"{_ACCOUNT} where a.login = $1 group by a.id", login, clock.today())
    return None if row is None else _account(row)


async def account_by_id(account: int) -> AccountFacts | None:
    """Return an account, active or not."""
    row = await fetch_one(f"{_ACCOUNT} where a.id = $1 group by a.id", account, clock.today())
    return None if row is None else _account(row)


async def account_lines() -> list[AccountLine]:
    """Return all accounts by login."""
    return await fetch_all(
        """
        select a.login, a.language, a.active,
               coalesce(string_agg(r.role || coalesce(' ' || t.code, ''), ', '
                                   order by r.role, t.code), '') as roles
          from accounts a
          left join account_roles r on r.account = a.id
          left join teams t on t.id = r.team
         group by a.id order by a.login
        """,
        into=AccountLine,
    )


async def devices(account: int, *, seen_after: datetime, at: datetime) -> list[Device]:
    """Return the browsers in which an account is signed in, last used first."""
    return await fetch_all(
        """
        select id, browser, created_at, last_seen_at from sessions
         where account = $1 and expires_at > $3 and last_seen_at > $2
         order by last_seen_at desc, id desc
        """,
        account,
        seen_after,
        at,
        into=Device,
    )


async def team_id(code: str) -> int:
    """Return the id of the team with this code; raises `NotFound`."""
    found: int | None = await fetch_value("select id from teams where code = $1", code)
    if found is None:
        raise NotFound(f"There is no team {code!r}.")
    return found


async def worker_id(code: str) -> int:
    """Return the id of the worker with this code; raises `NotFound`."""
    found: int | None = await fetch_value("select id from workers where code = $1", code)
    if found is None:
        raise NotFound(f"There is no worker {code!r}.")
    return found


async def worker_code(worker: int) -> str:
    """Return the code of a worker by id; raises `NotFound`."""
    found: str | None = await fetch_value("select code from workers where id = $1", worker)
    if found is None:
        raise NotFound
    return found


async def team_codes(teams: Iterable[int]) -> dict[int, str]:
    """Return the codes of teams by id."""
    rows = await fetch_all("select id, code from teams where id = any($1)", list(teams))
    return {row["id"]: row["code"] for row in rows}


def _account(row: dict[str, object]) -> AccountFacts:
    roles, teams = row["roles"], row["teams"]
    assert isinstance(roles, list)
    assert isinstance(teams, list)
    return AccountFacts(
        id=int(str(row["id"])),
        login=str(row["login"]),
        password_hash=str(row["password_hash"]),
        worker=None if row["worker"] is None else int(str(row["worker"])),
        language=Language(str(row["language"])),
        active=bool(row["active"]),
        roles=roles_of((role, team or None) for role, team in zip(roles, teams, strict=True)),
    )
