"""The audit trail as its administrator reads it: filtered, a page at a time, newest first."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import msgspec

from service import clock
from service.access.policy import Viewer, may_manage_accounts
from service.database.sql import fetch_all
from service.errors import Forbidden

PAGE = 50
_SUPPORT = {"tenant": {"kind", "preset"}, "contact_alert": {"reason"}}
"""Details of older versions that say how a tenant is: not for whoever reads the trail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which entries: by account, verb, kind and id of the object, days; before an entry's id."""

    account: int | None = None
    action: str = ""
    kind: str = ""
    object_id: str = ""
    first: date | None = None
    last: date | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Who did what to which object; `who` is a login, None for the service itself. `code` is what
    the object is known by, where it has a code."""

    id: int
    at: datetime
    who: str | None
    action: str
    kind: str
    object_id: str
    code: str | None
    detail: tuple[tuple[str, str], ...]

    @property
    def named(self) -> bool:
        """Whether the object has a name of its own; a list of them has a word of the code."""
        return self.code is not None or any(letter.isdigit() for letter in self.object_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """A page of entries; `more` is the id to go on before, None at the end."""

    entries: tuple[Entry, ...]
    more: int | None


async def audit_trail(viewer: Viewer, asked: Asked) -> Trail:
    """A page of the trail; raises `Forbidden` for all but administrators. One query."""
    if not may_manage_accounts(viewer):
        raise Forbidden
    rows = await fetch_all(
        _ENTRIES,
        asked.account,
        asked.action or None,
        asked.kind or None,
        asked.object_id or None,
        None if asked.first is None else _midnight(asked.first),
        None if asked.last is None else _midnight(asked.last + timedelta(days=1)),
        asked.before,
        PAGE + 1,
    )
    entries = tuple(
        Entry(
            id=row["id"],
            at=row["at"],
            who=row["who"],
            action=row["action"],
            kind=row["kind"],
            object_id=row["object_id"],
            code=row["code"],
            detail=tuple(
                (str(name), str(value))
                for name, value in msgspec.json.decode(row["detail"] or "{}").items()
                if value is not None and name not in _SUPPORT.get(row["kind"], ())
            ),
        )
        for row in rows[:PAGE]
    )
    return Trail(entries=entries, more=entries[-1].id if len(rows) > PAGE else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change of a tenant, worker or team: who (their name, else the login; None for the service
    itself) did what, when."""

    who: str | None
    action: str
    at: datetime


async def changes_since(kind: str, row: int, version: int) -> tuple[Change, ...]:
    """What was done to an object after a version of it, oldest first, five at most. One query."""
    return tuple(reversed(await fetch_all(_CHANGES, kind, str(row), version, into=Change)))


async def team_codes() -> dict[str, str]:
    """The codes of all teams by id, as details name them."""
    rows = await fetch_all("select id, code from teams")
    return {str(row["id"]): row["code"] for row in rows}


async def audit_choices() -> tuple[list[tuple[int, str]], list[str], list[str]]:
    """What one can filter by: accounts (id, login), verbs and kinds of the last half year."""
    since = clock.now() - timedelta(days=183)
    accounts = await fetch_all("select id, login from accounts order by login")
    verbs = await fetch_all(
        "select distinct action as word from audit_entries where at >= $1 order by 1", since
    )
    kinds = await fetch_all(
        "select distinct object_kind as word from audit_entries where at >= $1 order by 1", since
    )
    return (
        [(row["id"], row["login"]) for row in accounts],
        [row["word"] for row in verbs],
        [row["word"] for row in kinds],
    )


_CHANGES = """
select coalesce(w.first_name || ' ' || w.last_name, a.login) as who, e.action, e.at
from audit_entries e left join accounts a on a.id = e.account_id
left join workers w on w.id = a.worker
where e.object_kind = $1 and e.object_id = $2 and (e.detail ->> 'version')::int > $3
order by e.id desc limit 5
"""


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.BRUSSELS)


_ENTRIES = """
select e.id, e.at, a.login as who, e.action, e.object_kind as kind, e.object_id, e.detail,
    case when e.object_id !~ '^[0-9]{1,9}$' then null else case e.object_kind
        when 'tenant' then (select code from tenants where id = e.object_id::int)
        when 'worker' then (select code from workers where id = e.object_id::int)
        when 'team' then (select code from teams where id = e.object_id::int)
        when 'account' then (select login from accounts where id = e.object_id::int)
    end end as code
from audit_entries e left join accounts a on a.id = e.account_id
where ($1::int is null or e.account_id = $1) and ($2::text is null or e.action = $2)
    and ($3::text is null or e.object_kind = $3)
    and ($4::text is null or e.object_id = $4 or (e.object_kind, e.object_id) in (
        select 'tenant', id::text from tenants where code = $4
        union all select 'worker', id::text from workers where code = $4
        union all select 'team', id::text from teams where code = $4))
    and ($5::timestamptz is null or e.at >= $5) and ($6::timestamptz is null or e.at < $6)
    and ($7::int is null or e.id < $7)
order by e.id desc limit $8
"""
