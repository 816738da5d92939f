"""What is edited of a worker, as it is sent: each with the bounds that a form or client keeps."""

from datetime import date, datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from service.teams.hours import Stretch
from service.teams.states import AbsenceKind, Discipline, Gender, TeamKind, TravelMode

Name = Annotated[str, Meta(min_length=1, max_length=80)]
LanguageCode = Annotated[str, Meta(pattern=r"^[a-z]{2,3}$")]
Skill = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
TeamCode = Annotated[str, Meta(min_length=1, max_length=16)]
MOST_WEEKS = 8


TeamName = Annotated[str, Meta(min_length=1, max_length=80)]
NewTeamCode = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9-]{1,15}$")]


class TeamDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A new team; its settings are those of its kind."""

    code: NewTeamCode
    name: TeamName
    kind: TeamKind


class WorkerDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A worker's own data, skills and limits; percents of full time and of time at work."""

    first_name: Name
    last_name: Name
    discipline: Discipline
    gender: Gender
    languages: tuple[LanguageCode, ...] = ()
    skills: tuple[Skill, ...] = ()
    contract_percent: Annotated[int, Meta(ge=1, le=100)] = 100
    visiting_share_percent: Annotated[int, Meta(ge=0, le=100)] = 50
    max_visits_per_day: Annotated[int, Meta(ge=1, le=20)] = 5
    may_go_alone: bool = False
    counts_as_second: bool = False
    no_dogs: bool = False
    travel_mode: TravelMode = TravelMode.TRANSIT
    employed_from: date
    employed_to: date | None = None


class MembershipDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A worker's time in a team; `ends_on` is the first day without."""

    team: TeamCode
    starts_on: date
    ends_on: date | None = None


class PatternDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Working hours from a day on, over a cycle of weeks counted from that day's week."""

    starts_on: date
    ends_on: date | None = None
    cycle_weeks: Annotated[int, Meta(ge=1, le=MOST_WEEKS)] = 1
    stretches: tuple[Stretch, ...]


class PlaceExclusionDraft(msgspec.Struct, frozen=True, kw_only=True):
    """Where a worker must not go: `place` as it is chosen in a form, or a municipality."""

    place: Annotated[str, Meta(max_length=20)] = ""
    refnis: Annotated[str, Meta(pattern=r"^\d{5}$")] | None = None
    starts_on: date
    ends_on: date | None = None
    review_on: date | None = None
    reason: Annotated[str, Meta(min_length=3, max_length=1000)]


class AbsenceDraft(msgspec.Struct, frozen=True, kw_only=True):
    """An interval away; why is never stored beyond the kind."""

    starts_at: datetime
    ends_at: datetime
    kind: AbsenceKind = AbsenceKind.PLANNED
