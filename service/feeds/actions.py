"""What people do with feeds: make one, give it a new address, end it. And what publishing does."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from service import clock
from service.access.policy import Viewer, may_make_feed, may_revoke_feed, may_see_feed
from service.access.states import Language
from service.audit.actions import record
from service.database.sql import execute, fetch_one, fetch_value
from service.database.unit_of_work import UnitOfWork, unit_of_work
from service.errors import Forbidden, Invalid, NotFound
from service.feeds.queries import check_renewable, feed_facts
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.tokens import new_token, token_hash
from service.feeds.types import FeedScope
from service.web.i18n import N_

LONGEST_DEVICE = 60
MOST_FEEDS = 40


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed just made. The token is given here and never again; it stays out of `repr`."""

    id: int
    token: str = field(repr=False)


async def make_feed(
    viewer: Viewer, *, scope: FeedScope, device: str, level: FeedLevel, language: Language
) -> NewFeed:
    """Make a feed for one of the viewer's devices and return its token.

    Raises `Forbidden` where the viewer may have no such feed, `Invalid` for a device's name
    that is empty, too long or in use for a living feed of the same scope.
    """
    if not _may_make(viewer, scope):
        raise Forbidden(
            N_("This calendar is not yours to subscribe to."),
            advice=N_("You can have your own round and the teams you work in."),
        )
    name = " ".join(device.split())
    if not 1 <= len(name) <= LONGEST_DEVICE:
        raise Invalid({"device": N_("Give the device a name of 1 to 60 characters.")})
    async with unit_of_work() as uow:
        await _one_at_a_time(viewer.account)
        await _check_device(viewer, scope=scope, device=name)
        made = await _insert(viewer, scope=scope, device=name, level=level, language=language)
        await record(uow, viewer, "make", "feed", made.id, {"scope": scope.kind, "level": level})
    return made


async def renew_feed(viewer: Viewer, feed_id: int) -> NewFeed:
    """Give a feed a new address: the old one ends at once and says so to who still asks.

    For its owner alone. Raises `NotFound` or `Forbidden`, also where the owner may no longer
    have such a feed.
    """
    async with unit_of_work() as uow:
        await _one_at_a_time(viewer.account)
        row = await _living(viewer, feed_id)
        scope = _scope(row["worker"], row["team"])
        check_renewable(viewer, feed_facts(row))
        if not _may_make(viewer, scope):
            raise Forbidden(
                N_("This calendar is not yours to subscribe to."),
                advice=N_("You can have your own round and the teams you work in."),
            )
        await _end(uow, viewer, feed_id, why="renewed")
        made = await _insert(
            viewer,
            scope=scope,
            device=row["device"],
            level=FeedLevel(row["level"]),
            language=Language(row["language"]),
        )
        await record(uow, viewer, "make", "feed", made.id, {"instead_of": feed_id})
    return made


async def revoke_feed(viewer: Viewer, feed_id: int) -> None:
    """End a feed at once; for its owner and for administrators, else `NotFound`."""
    async with unit_of_work() as uow:
        row = await _living(viewer, feed_id)
        if not may_revoke_feed(viewer, feed_facts(row)):
            raise Forbidden
        await _end(uow, viewer, feed_id, why="revoked")


async def revoke_unentitled(feed_id: int) -> datetime:
    """End a feed whose owner may no longer have it, and return when it ended."""
    async with unit_of_work() as uow:
        ended_at = await fetch_value(
            "update feeds set state = 'revoked', revoked_at = $2"
            " where id = $1 and state = 'active' returning revoked_at",
            feed_id,
            clock.now(),
        )
        if ended_at is None:  # another process was faster
            ended_at = await fetch_value("select revoked_at from feeds where id = $1", feed_id)
        else:
            await record(uow, None, "revoke", "feed", feed_id, {"why": "no longer entitled"})
    assert isinstance(ended_at, datetime)
    return ended_at


async def end_feeds_of(uow: UnitOfWork, viewer: Viewer | None, account: int) -> None:
    """End every feed of an account that ends; joins the unit of work."""
    ended = await uow.connection.fetch(
        "update feeds set state = 'revoked', revoked_at = $2"
        " where owner = $1 and state = 'active' returning id",
        account,
        clock.now(),
    )
    for row in ended:
        await record(uow, viewer, "revoke", "feed", row["id"], {"why": "account ended"})


async def raise_feed_versions(*, team: int, workers: Iterable[str], at: datetime) -> None:
    """Say that a publication at `at` touched a team (id) and these workers (codes).

    Runs in the publishing unit of work. The instant of a version is a whole second, and later
    each time: clients and HTTP compare seconds.
    """
    await execute(_RAISE_TEAM, team, at)
    await execute(_RAISE_WORKERS, sorted(set(workers)), at)


_RAISE_TEAM = """
    insert into feed_versions (team, version, changed_at)
    values ($1, 1, date_trunc('second', $2::timestamptz))
    on conflict (team) do update
       set version = feed_versions.version + 1,
           changed_at = greatest(excluded.changed_at, feed_versions.changed_at + interval '1 s')
"""
_RAISE_WORKERS = """
    insert into feed_versions (worker, version, changed_at)
    select id, 1, date_trunc('second', $2::timestamptz)
      from workers where code = any($1::text[]) order by id
    on conflict (worker) do update
       set version = feed_versions.version + 1,
           changed_at = greatest(excluded.changed_at, feed_versions.changed_at + interval '1 s')
"""


def _may_make(viewer: Viewer, scope: FeedScope) -> bool:
    if scope.kind is ScopeKind.WORKER:
        return may_make_feed(viewer, worker=scope.id)
    return may_make_feed(viewer, team=scope.id)


def _scope(worker: int | None, team: int | None) -> FeedScope:
    if worker is not None:
        return FeedScope(ScopeKind.WORKER, worker)
    assert team is not None
    return FeedScope(ScopeKind.TEAM, team)


async def _one_at_a_time(account: int) -> None:
    """Hold an account's other requests to make feeds until this one has ended."""
    await execute("select pg_advisory_xact_lock(hashtext('feeds of account'), $1)", account)


async def _check_device(viewer: Viewer, *, scope: FeedScope, device: str) -> None:
    same, living = await _counts(viewer, scope=scope, device=device)
    if same:
        raise Invalid(
            {"device": N_("You have a calendar of this name already: give it a new address.")}
        )
    if living >= MOST_FEEDS:
        raise Invalid({"device": N_("You have 40 calendars: end one that you no longer use.")})


async def _counts(viewer: Viewer, *, scope: FeedScope, device: str) -> tuple[int, int]:
    """Return how many living feeds of the scope have this name, and how many the viewer has."""
    of_worker = scope.kind is ScopeKind.WORKER
    row = await fetch_one(
        "select count(*) filter (where lower(device) = lower($2)"
        " and worker is not distinct from $3 and team is not distinct from $4) as same,"
        " count(*) as living from feeds where owner = $1 and state = 'active'",
        viewer.account,
        device,
        scope.id if of_worker else None,
        None if of_worker else scope.id,
    )
    assert row is not None
    return row["same"], row["living"]


async def _insert(
    viewer: Viewer, *, scope: FeedScope, device: str, level: FeedLevel, language: Language
) -> NewFeed:
    token = new_token()
    of_worker = scope.kind is ScopeKind.WORKER
    feed_id = await fetch_value(
        "insert into feeds (owner, worker, team, device, level, language, token_hash, state,"
        " created_at, last_client) values ($1, $2, $3, $4, $5, $6, $7, 'active', $8, '')"
        " returning id",
        viewer.account,
        scope.id if of_worker else None,
        None if of_worker else scope.id,
        device,
        level.value,
        language.value,
        token_hash(token),
        clock.now(),
    )
    return NewFeed(id=feed_id, token=token)


async def _living(viewer: Viewer, feed_id: int) -> dict[str, Any]:
    row = await fetch_one(
        "select id, owner, worker, team, device, level, language from feeds"
        " where id = $1 and state = 'active' for update",
        feed_id,
    )
    if row is None or not may_see_feed(viewer, feed_facts(row)):
        raise NotFound
    return row


async def _end(uow: UnitOfWork, viewer: Viewer, feed_id: int, *, why: str) -> None:
    await execute(
        "update feeds set state = 'revoked', revoked_at = $2 where id = $1", feed_id, clock.now()
    )
    await record(uow, viewer, "revoke", "feed", feed_id, {"why": why})
