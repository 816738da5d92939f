"""What a morning meeting shows of each tenant."""

from dataclasses import dataclass
from datetime import date, datetime

from service.encounters.states import EncounterKind, Outcome
from service.morning.crew import CrewMember
from service.morning.states import DayWishKind
from service.morning.wishes import DayWish
from service.people.states import StayKind
from service.safety.queries import UnrecordedVisit
from service.safety.types import AlertView

ONE_COLUMN = 24
"""So many tenants stand in one list; more stand in two."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTry:
    """The last encounter, with or without contact; `by` are workers' codes."""

    at: datetime
    kind: EncounterKind
    outcome: Outcome
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """When a visit is and who goes (codes), as people were told."""

    starts_at: datetime
    workers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayVisit:
    """A visit of today as the draft has it; `told` as it was published for today, None if not.

    `off`: people were told, and it was taken off since. `outcome` once it is recorded.
    """

    visit: int
    starts_at: datetime
    workers: tuple[str, ...]
    told: Told | None
    off: bool
    promised: bool
    outcome: Outcome | None

    @property
    def published(self) -> bool:
        """Whether it is as people were told."""
        return not self.off and self.told == Told(starts_at=self.starts_at, workers=self.workers)

    def to_come(self, now: datetime) -> bool:
        """Whether it can still be changed."""
        return not self.off and self.outcome is None and self.starts_at > now


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningTenant:
    """A tenant as the meeting goes through them; `name` only while names are shown."""

    id: int
    code: str
    name: str
    primary: str | None
    last_contact: date | None
    last_by: tuple[str, ...]
    last_try: LastTry | None
    overdue: int | None
    paused: bool
    stay: StayKind | None
    two_workers: bool
    dogs: bool
    permit: bool
    alert: AlertView | None
    today: tuple[TodayVisit, ...]
    wish: DayWish | None
    unrecorded: UnrecordedVisit | None = None

    @property
    def visited(self) -> bool:
        """Whether somebody goes today."""
        return any(not one.off for one in self.today)

    @property
    def waits(self) -> bool:
        """Whether the meeting asked that somebody goes, and the draft has nobody yet."""
        return self.wish is not None and self.wish.kind is DayWishKind.GO and not self.visited

    @property
    def calls_for_talk(self) -> bool:
        """Whether the meeting should stop here: an alert, or longer than agreed without contact."""
        return self.alert is not None or bool(self.overdue)


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningBoard:
    """A team's meeting of a day; `plans`: the viewer may ask and re-plan.

    `published`: the day's week is. `unpublished`: visits of today whose draft differs from what
    people were told.
    """

    team: int
    team_code: str
    team_name: str
    day: date
    plans: bool
    published: bool
    unpublished: int
    workers: dict[str, str]
    tenants: tuple[MorningTenant, ...]
    crew: tuple[CrewMember, ...] = ()

    @property
    def goes(self) -> int:
        """How many tenants somebody goes to today."""
        return sum(one.visited for one in self.tenants)

    @property
    def waiting(self) -> int:
        """How many tenants somebody is to go to whom nobody goes to yet."""
        return sum(one.waits for one in self.tenants)

    @property
    def columns(self) -> tuple[tuple[MorningTenant, ...], ...]:
        """The tenants in one list, or in two of the same length that stand side by side."""
        if len(self.tenants) <= ONE_COLUMN:
            return (self.tenants,)
        half = (len(self.tenants) + 1) // 2
        return (self.tenants[:half], self.tenants[half:])

    def visits_of(self, worker: str) -> int:
        """How many visits of today a worker (code) goes to."""
        return sum(
            worker in visit.workers and not visit.off for one in self.tenants for visit in one.today
        )

    @property
    def alerts(self) -> int:
        """How many tenants have an open alert."""
        return sum(one.alert is not None for one in self.tenants)

    @property
    def overdue(self) -> int:
        """How many tenants wait longer than agreed."""
        return sum(bool(one.overdue) for one in self.tenants)
