"""What a feed is about and what its visits say: plain data between queries and calendar."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from service.feeds.states import ScopeKind
from service.teams.states import DutyKind


@dataclass(frozen=True, slots=True)
class FeedScope:
    """Whose visits a feed holds: `id` is a worker's or a team's."""

    kind: ScopeKind
    id: int


@dataclass(frozen=True, slots=True)
class Person:
    """A tenant or a worker as far as a feed may name them; `initials` such as 'G.P.'."""

    code: str
    initials: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a visit takes place, without the name of the place: it may be a hospital or a court."""

    municipality_fr: str
    municipality_nl: str
    street_fr: str = ""
    street_nl: str = ""
    house_number: str = ""
    box: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class FeedVisit:
    """A published visit as one feed sees it.

    `workers` are those to be named: in a worker's own feed the others who come along, in a
    team's feed all. `changed_at` and `sequence` are those of this view of the visit.
    """

    uid: UUID
    starts_at: datetime
    ends_at: datetime
    tenant: Person
    workers: tuple[Person, ...]
    address: Address
    sequence: int
    changed_at: datetime
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedDuty:
    """A published duty as one feed sees it; `worker` is to be named in a team's feed only.

    `cancelled_at`: when the feed's worker lost it, or in a team's feed everybody.
    """

    uid: UUID
    kind: DutyKind
    starts_at: datetime
    ends_at: datetime
    worker: Person | None
    sequence: int
    changed_at: datetime
    cancelled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedContent:
    """The rows behind a feed's body.

    `left_at` is the last instant at which the passing of time took something out of the feed.
    """

    visits: tuple[FeedVisit, ...]
    left_at: datetime | None = None
    duties: tuple[FeedDuty, ...] = ()
