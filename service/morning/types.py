"""What a morning meeting shows of each tenant."""

from dataclasses import dataclass
from datetime import date, datetime

from service.encounters.states import EncounterKind, Outcome
from service.morning.wishes import DayWish
from service.people.states import StayKind
from service.safety.types import AlertView


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTry:
    """The last encounter, with or without contact; `by` are workers' codes."""

    at: datetime
    kind: EncounterKind
    outcome: Outcome
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayVisit:
    """A visit of today; `published`: people were told. `outcome` once it is recorded.

    One that is only drafted has no entry in anybody's round yet.
    """

    visit: int
    starts_at: datetime
    ends_at: datetime
    workers: tuple[str, ...]
    published: bool
    promised: bool
    outcome: Outcome | None


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

    @property
    def goes(self) -> int:
        """How many tenants somebody goes to today."""
        return sum(bool(one.today) for one in self.tenants)

    @property
    def alerts(self) -> int:
        """How many tenants have an open alert."""
        return sum(one.alert is not None for one in self.tenants)

    @property
    def overdue(self) -> int:
        """How many tenants wait longer than agreed."""
        return sum(bool(one.overdue) for one in self.tenants)
