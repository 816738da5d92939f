"""The messages of notices: codes, ids, counts and days, and not one field for a name.

Each is the answer to 'what happened?' for whoever is told; `service.notices.words` says it in
their language. Codes are those of teams, workers and tenants.
"""

from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from service.notices.states import LoneStep, NoticeKind


class WeekPublished(msgspec.Struct, frozen=True, kw_only=True, tag="week_published"):
    """A week was published, or published anew: what changed for the one who reads this."""

    team: str
    week: date
    revision: int
    new: int = 0
    moved: int = 0
    cancelled: int = 0
    duties: bool = False
    days: tuple[date, ...] = ()


class ChangedToday(msgspec.Struct, frozen=True, kw_only=True, tag="changed_today"):
    """The reader's round of today changed."""

    team: str
    day: date
    revision: int
    new: int = 0
    moved: int = 0
    cancelled: int = 0


class RepairAsked(msgspec.Struct, frozen=True, kw_only=True, tag="repair_asked"):
    """A team's published week needs a repair, because of a worker if `worker` is given."""

    team: str
    week: date
    worker: str = ""
    visits: int = 0


class AbsenceNoted(msgspec.Struct, frozen=True, kw_only=True, tag="absence"):
    """A worker is away; never why."""

    worker: str
    starts_on: date
    ends_on: date | None = None
    visits: int = 0


class LoneWorkerStep(msgspec.Struct, frozen=True, kw_only=True, tag="lone_worker"):
    """A step of a lone-worker check; `minutes` after the planned end, `check` its id."""

    check: int
    worker: str
    step: LoneStep
    minutes: int = 0


class NoContact(msgspec.Struct, frozen=True, kw_only=True, tag="no_contact"):
    """A no-contact alert was opened or came to a new step; `days` since the last contact."""

    alert: int
    tenant: str
    days: int | None = None
    missed: int = 0


class Proposal(msgspec.Struct, frozen=True, kw_only=True, tag="proposal"):
    """A worker proposes another time after an outcome such as 'not home'; `visit` is its id."""

    team: str
    worker: str
    tenant: str
    visit: int
    outcome: str = ""
    proposed_at: datetime | None = None


Message = (
    WeekPublished
    | ChangedToday
    | RepairAsked
    | AbsenceNoted
    | LoneWorkerStep
    | NoContact
    | Proposal
)


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who is told: accounts by id, workers by code, the leads of teams by id of the team.

    `but` are accounts that are not: whoever did it knows. Whoever is named twice is told once; a
    worker without an account is not told.
    """

    accounts: frozenset[int] = frozenset()
    workers: frozenset[str] = frozenset()
    leads_of: frozenset[int] = frozenset()
    but: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class NoticeObject:
    """What a message is about, by kind and code or id."""

    kind: str
    ref: str


def kind_of(message: Message) -> NoticeKind:
    """The kind by which people choose how they are told."""
    return NoticeKind(str(type(message).__struct_config__.tag))


def object_of(message: Message) -> NoticeObject:
    """What the message is about."""
    match message:
        case WeekPublished() | RepairAsked():
            return NoticeObject("roster", f"{message.team}:{message.week}")
        case ChangedToday():
            return NoticeObject("roster", f"{message.team}:{message.day}")
        case AbsenceNoted():
            return NoticeObject("worker", message.worker)
        case LoneWorkerStep():
            return NoticeObject("lone_check", str(message.check))
        case NoContact():
            return NoticeObject("no_contact_alert", str(message.alert))
        case Proposal():
            return NoticeObject("visit", str(message.visit))


def path_of(message: Message) -> str:
    """Where the message leads, unless whoever sends it knows better."""
    match message:
        case WeekPublished():
            return f"/my-week/{message.week}"
        case ChangedToday():
            return f"/today/{message.day}"
        case RepairAsked():
            return f"/board/{message.team}/{message.week}"
        case NoContact():
            return f"/tenants/{message.tenant}"
        case Proposal():
            return f"/board/{message.team}"
        case AbsenceNoted() | LoneWorkerStep():
            return "/notices"


def workers_in(message: Message) -> tuple[str, ...]:
    """The codes of the workers whom a message speaks of."""
    match message:
        case RepairAsked(worker=worker) | AbsenceNoted(worker=worker):
            return (worker,) if worker else ()
        case LoneWorkerStep(worker=worker) | Proposal(worker=worker):
            return (worker,)
        case _:
            return ()
