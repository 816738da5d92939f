"""Keeps rendered feeds in memory: each is rendered once per change, however many ask for it."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from service.access.states import Language
from service.feeds.calendar import render_feed
from service.feeds.conditional import Body, body_of
from service.feeds.content import feed_content
from service.feeds.queries import FeedAccess
from service.feeds.states import FeedLevel
from service.feeds.types import FeedScope
from service.feeds.window import holds_until, last_midnight, shown_visits

MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class BodyKey:
    """Feeds that agree in these share their body."""

    scope: FeedScope
    level: FeedLevel
    language: Language


@dataclass(frozen=True, slots=True)
class KeptBody:
    """A body, the version of its rows, and the stretch of time in which it is right."""

    body: Body
    version: int
    holds_from: datetime
    holds_until: datetime

    def is_right(self, *, version: int, at: datetime) -> bool:
        """Say whether it may answer a fetch of that version at that instant."""
        return self.version == version and self.holds_from <= at < self.holds_until


Render = Callable[[FeedAccess, datetime], Awaitable[KeptBody]]


class BodyCache:
    """The bodies asked for lately, up to a number of bytes; the longest unused goes first."""

    def __init__(self, render: Render, *, most_bytes: int = MOST_BYTES) -> None:
        self._render = render
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[BodyKey, KeptBody] = OrderedDict()
        self._locks: dict[BodyKey, asyncio.Lock] = {}

    async def body(self, access: FeedAccess, at: datetime) -> Body:
        """Return the feed's body at an instant; while it is rendered, others wait for it."""
        key = BodyKey(scope=access.scope, level=access.level, language=access.language)
        kept = self._right(key, access, at)
        if kept is not None:
            return kept.body
        lock = self._locks.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                kept = self._right(key, access, at)
                if kept is None:
                    kept = await self._render(access, at)
                    self._keep(key, kept)
        finally:
            self._locks.pop(key, None)
        return kept.body

    def _right(self, key: BodyKey, access: FeedAccess, at: datetime) -> KeptBody | None:
        kept = self._kept.get(key)
        if kept is None or not kept.is_right(version=access.version, at=at):
            return None
        self._kept.move_to_end(key)
        return kept

    def _keep(self, key: BodyKey, kept: KeptBody) -> None:
        before = self._kept.pop(key, None)
        self._bytes += len(kept.body.content) - (len(before.body.content) if before else 0)
        self._kept[key] = kept
        while self._bytes > self._most_bytes and len(self._kept) > 1:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest.body.content)


async def render_body(access: FeedAccess, at: datetime) -> KeptBody:
    """Read the published rows and render them, in a thread: a large team's takes a while.

    Last-Modified is the last publication that touched the feed, or the last instant at which
    time alone took a visit out of it.
    """
    content = await feed_content(access.scope, level=access.level, at=at)
    visits = shown_visits(content.visits, at)
    rendered = await asyncio.to_thread(
        render_feed,
        visits,
        shown_visits(content.duties, at),
        scope=access.scope,
        level=access.level,
        language=access.language,
    )
    changed_at = max(filter(None, (access.changed_at, content.left_at)))
    return KeptBody(
        body=body_of(rendered, last_modified=changed_at),
        version=access.version,
        holds_from=max(filter(None, (last_midnight(at), content.left_at))),
        holds_until=holds_until((*content.visits, *content.duties), at),
    )
