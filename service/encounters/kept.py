"""What a phone keeps of today, and nothing more: enough to find the door and to say how it went.

No name, no initials, no phone number, no reasons, no history, no other day: a code, a time, the
address with its access note, who comes along. It is kept until midnight at the latest.
"""

from datetime import date, datetime

import msgspec

from service.encounters.day import DayStop, WorkerDay
from service.encounters.states import Outcome
from service.rounds.states import PublishedState, VisitKind
from service.rounds.types import StopPlace


class KeptStop(msgspec.Struct, frozen=True, kw_only=True):
    """A stop on the phone; `street` and `town` in both languages, as (nl, fr)."""

    visit: int
    tenant: str
    kind: VisitKind
    starts_at: datetime
    ends_at: datetime
    street: tuple[str, str]
    town: tuple[str, str]
    access: str
    dog: bool
    pair: bool
    partners: tuple[str, ...]
    outcome: Outcome | None


class KeptRound(msgspec.Struct, frozen=True, kw_only=True):
    """A worker's today; `account` says whose it is without saying who, `until` is midnight."""

    account: str
    csrf: str
    day: date
    until: datetime
    stops: tuple[KeptStop, ...]


def kept_stops(day: WorkerDay) -> tuple[KeptStop, ...]:
    """The stops of a day that are on, as a phone keeps them."""
    return tuple(_kept(one) for one in day.stops if one.stop.state is PublishedState.CONFIRMED)


def _kept(one: DayStop) -> KeptStop:
    stop, place = one.stop, one.stop.place
    return KeptStop(
        visit=stop.visit,
        tenant=stop.tenant,
        kind=stop.kind,
        starts_at=stop.starts_at,
        ends_at=stop.ends_at,
        street=(
            _street(place, place.name_nl, place.street_nl),
            _street(place, place.name_fr, place.street_fr),
        ),
        town=(
            f"{place.postcode} {place.area.name_nl}",
            f"{place.postcode} {place.area.name_fr}",
        ),
        access=place.access_note,
        dog=place.dogs,
        pair=one.door.flagged,
        partners=stop.partners,
        outcome=one.door.outcome,
    )


def _street(place: StopPlace, name: str, street: str) -> str:
    parts = [name, f"{street} {place.house_number}".strip()]
    if place.box:
        parts.append(f"/ {place.box}")
    return ", ".join(part for part in parts[:2] if part) + "".join(f" {p}" for p in parts[2:])
