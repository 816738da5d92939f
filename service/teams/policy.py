"""A team's settings: what makes ACT, ICM or a mobile team different from each other.

Stored as JSON in `teams.policy`; what is not set there takes the default of the team's kind.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from scheduling.weights import Weights
from service.people.states import AgreementPreset
from service.teams.states import TeamKind

Weekday = Annotated[int, Meta(ge=1, le=7)]
Minute = Annotated[int, Meta(ge=0, le=1440)]


class Caseload(StrEnum):
    """Whether tenants should meet several workers, or their own."""

    ROTATION = "rotation"
    CONTINUITY = "continuity"


class Meeting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time every worker of the team is at the base, on the given weekdays."""

    weekdays: tuple[Weekday, ...]
    from_minute: Minute
    to_minute: Minute


class LunchRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`minutes` of rest somewhere between two times."""

    from_minute: Minute = 690
    to_minute: Minute = 840
    minutes: Minute = 30


class Preset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an agreement of a preset asks until somebody changes it."""

    contacts: int
    period_days: int
    longest_gap_days: int
    minutes: int = 45


PRESETS: dict[AgreementPreset, Preset] = {
    AgreementPreset.JUST_MOVED_IN: Preset(contacts=2, period_days=7, longest_gap_days=4),
    AgreementPreset.ACT: Preset(contacts=2, period_days=7, longest_gap_days=5),
    AgreementPreset.ICM: Preset(contacts=1, period_days=7, longest_gap_days=10),
    AgreementPreset.STABLE: Preset(contacts=1, period_days=14, longest_gap_days=21),
    AgreementPreset.CRISIS: Preset(contacts=7, period_days=7, longest_gap_days=1),
}


class TeamPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A team's settings; minutes are local, after midnight.

    `days_shown`: weekdays on the board. `planned`: the clock drafts this team's next week.
    `reserve_minutes` of the team stay unplanned on each day of `reserve_weekdays`.
    `visiting_tolerance_percent`: by how much a worker's week may exceed the visiting share.
    `first_visit_pairs`: a first visit to a place nobody of the team has been to asks two workers.
    `just_moved_in_days`: how long after a move the visits of that preset are *must*.
    `seen_days`: how far back rotation counts who was met.
    """

    planned: bool = False
    caseload: Caseload = Caseload.ROTATION
    days_shown: tuple[Weekday, ...] = (1, 2, 3, 4, 5)
    opening_from: Minute = 540
    opening_to: Minute = 1020
    meetings: tuple[Meeting, ...] = ()
    lunch: LunchRule | None = LunchRule()
    reserve_minutes: int = 120
    reserve_weekdays: tuple[Weekday, ...] = (1, 2, 3, 4, 5)
    grid: Annotated[int, Meta(ge=1, le=60)] = 5
    visiting_tolerance_percent: int = 10
    first_visit_pairs: bool = True
    just_moved_in_days: int = 91
    just_moved_in_must_days: int = 14
    seen_days: int = 14
    presets: dict[AgreementPreset, Preset] = msgspec.field(default_factory=lambda: dict(PRESETS))
    weights: Weights = msgspec.field(default_factory=Weights)
    level_from: date = date(2024, 1, 1)


def default_policy(kind: TeamKind) -> TeamPolicy:
    """The settings a team of this kind begins with."""
    raise NotImplementedError
