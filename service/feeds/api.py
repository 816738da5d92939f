"""Serves feeds to calendar programs: `/calendars/<token>.ics`, the hot path of the service.

A fetch asks the database once, for the feed's state and the version of its rows; the body comes
from memory. The token never reaches a log: it is struck out of the request's path at once.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from litestar import HttpMethod, Litestar, MediaType, Request, route
from litestar.params import FromPath
from litestar.response.base import ASGIResponse
from litestar.types import ControllerRouterHandler

from service import clock
from service.feeds.actions import revoke_unentitled
from service.feeds.bodies import BodyCache, render_body
from service.feeds.calendar import render_ended
from service.feeds.clients import client_name
from service.feeds.conditional import Body, body_of, feed_headers, is_unchanged
from service.feeds.fetches import FLUSH_EVERY_SECONDS, Fetch, FetchLog, flushing
from service.feeds.links import PATH
from service.feeds.queries import ENDED_SHOWN_FOR, FeedAccess, feed_access
from service.feeds.states import FeedState
from service.feeds.tokens import looks_like_token
from service.web.routing import BY_TOKEN

CALENDAR = "text/calendar; charset=utf-8"
_STRUCK_OUT = f"{PATH}/-.ics"


@dataclass(frozen=True)
class FeedService:
    """What a process keeps in memory for its feeds."""

    bodies: BodyCache = field(default_factory=lambda: BodyCache(render_body))
    fetches: FetchLog = field(default_factory=FetchLog)


def feed_service(app: Litestar) -> FeedService:
    """Return the application's own, made at the first use."""
    kept = app.state.get("feeds") or app.state.setdefault("feeds", FeedService())
    assert isinstance(kept, FeedService)
    return kept


@asynccontextmanager
async def keep_feeds(app: Litestar) -> AsyncIterator[None]:
    """A lifespan, inside that of the database: write down regularly who fetched what."""
    async with flushing(feed_service(app).fetches, every_seconds=FLUSH_EVERY_SECONDS):
        yield


@route(
    f"{PATH}/{{file:str}}",
    http_method=[HttpMethod.GET, HttpMethod.HEAD],
    opt={**BY_TOKEN, "no_session": True},
    name="feed",
    media_type=MediaType.TEXT,
)
async def fetch_feed(request: Request[Any, Any, Any], file: FromPath[str]) -> ASGIResponse:
    """Answer a calendar program: 200, 304, 404 for an unknown token, 410 for one long ended."""
    _strike_out(request)
    token = file.removesuffix(".ics")
    if token == file or not looks_like_token(token):
        return _plain(request, 404, "There is no calendar at this address.")
    access = await feed_access(token)
    if access is None:
        return _plain(request, 404, "There is no calendar at this address.")
    now = clock.now()
    ended_at = await _ended_at(access)
    if ended_at is not None:
        if now >= ended_at + ENDED_SHOWN_FOR:
            return _plain(request, 410, "This calendar subscription has ended.")
        content = render_ended(ended_at=ended_at, language=access.language)
        return _answer(request, body_of(content, last_modified=ended_at))
    feeds = feed_service(request.app)
    body = await feeds.bodies.body(access, now)
    if request.method == "GET":
        client = client_name(request.headers.get("User-Agent", ""))
        feeds.fetches.note(Fetch(feed=access.id, at=now, client=client, version=access.version))
    return _answer(request, body)


ROUTES: tuple[ControllerRouterHandler, ...] = (fetch_feed,)


async def _ended_at(access: FeedAccess) -> datetime | None:
    """Return when the feed ended, ending it now if its owner may no longer have it."""
    if access.state is FeedState.REVOKED:
        return access.revoked_at
    return None if access.entitled else await revoke_unentitled(access.id)


def _strike_out(request: Request[Any, Any, Any]) -> None:
    """Take the token out of the path that servers and error handlers log."""
    request.scope["path"] = _STRUCK_OUT
    request.scope["raw_path"] = _STRUCK_OUT.encode()
    request.scope["path_params"] = {}


def _answer(request: Request[Any, Any, Any], body: Body) -> ASGIResponse:
    headers = feed_headers(body)
    unchanged = is_unchanged(
        body,
        if_none_match=request.headers.get("If-None-Match"),
        if_modified_since=request.headers.get("If-Modified-Since"),
    )
    if unchanged:
        return ASGIResponse(status_code=304, headers=headers)
    headers |= {"Content-Type": CALENDAR, "Content-Length": str(len(body.content))}
    if request.method == "HEAD":
        return ASGIResponse(headers=headers, is_head_response=True)
    return ASGIResponse(body=body.content, headers=headers)


def _plain(request: Request[Any, Any, Any], status: int, sentence: str) -> ASGIResponse:
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    if request.method == "HEAD":
        return ASGIResponse(status_code=status, headers=headers, is_head_response=True)
    return ASGIResponse(
        body=sentence, status_code=status, headers=headers, media_type=MediaType.TEXT
    )
