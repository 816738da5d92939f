"""What a person says took place, and what became of saying it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from scheduling.weeks import BRUSSELS
from service.encounters.states import EncounterKind, Outcome, Reason, Supply
from service.people.states import StayKind
from service.rounds.states import VisitKind

MOST_MINUTES = 720
BROUGHT_LATE = timedelta(days=7)
"""How long a phone may hold what was said before its own time is doubted."""

KIND_OF_VISIT = {
    VisitKind.HOME_VISIT: EncounterKind.HOME_VISIT,
    VisitKind.MEDICATION: EncounterKind.HOME_VISIT,
    VisitKind.DEPOT: EncounterKind.HOME_VISIT,
    VisitKind.ACCOMPANIMENT: EncounterKind.ACCOMPANIMENT,
    VisitKind.GROUP: EncounterKind.GROUP,
}

_WITHOUT_MEETING = {
    Outcome.SHORTENED: 15,
    Outcome.NOT_HOME: 5,
    Outcome.REFUSED: 5,
    Outcome.UNSAFE: 5,
    Outcome.CANCELLED_BY_TENANT: 0,
    Outcome.CANCELLED_BY_US: 0,
    Outcome.IN_HOSPITAL: 0,
    Outcome.IN_PRISON: 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What can be said beside the outcome; `workers` are codes, `supplies` pieces by kind."""

    reasons: tuple[Reason, ...] = ()
    supplies: Mapping[Supply, int] = field(default_factory=dict)
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An outcome as a worker gives it.

    `client_id`: made by the browser, so that sending twice has one effect. `noted_at`: when it
    was said, if it is sent later.
    """

    outcome: Outcome
    details: Details = field(default_factory=Details)
    client_id: UUID | None = None
    noted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSaid:
    """A contact that nobody had planned; `starts_at` None: it has just ended.

    `workers` are codes; empty: whoever says it.
    """

    tenant: str
    kind: EncounterKind
    said: Said
    starts_at: datetime | None = None
    place_kind: StayKind | None = None
    workers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """An encounter as it should stand."""

    kind: EncounterKind
    outcome: Outcome
    starts_at: datetime
    minutes: int
    reasons: tuple[Reason, ...] = ()
    supplies: Mapping[Supply, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An encounter after somebody said how it went.

    `already`: it was there before, and nothing was changed; `outcome` is then what it says.
    """

    id: int
    version: int
    outcome: Outcome
    late: bool
    already: bool = False


def usual_minutes(outcome: Outcome, planned: int) -> int:
    """Minutes to begin with: those planned for a meeting, few without one."""
    return min(planned, _WITHOUT_MEETING.get(outcome, planned))


def is_late(starts_at: datetime, said_at: datetime) -> bool:
    """Whether it was said after the (Brussels) day on which it took place."""
    return said_at.astimezone(BRUSSELS).date() > starts_at.astimezone(BRUSSELS).date()


def said_at(noted_at: datetime | None, now: datetime) -> datetime:
    """When it was said: a phone's own time where it can be true, else now."""
    if noted_at is None or not now - BROUGHT_LATE <= noted_at <= now:
        return now
    return noted_at
