"""A team's settings: what makes ACT, ICM or a mobile team different from each other.

Stored as JSON in `teams.policy`; what is not set there takes the default of the team's kind, so
that a neighbouring service is settings, not new code. The sources of the defaults: at least one
meeting a week and the presets of support agreements (Housing First practice), one worker's two
hours a day kept for crises, a first visit to an unknown place by two.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from scheduling.weights import Weights
from service.errors import Misconfigured
from service.people.states import AgreementPreset
from service.teams.states import TeamKind

Weekday = Annotated[int, Meta(ge=1, le=7)]
Minute = Annotated[int, Meta(ge=0, le=1440)]
Count = Annotated[int, Meta(ge=0)]
WORKING_DAYS = (1, 2, 3, 4, 5)


class Caseload(StrEnum):
    """Whether tenants should meet several workers, or their own and a back-up."""

    ROTATION = "rotation"
    CONTINUITY = "continuity"


class Meeting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A time every worker of the team on duty is at the base, on the given weekdays."""

    weekdays: tuple[Weekday, ...]
    from_minute: Minute
    to_minute: Minute


class LunchRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`minutes` of rest somewhere between two times."""

    from_minute: Minute = 690
    to_minute: Minute = 840
    minutes: Minute = 30


class Preset(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an agreement of this kind asks until somebody changes it.

    `must`: how many of a week's visits are *must*; of the others the first is *should*.
    """

    contacts: Count
    period_days: Annotated[int, Meta(ge=1)]
    longest_gap_days: Count
    minutes: Count = 45
    must: Count = 0


def default_presets() -> dict[AgreementPreset, Preset]:
    """The presets of the field's practice, all editable in a team's settings."""
    return {
        AgreementPreset.JUST_MOVED_IN: Preset(
            contacts=2, period_days=7, longest_gap_days=4, must=1
        ),
        AgreementPreset.ACT: Preset(contacts=2, period_days=7, longest_gap_days=5),
        AgreementPreset.ICM: Preset(contacts=1, period_days=7, longest_gap_days=10),
        AgreementPreset.STABLE: Preset(contacts=1, period_days=14, longest_gap_days=21),
        AgreementPreset.CRISIS: Preset(contacts=7, period_days=7, longest_gap_days=1, must=7),
    }


class TeamPolicy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A team's settings; minutes are local, after midnight.

    `planned`: the clock drafts this team's next week. `days_shown`: weekdays on the board.
    `opening_*`: when tenants are visited who named no hours of their own. `reserve_minutes` of
    the team's time stay unplanned on each of `reserve_weekdays`. A worker's visits of a week may
    exceed the visiting share by `share_tolerance_percent`, and what earlier weeks (as many as
    `carry_weeks`) left weighs up to `carry_cap_minutes`. `first_visit_pairs`: a visit where the
    tenant was not yet seen since the stay began asks two workers. `seen_days`: how far back
    rotation counts who was met. `gap_days`: days between two visits of a tenant.
    """

    planned: bool = False
    caseload: Caseload = Caseload.CONTINUITY
    days_shown: tuple[Weekday, ...] = WORKING_DAYS
    opening_from: Minute = 540
    opening_to: Minute = 1020
    open_on_holidays: bool = False
    meetings: tuple[Meeting, ...] = ()
    lunch: LunchRule | None = msgspec.field(default_factory=LunchRule)
    reserve_minutes: Count = 120
    reserve_weekdays: tuple[Weekday, ...] = WORKING_DAYS
    grid: Annotated[int, Meta(ge=1, le=60)] = 5
    share_tolerance_percent: Count = 10
    carry_weeks: Annotated[int, Meta(ge=0, le=12)] = 4
    carry_cap_minutes: Count = 240
    first_visit_pairs: bool = True
    gap_days: Count = 1
    seen_days: Count = 14
    presets: dict[AgreementPreset, Preset] = msgspec.field(default_factory=default_presets)
    weights: Weights = msgspec.field(default_factory=Weights)


_BY_KIND: dict[TeamKind, TeamPolicy] = {
    TeamKind.ACT: TeamPolicy(
        planned=True,
        caseload=Caseload.ROTATION,
        meetings=(Meeting(weekdays=(1, 2, 4, 5), from_minute=540, to_minute=570),),
    ),
    TeamKind.ICM: TeamPolicy(
        planned=True,
        meetings=(Meeting(weekdays=(2,), from_minute=810, to_minute=930),),
    ),
    TeamKind.MOBILE: TeamPolicy(planned=True, reserve_minutes=60),
}


def default_policy(kind: TeamKind) -> TeamPolicy:
    """The settings a team of this kind begins with; kinds that do not visit are not planned."""
    return _BY_KIND.get(kind, TeamPolicy())


def read_policy(kind: TeamKind, stored: str | bytes) -> TeamPolicy:
    """The kind's defaults with what is stored (JSON) laid over them, presets and weights by name.

    Raises `Misconfigured` where the stored settings have an unknown name or a bad value.
    """
    try:
        changes = msgspec.json.decode(stored, type=dict[str, Any])
        merged = _merged(msgspec.to_builtins(default_policy(kind)), changes)
        _refuse_unknown_weights(merged.get("weights"))
        return msgspec.convert(merged, TeamPolicy)
    except msgspec.ValidationError as error:
        raise Misconfigured(f"A team's settings cannot be used: {error}.") from None


def policy_changes(kind: TeamKind, policy: TeamPolicy) -> bytes:
    """The JSON to store for `policy`: what differs from the kind's defaults."""
    default = msgspec.to_builtins(default_policy(kind))
    current = msgspec.to_builtins(policy)
    return msgspec.json.encode(
        {name: value for name, value in current.items() if value != default[name]}
    )


def _merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Lay `changes` over `base`, object by object; lists and numbers are replaced whole."""
    merged = dict(base)
    for name, value in changes.items():
        below = merged.get(name)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            merged[name] = _merged(below, value)
        else:
            merged[name] = value
    return merged


def _refuse_unknown_weights(weights: object) -> None:
    """Say which weight does not exist: a dataclass would ignore it in silence."""
    known = set(Weights.__dataclass_fields__)
    unknown = sorted(set(weights) - known) if isinstance(weights, Mapping) else []
    if unknown:
        raise Misconfigured(
            f"A team's settings name unknown weights: {', '.join(map(str, unknown))}.",
            advice=f"Known are {', '.join(sorted(known))}.",
        )
