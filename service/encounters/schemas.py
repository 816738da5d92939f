"""What the forms of a worker's day send."""

from datetime import date, datetime, time
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from service.encounters.states import DayPart, EncounterKind, MarkKind, Outcome, Reason
from service.encounters.words import ContactWay

Instant = Annotated[datetime, Meta(tz=True)]
Minutes = Annotated[int, Meta(ge=0, le=720)]
Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$")]
Pieces = Annotated[int, Meta(ge=0, le=500)]


def time_of(clock: str) -> time:
    """The time of a `Clock`, to the minute."""
    hours, minutes = clock.split(":")[:2]
    return time(int(hours), int(minutes))


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
    """An unplanned contact; day and time only where it was earlier. `noted_at`: on the phone."""

    way: ContactWay
    outcome: Outcome
    day: date | None = None
    time: Clock | None = None
    client_id: UUID | None = None
    noted_at: Instant | None = None


class EncounterForm(msgspec.Struct):
    """An encounter as it should stand; supplies are pieces by kind."""

    version: int
    kind: EncounterKind
    outcome: Outcome
    day: date
    time: Clock
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
    from_time: Clock | None = None
    to_time: Clock | None = None
    permit: bool = False
