"""What the forms of a worker's day send."""

from datetime import date, datetime
from datetime import time as clock_time
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from service.encounters.states import DayPart, EncounterKind, MarkKind, Outcome, Reason
from service.encounters.words import ContactWay

Instant = Annotated[datetime, Meta(tz=True)]
Minutes = Annotated[int, Meta(ge=0, le=720)]
Pieces = Annotated[int, Meta(ge=0, le=500)]


class OutcomeForm(msgspec.Struct):
    """How a planned visit went. `noted_at`: on the phone, if it is sent later."""

    outcome: Outcome
    client_id: UUID | None = None
    noted_at: Instant | None = None


class MarkForm(msgspec.Struct):
    """'On my way' or 'arrived', or that it was not so."""

    kind: MarkKind
    undo: bool = False
    client_id: UUID | None = None
    noted_at: Instant | None = None


class ContactForm(msgspec.Struct):
    """An unplanned contact; day and time only where it was earlier."""

    way: ContactWay
    outcome: Outcome
    day: date | None = None
    time: clock_time | None = None
    client_id: UUID | None = None


class EncounterForm(msgspec.Struct):
    """An encounter as it should stand; supplies are pieces by kind."""

    version: int
    kind: EncounterKind
    outcome: Outcome
    day: date
    time: clock_time
    minutes: Minutes
    reasons: tuple[Reason, ...] = ()
    food_parcel: Pieces = 0
    hygiene_kit: Pieces = 0
    clothes: Pieces = 0
    condoms: Pieces = 0
    syringes: Pieces = 0
    naloxone: Pieces = 0
    transport_ticket: Pieces = 0
    phone_credit: Pieces = 0


class AgainForm(msgspec.Struct):
    """How a missed visit is to be tried again."""

    part: DayPart | None = None
    call_first: bool = False


class AwayForm(msgspec.Struct):
    """Where somebody who is in hospital or prison can be visited."""

    since: date
    place: str
    from_time: clock_time | None = None
    to_time: clock_time | None = None
    permit: bool = False
