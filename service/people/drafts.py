"""What is edited of a tenant, as it is sent: each with the bounds that a form or a client keeps."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from service.people.facts import WeekdayWindow
from service.people.states import (
    AgreementPreset,
    AppointmentKind,
    EndReason,
    EthosOccasion,
    IncomeKind,
    SeriesKind,
    StayKind,
)
from service.teams.states import Discipline, Gender

Name = Annotated[str, Meta(min_length=1, max_length=80)]
Note = Annotated[str, Meta(max_length=1000)]
Code = Annotated[str, Meta(min_length=1, max_length=16, pattern=r"^[A-Za-z0-9._-]+$")]
LanguageCode = Annotated[str, Meta(pattern=r"^[a-z]{2,3}$")]
Id = Annotated[int, Meta(ge=1, le=2_000_000_000)]
Contacts = Annotated[int, Meta(ge=1, le=31)]
Days = Annotated[int, Meta(ge=1, le=366)]
Minutes = Annotated[int, Meta(ge=5, le=600)]
Workers = Annotated[int, Meta(ge=1, le=2)]
Weekday = Annotated[int, Meta(ge=1, le=7)]


class PersonDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant's own data; `funder` is support data and None leaves it as it is."""

    first_name: Name
    last_name: Name
    birth_date: date
    gender: Gender
    languages: tuple[LanguageCode, ...] = ()
    interpreter: bool = False
    phone: Annotated[str, Meta(max_length=24, pattern=r"^[0-9+ ()./-]*$")] = ""
    funder: Annotated[str, Meta(pattern=r"^[a-z_]{2,24}$")] | None = None
    referred_on: date
    accepted_on: date | None = None
    ended_on: date | None = None
    end_reason: EndReason | None = None


class AssignmentDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A tenant in a team; workers by code."""

    team: Code
    primary: Code | None = None
    backup: Code | None = None
    starts_on: date
    ends_on: date | None = None


class EthosDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody lived on a day: 1 living rough to 13 extreme overcrowding."""

    observed_on: date
    category: Annotated[int, Meta(ge=1, le=13)]
    occasion: EthosOccasion


class IncomeDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A source of income from a day on."""

    kind: IncomeKind
    starts_on: date
    ends_on: date | None = None


class NewPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A place that is not known yet: `near` is a stop's name, or `point` 'latitude, longitude'."""

    name: Annotated[str, Meta(max_length=160)] = ""
    street: Annotated[str, Meta(max_length=160)] = ""
    house_number: Annotated[str, Meta(max_length=16)] = ""
    near: Annotated[str, Meta(max_length=160)] = ""
    point: Annotated[str, Meta(max_length=60)] = ""


class StayDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Where a tenant can be visited: `tenancy` for a home, else `place` or `new_place`.

    `place` is a choice of `service.places.directory`.
    """

    kind: StayKind
    starts_on: date
    ends_on: date | None = None
    tenancy: Id | None = None
    place: str = ""
    new_place: NewPlace | None = None
    windows: tuple[WeekdayWindow, ...] = ()
    dogs: bool = False
    permit_needed: bool = False
    access_note: Note = ""
    unsafe_persons: Note = ""


class AgreementDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What the tenant chose, from a day on; `wanted` and `unwanted` are workers' codes."""

    starts_on: date
    preset: AgreementPreset = AgreementPreset.CUSTOM
    contacts: Contacts
    period_days: Days
    longest_gap_days: Days
    minutes: Minutes
    workers_needed: Workers = 1
    disciplines: tuple[Discipline, ...] = ()
    windows: tuple[WeekdayWindow, ...] = ()
    gender_wish: Gender | None = None
    gender_wish_hard: bool = False
    distinct_workers: Annotated[int, Meta(ge=1, le=20)] = 2
    most_workers: Annotated[int, Meta(ge=1, le=20)] | None = None
    counts_phone: bool = False
    wanted: tuple[Code, ...] = ()
    unwanted: tuple[Code, ...] = ()


class PauseDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Days on which an agreement asks for nothing."""

    starts_on: date
    ends_on: date | None = None


class SeriesDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Visits on given weekdays, or every so many days from `anchor_on`; minutes are local."""

    kind: SeriesKind
    starts_on: date
    ends_on: date | None = None
    weekdays: tuple[Weekday, ...] = ()
    interval_days: Days | None = None
    anchor_on: date | None = None
    tolerance_days: Annotated[int, Meta(ge=0, le=60)] = 0
    minutes: Minutes
    discipline: Discipline | None = None
    workers_needed: Workers = 1
    from_minute: Annotated[int, Meta(ge=0, le=1440)] | None = None
    to_minute: Annotated[int, Meta(ge=0, le=1440)] | None = None


class AppointmentDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Something outside at a fixed local time; resources are the team's, by id."""

    kind: AppointmentKind
    day: date
    minute: Annotated[int, Meta(ge=0, le=1439)]
    minutes: Minutes
    place: str = ""
    new_place: NewPlace | None = None
    from_home: bool = False
    back_home: bool = False
    workers_needed: Workers = 1
    discipline: Discipline | None = None
    resources: tuple[Id, ...] = ()


class FlagDraft(msgspec.Struct, frozen=True, kw_only=True):
    """'Two workers', and when to look at it again."""

    review_on: date
    reason: Annotated[str, Meta(min_length=3, max_length=1000)]


class ExclusionDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the tenant must not meet (`worker`, a code), or where not to visit (`refnis`)."""

    worker: Code | None = None
    refnis: Annotated[str, Meta(pattern=r"^\d{5}$")] | None = None
    starts_on: date
    ends_on: date | None = None
    review_on: date | None = None
    reason: Annotated[str, Meta(min_length=3, max_length=1000)]
