"""What a tenant's page shows, part by part; a part that the reader may not see is None."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from service.encounters.states import EncounterKind, Outcome, Reason
from service.housing.states import LandlordKind, LeaseKind
from service.people.facts import WeekdayWindow
from service.people.life import LifeState
from service.people.states import (
    AgreementPreset,
    AppointmentKind,
    EthosOccasion,
    IncomeKind,
    SeriesKind,
    StayKind,
    Wish,
)
from service.rounds.states import VisitKind
from service.teams.states import Discipline, Gender


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamOf:
    """A team with its workers, by code and first name; `row` is the assignment's id.

    `begins` is the first day of one that has not begun yet.
    """

    id: int
    row: int
    begins: date | None
    code: str
    name: str
    primary: str | None
    primary_name: str | None
    backup: str | None
    backup_name: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a place is; for the page alone."""

    name_fr: str
    name_nl: str
    street_fr: str
    street_nl: str
    house_number: str
    box: str
    postcode: str
    refnis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """The main tenancy with its dwelling and lease; cents a month."""

    dwelling: str
    address: Address
    floor: int
    lift: bool
    since: date
    until: date | None
    landlord_kind: LandlordKind
    lease_kind: LeaseKind | None
    rent_cents: int | None
    charges_cents: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentStay:
    """Where the tenant can be visited now; `until` is the first day elsewhere."""

    id: int
    kind: StayKind
    address: Address
    since: date
    until: date | None
    windows: tuple[WeekdayWindow, ...]
    dogs: bool
    permit_needed: bool
    access_note: str
    unsafe_persons: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementShown:
    """The agreement in force; `wishes` are (worker code, wish), `pause` the id of today's."""

    preset: AgreementPreset
    since: date
    contacts: int
    period_days: int
    longest_gap_days: int
    minutes: int
    workers_needed: int
    disciplines: tuple[Discipline, ...]
    windows: tuple[WeekdayWindow, ...]
    gender_wish: Gender | None
    gender_wish_hard: bool
    counts_phone: bool
    paused_until: date | None
    paused: bool
    pause: int | None
    wishes: tuple[tuple[str, Wish], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesShown:
    """Visits on given weekdays or at an interval."""

    id: int
    kind: SeriesKind
    weekdays: tuple[int, ...]
    interval_days: int | None
    tolerance_days: int
    minutes: int
    discipline: Discipline | None
    from_minute: int | None
    to_minute: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagShown:
    """'Two workers'; `reason` is None for whoever may not read it."""

    raised_on: date
    review_on: date
    review_due: bool
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionShown:
    """Whom or where not; one of `worker` (code) and `refnis`. `reason` as for flags.

    `where`: a worker is kept from the stay's building or municipality, not from the tenant; that is
    changed on the worker's page, and why is told there alone.
    """

    id: int
    worker: str | None
    refnis: str | None
    where: Literal["building", "area"] | None
    until: date | None
    review_on: date | None
    review_due: bool
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentShown:
    """Something outside at a fixed time; `needs` are kinds of resource."""

    id: int
    kind: AppointmentKind
    address: Address
    starts_at: datetime
    minutes: int
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EncounterShown:
    """What took place; workers are codes."""

    kind: EncounterKind
    outcome: Outcome
    starts_at: datetime
    minutes: int
    workers: tuple[str, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextVisit:
    """A published visit to come; workers are codes."""

    kind: VisitKind
    starts_at: datetime
    ends_at: datetime
    workers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StayLine:
    """Another stay in force or to come, beside the one where visits go."""

    id: int
    kind: StayKind
    since: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementAhead:
    """An agreement that begins later."""

    starts_on: date
    contacts: int
    period_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """An ETHOS observation."""

    id: int
    observed_on: date
    category: int
    occasion: EthosOccasion


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeShown:
    """A source of income in force."""

    id: int
    kind: IncomeKind
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MayEdit:
    """What this reader may change of the tenant."""

    person: bool
    support: bool
    raise_flag: bool
    safety: bool
    assign: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What only the team reads: contact agreed and kept, whereabouts, appointments."""

    overdue: int | None
    last_on: date | None
    funder: str
    stay: CurrentStay | None
    other_stays: tuple[StayLine, ...]
    ethos: tuple[Observation, ...]
    incomes: tuple[IncomeShown, ...]
    agreement_ahead: AgreementAhead | None
    agreement: AgreementShown | None
    series: tuple[SeriesShown, ...]
    appointments: tuple[AppointmentShown, ...]
    encounters: tuple[EncounterShown, ...]
    next_visits: tuple[NextVisit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TenantPage:
    """A tenant as one reader may see it. `away_until`: absent from home, (day or None, True).

    `reasons_shown`: the reader may read why somebody is excluded or two workers are asked.
    """

    id: int
    code: str
    first_name: str
    last_name: str
    birth_date: date
    gender: Gender
    languages: tuple[str, ...]
    interpreter: bool
    phone: str
    state: LifeState
    teams: tuple[TeamOf, ...]
    home: Home | None
    away: bool
    away_until: date | None
    flag: FlagShown | None
    exclusions: tuple[ExclusionShown, ...]
    reasons_shown: bool
    may: MayEdit
    support: Support | None
