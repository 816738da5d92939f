"""Readings of feeds: the one behind a fetch, and those of the page where people keep theirs."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from service import clock
from service.access.policy import (
    FeedFacts,
    Viewer,
    may_make_feed,
    may_manage_accounts,
    may_renew_feed,
    may_see_feed,
    roles_of,
)
from service.access.states import Language
from service.database.sql import fetch_all, fetch_one
from service.errors import Forbidden, NotFound
from service.feeds.seen_queries import FeedsSeen as FeedsSeen  # noqa: PLC0414 for others
from service.feeds.seen_queries import feeds_seen as feeds_seen  # noqa: PLC0414 for others
from service.feeds.states import FeedLevel, FeedState, ScopeKind
from service.feeds.tokens import same_hash, token_hash
from service.feeds.types import FeedScope
from service.web.i18n import N_

ENDED_SHOWN_FOR = timedelta(weeks=6)


@dataclass(frozen=True, slots=True)
class FeedAccess:
    """What a fetch needs to know. `entitled`: its owner may still have such a feed."""

    id: int
    scope: FeedScope
    level: FeedLevel
    language: Language
    state: FeedState
    revoked_at: datetime | None
    entitled: bool
    version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed as its owner sees it; never its address.

    `code` is the worker's or the team's. `behind` counts the visits and duties changed since the
    last fetch, None where there was no fetch yet.
    """

    id: int
    owner: int
    owner_login: str
    scope: FeedScope
    code: str
    device: str
    level: FeedLevel
    language: Language
    created_at: datetime
    last_fetch_at: datetime | None
    last_client: str
    behind: int | None


@dataclass(frozen=True, slots=True)
class FeedChoice:
    """Something the viewer may make a feed of; `name` is a team's, empty for oneself."""

    scope: FeedScope
    code: str
    name: str


_ACCESS = """
    select f.id, f.token_hash, f.owner, f.worker, f.team, f.level, f.language, f.state,
           f.revoked_at, a.active, a.worker as owner_worker,
           coalesce(vw.version, vt.version, 0) as version,
           coalesce(vw.changed_at, vt.changed_at, f.created_at) as changed_at,
           array(select r.role || ' ' || coalesce(r.team, 0)
                   from account_roles r where r.account = a.id
                    and role_holds(a.worker, r.team, $2)) as held
      from feeds f
      join accounts a on a.id = f.owner
      left join feed_versions vw on vw.worker = f.worker
      left join feed_versions vt on vt.team = f.team
     where f.token_hash = $1
"""
_ROWS = """
    select f.id, f.owner, a.login, f.worker, f.team, coalesce(w.code, t.code) as code, f.device,
           f.level, f.language, f.created_at, f.last_fetch_at, f.last_client,
           case
             when f.last_fetch_at is null then null
             when f.fetched_version = coalesce(vw.version, vt.version, 0) then 0
             when f.worker is not null then greatest(1, (
               select count(*) from published_stops s
                where s.worker = f.worker and s.changed_at > f.last_fetch_at) + (
               select count(*) from duty_slots d
                where d.published_worker = f.worker and d.changed_at > f.last_fetch_at) + (
               select count(*) from lost_duties l join duty_slots d on d.id = l.slot
                where l.worker = f.worker and l.cancelled_at > f.last_fetch_at
                  and d.published_worker is distinct from l.worker))
             else greatest(1, (
               select count(*) from published_visits pv
                 join visits v on v.id = pv.visit join rosters r on r.id = v.roster
                where r.team = f.team and pv.changed_at > f.last_fetch_at) + (
               select count(*) from duty_slots d
                where d.team = f.team and d.changed_at > f.last_fetch_at))
           end as behind
      from feeds f
      join accounts a on a.id = f.owner
      left join workers w on w.id = f.worker
      left join teams t on t.id = f.team
      left join feed_versions vw on vw.worker = f.worker
      left join feed_versions vt on vt.team = f.team
     where f.state = 'active'
       and ($1::int is null or f.owner = $1) and ($2::int is null or f.id = $2)
     order by a.login, f.created_at, f.id
"""


async def feed_access(token: str) -> FeedAccess | None:
    """Return the feed behind a token, None for an unknown one; one indexed query."""
    given = token_hash(token)
    row = await fetch_one(_ACCESS, given, clock.today())
    if row is None or not same_hash(bytes(row["token_hash"]), given):
        return None
    return FeedAccess(
        id=row["id"],
        scope=_scope(row),
        level=FeedLevel(row["level"]),
        language=Language(row["language"]),
        state=FeedState(row["state"]),
        revoked_at=row["revoked_at"],
        entitled=row["active"] and _is_entitled(row),
        version=row["version"],
        changed_at=row["changed_at"],
    )


async def my_feeds(viewer: Viewer) -> tuple[FeedRow, ...]:
    """Return the viewer's own living feeds, oldest first."""
    return tuple(_feed_row(row) for row in await fetch_all(_ROWS, viewer.account, None))


async def all_feeds(viewer: Viewer) -> tuple[FeedRow, ...]:
    """Return everybody's living feeds for whoever manages accounts, nothing for others."""
    if not may_manage_accounts(viewer):
        return ()
    return tuple(_feed_row(row) for row in await fetch_all(_ROWS, None, None))


async def feed(viewer: Viewer, feed_id: int) -> FeedRow:
    """Return a living feed; raises `NotFound` where the viewer may not know of it."""
    row = await fetch_one(_ROWS, None, feed_id)
    if row is None or not may_see_feed(viewer, feed_facts(row)):
        raise NotFound
    return _feed_row(row)


async def renewable_feed(viewer: Viewer, feed_id: int) -> FeedRow:
    """Return a living feed that the viewer may give a new address; `NotFound` or `Forbidden`."""
    found = await feed(viewer, feed_id)
    check_renewable(viewer, FeedFacts(owner=found.owner))
    return found


def check_renewable(viewer: Viewer, facts: FeedFacts) -> None:
    """Raise `Forbidden` unless the viewer may give the feed a new address."""
    if not may_renew_feed(viewer, facts):
        raise Forbidden(
            N_("Only its owner can give a calendar a new address."),
            advice=N_("You can end it; its owner then makes another one."),
        )


async def feed_choices(viewer: Viewer) -> tuple[FeedChoice, ...]:
    """Return what the viewer may make feeds of: the own rounds first, then teams by code."""
    choices = []
    if viewer.worker is not None and may_make_feed(viewer, worker=viewer.worker):
        row = await fetch_one("select code from workers where id = $1", viewer.worker)
        assert row is not None
        own = FeedScope(ScopeKind.WORKER, viewer.worker)
        choices.append(FeedChoice(scope=own, code=row["code"], name=""))
    rows = await fetch_all("select id, code, name from teams where active order by code")
    choices += [
        FeedChoice(scope=FeedScope(ScopeKind.TEAM, row["id"]), code=row["code"], name=row["name"])
        for row in rows
        if may_make_feed(viewer, team=row["id"])
    ]
    return tuple(choices)


def feed_facts(row: dict[str, Any]) -> FeedFacts:
    """Return what access to a feed hangs on, of a row with its owner, worker and team."""
    return FeedFacts(owner=row["owner"], worker=row["worker"], team=row["team"])


def _is_entitled(row: dict[str, Any]) -> bool:
    """Ask of the owner what was asked when the feed was made."""
    held = (each.split() for each in row["held"])
    owner = Viewer(
        account=row["owner"],
        roles=roles_of((role, int(team) or None) for role, team in held),
        language=Language(row["language"]),
        worker=row["owner_worker"],
    )
    if row["worker"] is not None:
        return may_make_feed(owner, worker=row["worker"])
    return may_make_feed(owner, team=row["team"])


def _scope(row: dict[str, Any]) -> FeedScope:
    if row["worker"] is not None:
        return FeedScope(ScopeKind.WORKER, row["worker"])
    return FeedScope(ScopeKind.TEAM, row["team"])


def _feed_row(row: dict[str, Any]) -> FeedRow:
    return FeedRow(
        id=row["id"],
        owner=row["owner"],
        owner_login=row["login"],
        scope=_scope(row),
        code=row["code"],
        device=row["device"],
        level=FeedLevel(row["level"]),
        language=Language(row["language"]),
        created_at=row["created_at"],
        last_fetch_at=row["last_fetch_at"],
        last_client=row["last_client"],
        behind=row["behind"],
    )
