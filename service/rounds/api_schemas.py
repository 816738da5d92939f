"""Rosters, visits and published weeks as programs send and get them."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from service.api.schemas import Code, NextCursor
from service.rounds.schemas import Clock
from service.rounds.schemas import Code as WorkerCode
from service.rounds.states import Priority, PublishedState, RosterState, VisitKind, VisitState
from service.teams.states import TeamKind

Instant = Annotated[datetime, Meta(description="An instant in UTC.")]


class Team(msgspec.Struct, frozen=True):
    """A team whose weeks the caller may see."""

    code: Annotated[str, Meta(examples=["ACT"])]
    name: Annotated[str, Meta(examples=["ACT North"])]
    kind: TeamKind


class TeamList(msgspec.Struct, frozen=True):
    """The teams, by code."""

    items: tuple[Team, ...]


class RosterLine(msgspec.Struct, frozen=True):
    """A team's week: `revision` counts publications, `version` every change of the draft."""

    week: Annotated[date, Meta(description="Its Monday.", examples=["2026-03-02"])]
    state: RosterState
    revision: int
    version: Annotated[int, Meta(description="Also the `ETag` of the week and of its visits.")]
    published_at: Instant | None
    updated_at: Instant


class RosterPage(msgspec.Struct, frozen=True):
    """A page of weeks, latest first."""

    items: tuple[RosterLine, ...]
    next_cursor: NextCursor


class WaitingReason(msgspec.Struct, frozen=True):
    """Why a visit waits: after the planner's filter `code`, so many choices were left."""

    code: str
    left: int


class Published(msgspec.Struct, frozen=True):
    """How a visit was published last."""

    state: PublishedState
    starts_at: Instant
    ends_at: Instant
    workers: tuple[str, ...]


class Visit(msgspec.Struct, frozen=True):
    """A visit of a week's draft, and as it was published. Workers are codes in seat order."""

    id: int
    uid: Annotated[UUID, Meta(description="For life, also in calendar feeds.")]
    team: Annotated[str, Meta(examples=["ACT"])]
    week: date
    tenant: Code
    kind: VisitKind
    priority: Priority
    state: VisitState
    minutes: int
    workers_needed: int
    workers: Annotated[tuple[str, ...], Meta(examples=[["W-01", "W-02"]])]
    starts_at: Instant | None
    ends_at: Instant | None
    pinned: bool
    promised: bool
    overdue_days: int
    reasons: tuple[WaitingReason, ...]
    published: Published | None


class Roster(msgspec.Struct, frozen=True):
    """A team's week with all its visits, placed, waiting and called off."""

    team: Annotated[str, Meta(examples=["ACT"])]
    week: date
    state: RosterState
    revision: int
    version: int
    published_at: Instant | None
    visits: tuple[Visit, ...]


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a visit shall stand, and who goes."""

    day: Annotated[date, Meta(description="A day of the visit's week.", examples=["2026-03-03"])]
    time: Annotated[Clock, Meta(description="Local time on the grid.", examples=["09:30"])]
    workers: Annotated[
        tuple[WorkerCode, ...],
        Meta(min_length=1, max_length=2, description="Codes in seat order.", examples=[["W-01"]]),
    ]

    @property
    def start(self) -> int:
        """Minutes after local midnight."""
        digits = "".join(sign for sign in self.time if sign.isdecimal())
        return int(digits[:-2]) * 60 + int(digits[-2:])


class Promise(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the tenant was told the time."""

    promised: bool


class Publication(msgspec.Struct, frozen=True):
    """What a publication did; the same revision as before where nothing had changed."""

    revision: int
    version: int
    changes: Annotated[int, Meta(description="Visits that are new, moved or cancelled.")]


class Stop(msgspec.Struct, frozen=True):
    """A published stop of a worker; a cancelled one stays, so that its going is seen."""

    visit: int
    uid: UUID
    tenant: Code
    kind: VisitKind
    state: PublishedState
    starts_at: Instant
    ends_at: Instant
    partners: Annotated[tuple[str, ...], Meta(description="Who comes along.")]
    promised: bool
    municipality: Annotated[
        str, Meta(description="REFNIS code; the address stays in the pages.", examples=["21010"])
    ]


class WorkerWeek(msgspec.Struct, frozen=True):
    """A worker's published week."""

    worker: Annotated[str, Meta(examples=["W-01"])]
    week: date
    stops: tuple[Stop, ...]
