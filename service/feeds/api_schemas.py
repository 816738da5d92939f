"""Feeds as programs send and get them; the address is given once."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from service.access.states import Language
from service.feeds.actions import LONGEST_DEVICE
from service.feeds.states import FeedLevel, ScopeKind

Instant = Annotated[datetime, Meta(description="An instant in UTC.")]


class Feed(msgspec.Struct, frozen=True):
    """A private calendar address of the caller's, without the address."""

    id: int
    scope: ScopeKind
    code: Annotated[str, Meta(description="Of the worker or the team.", examples=["W-01"])]
    device: Annotated[str, Meta(examples=["phone"])]
    level: FeedLevel
    language: Language
    created_at: Instant
    last_fetch_at: Instant | None
    last_client: Annotated[str, Meta(description="Which calendar program fetched it last.")]
    behind: Annotated[
        int | None, Meta(description="Visits changed since the last fetch; null before the first.")
    ]


class FeedList(msgspec.Struct, frozen=True):
    """The caller's living feeds, oldest first."""

    items: tuple[Feed, ...]


class NewFeed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feed for one device: of one's own round, or of a team by code."""

    device: Annotated[str, Meta(min_length=1, max_length=LONGEST_DEVICE, examples=["wall screen"])]
    scope: ScopeKind
    team: Annotated[
        Annotated[str, Meta(min_length=1, max_length=16)] | None,
        Meta(description="The team's code, where the scope is a team.", examples=["ACT"]),
    ] = None
    level: FeedLevel = FeedLevel.MINIMAL
    language: Language


class MadeFeed(msgspec.Struct, frozen=True):
    """A feed just made. `address` holds its secret and is never given again."""

    feed: Feed
    address: Annotated[str, Meta(examples=["https://rounds.example/calendars/AbC…xYz.ics"])]
