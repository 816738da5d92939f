"""What the demonstration service consists of, as frozen rows that refer to each other by code.

Days are dates, ranges half-open, minutes local after midnight, money in cents, instants UTC. Every
`key` is unique within its list; the writer turns keys into ids.
"""

from dataclasses import dataclass
from datetime import date, datetime

from service.encounters.states import EncounterKind, Outcome, Reason
from service.housing.states import (
    LandlordKind,
    LeaseKind,
    LeaseLevel,
    MoveKind,
    MoveState,
    TenancyEnd,
)
from service.people.states import (
    AgreementPreset,
    AppointmentKind,
    EndReason,
    IncomeKind,
    SeriesKind,
    StayKind,
    Wish,
)
from service.places.states import PlaceKind
from service.teams.states import AbsenceKind, Discipline, Gender, TeamKind, TravelMode

Window = tuple[int, int, int]
"""Weekday 1 to 7, from and to minute."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlace:
    key: str
    kind: PlaceKind
    municipality: str
    lat: float
    lon: float
    name_fr: str = ""
    name_nl: str = ""
    street_fr: str = ""
    street_nl: str = ""
    house_number: str = ""
    box: str = ""
    postcode: str = ""
    opening_hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTeam:
    code: str
    name: str
    kind: TeamKind
    base: str
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoWorker:
    """`hours` holds (week of the cycle, weekday, from, to), `teams` the codes of the teams."""

    code: str
    first_name: str
    last_name: str
    discipline: Discipline
    gender: Gender
    languages: tuple[str, ...]
    teams: tuple[str, ...]
    hours: tuple[tuple[int, int, int, int], ...]
    employed_from: date
    contract_percent: int = 100
    visiting_share_percent: int = 50
    skills: tuple[str, ...] = ()
    cycle_weeks: int = 1
    may_go_alone: bool = True
    counts_as_second: bool = True
    no_dogs: bool = False
    travel_mode: TravelMode = TravelMode.TRANSIT
    max_visits_per_day: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAbsence:
    worker: str
    starts_at: datetime
    ends_at: datetime
    kind: AbsenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTenant:
    code: str
    first_name: str
    last_name: str
    birth_date: date
    gender: Gender
    languages: tuple[str, ...]
    interpreter: bool
    phone: str
    funder: str
    referred_on: date
    accepted_on: date
    ended_on: date | None
    end_reason: EndReason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLandlord:
    key: str
    name: str
    kind: LandlordKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoDwelling:
    code: str
    place: str
    landlord: str
    floor: int
    lift: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoLease:
    key: str
    dwelling: str
    kind: LeaseKind
    level: LeaseLevel
    head_lease: str | None
    starts_on: date
    ends_on: date | None
    notice_on: date | None
    rent_cents: int
    charges_cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoTenancy:
    key: str
    tenant: str
    dwelling: str
    lease: str
    starts_on: date
    ends_on: date | None
    end_reason: TenancyEnd | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoMove:
    tenant: str
    kind: MoveKind
    state: MoveState
    happens_on: date
    from_tenancy: str | None
    to_tenancy: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoStay:
    tenant: str
    kind: StayKind
    place: str
    starts_on: date
    ends_on: date | None
    tenancy: str | None = None
    visiting_windows: tuple[Window, ...] = ()
    dogs: bool = False
    permit_needed: bool = False
    access_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAssignment:
    tenant: str
    team: str
    primary_worker: str | None
    backup_worker: str | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAgreement:
    """`pauses` are (from, to) days; `wishes` are (worker, wanted or not)."""

    tenant: str
    preset: AgreementPreset
    starts_on: date
    ends_on: date | None
    contacts: int
    period_days: int
    longest_gap_days: int
    minutes: int
    workers_needed: int = 1
    disciplines: tuple[Discipline, ...] = ()
    windows: tuple[Window, ...] = ()
    gender_wish: Gender | None = None
    gender_wish_hard: bool = False
    distinct_workers: int = 2
    most_workers: int | None = None
    counts_phone: bool = False
    pauses: tuple[tuple[date, date | None], ...] = ()
    wishes: tuple[tuple[str, Wish], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoSeries:
    tenant: str
    kind: SeriesKind
    starts_on: date
    minutes: int
    weekdays: tuple[int, ...] = ()
    interval_days: int | None = None
    tolerance_days: int = 0
    anchor_on: date | None = None
    discipline: Discipline | None = None
    from_minute: int | None = None
    to_minute: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoExclusion:
    starts_on: date
    reason: str
    worker: str | None = None
    tenant: str | None = None
    place: str | None = None
    municipality: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFlag:
    tenant: str
    raised_on: date
    review_on: date
    reason: str
    lifted_on: date | None = None
    lifted_by: str | None = None
    lift_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoIncome:
    tenant: str
    kind: IncomeKind
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoAppointment:
    tenant: str
    kind: AppointmentKind
    place: str
    starts_at: datetime
    minutes: int
    pick_up: str | None = None
    end_place: str | None = None
    discipline: Discipline | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoEncounter:
    tenant: str
    team: str
    kind: EncounterKind
    outcome: Outcome
    starts_at: datetime
    minutes: int
    place_kind: StayKind | None
    reasons: tuple[Reason, ...]
    recorded_at: datetime
    workers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """The whole demonstration service as of a day: everything, in an order that can be written."""

    places: tuple[DemoPlace, ...]
    teams: tuple[DemoTeam, ...]
    workers: tuple[DemoWorker, ...]
    absences: tuple[DemoAbsence, ...]
    tenants: tuple[DemoTenant, ...]
    landlords: tuple[DemoLandlord, ...]
    dwellings: tuple[DemoDwelling, ...]
    leases: tuple[DemoLease, ...]
    tenancies: tuple[DemoTenancy, ...]
    moves: tuple[DemoMove, ...]
    stays: tuple[DemoStay, ...]
    assignments: tuple[DemoAssignment, ...]
    agreements: tuple[DemoAgreement, ...]
    series: tuple[DemoSeries, ...]
    exclusions: tuple[DemoExclusion, ...]
    flags: tuple[DemoFlag, ...]
    incomes: tuple[DemoIncome, ...]
    appointments: tuple[DemoAppointment, ...]
    encounters: tuple[DemoEncounter, ...]
