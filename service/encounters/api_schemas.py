"""Encounters as programs send and get them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from service.api.schemas import Code, NextCursor
from service.encounters.states import EncounterKind, Outcome, Reason, Supply
from service.people.states import StayKind

Instant = Annotated[datetime, Meta(description="An instant in UTC.")]
SentInstant = Annotated[
    datetime,
    Meta(tz=True, description="An instant with its offset.", examples=["2026-03-02T09:00:00Z"]),
]
Minutes = Annotated[int, Meta(ge=0, le=720)]
Pieces = Annotated[int, Meta(ge=1, le=500)]
Reasons = Annotated[tuple[Reason, ...], Meta(max_length=9)]


class Encounter(msgspec.Struct, frozen=True):
    """What took place with a tenant. Workers are codes."""

    id: int
    tenant: Code
    team: Annotated[str, Meta(examples=["ACT"])]
    visit: Annotated[int | None, Meta(description="The planned visit, if there was one.")]
    kind: Annotated[
        EncounterKind, Meta(description="'at_door': a few words at the door, no home visit.")
    ]
    outcome: Outcome
    starts_at: Instant
    minutes: int
    place_kind: StayKind | None
    reasons: tuple[Reason, ...]
    supplies: Annotated[dict[Supply, int], Meta(description="Pieces handed out, by kind.")]
    workers: Annotated[tuple[str, ...], Meta(examples=[["W-01"]])]
    recorded_at: Instant
    late: Annotated[bool, Meta(description="Recorded after the day on which it took place.")]
    version: int


class EncounterPage(msgspec.Struct, frozen=True):
    """A page of encounters, latest first."""

    items: tuple[Encounter, ...]
    next_cursor: NextCursor


class NewEncounter(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What took place: of a planned `visit`, or unplanned with a `tenant` and a `kind`.

    Sent twice with the same `client_id`, it has its effect once.
    """

    client_id: Annotated[
        UUID,
        Meta(
            description="Made by the caller, one for each encounter.",
            examples=["7f8de1a4-0c53-4d4b-8f2e-5d0f6a3b9c10"],
        ),
    ]
    outcome: Outcome
    visit: Annotated[
        Annotated[int, Meta(ge=1, le=2_147_483_647)] | None,
        Meta(description="The planned visit; tenant, kind and time follow from it."),
    ] = None
    tenant: Annotated[
        Annotated[str, Meta(min_length=1, max_length=16)] | None,
        Meta(description="Of an unplanned contact.", examples=["T-001"]),
    ] = None
    kind: Annotated[EncounterKind | None, Meta(description="Of an unplanned contact.")] = None
    starts_at: Annotated[
        SentInstant | None, Meta(description="Of an unplanned contact; left out: it just ended.")
    ] = None
    place_kind: StayKind | None = None
    workers: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=16)], ...],
        Meta(max_length=10, description="Of an unplanned contact; empty: whoever records it."),
    ] = ()
    minutes: Annotated[Minutes | None, Meta(description="Left out: what is usual.")] = None
    reasons: Reasons = ()
    supplies: Annotated[dict[Supply, Pieces], Meta(description="Pieces by kind.")] = {}
    noted_at: Annotated[
        SentInstant | None, Meta(description="When it was said, where it is sent later.")
    ] = None


class EncounterChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An encounter as it should stand; what it said before is kept."""

    kind: EncounterKind
    outcome: Outcome
    starts_at: SentInstant
    minutes: Minutes
    reasons: Reasons = ()
    supplies: dict[Supply, Pieces] = {}
