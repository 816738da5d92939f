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

from scheduling.presets import PRESETS, PresetName
from scheduling.validate import MOST_WEIGHT
from scheduling.weights import Weights
from service.errors import Misconfigured
from service.people.states import AgreementPreset
from service.teams.duty_rules import DutyRule
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
    rotation counts who was met. `gap_days`: days between two visits of a tenant. `duties`: the
    slots of each week that are staffed before visits. `tenants_per_worker`: how many a worker who
    works full time can care for. `workers_plan_own`: workers add, move and promise visits of
    their own in the draft, within the hard rules. `own_absences`: workers enter when they are away
    themselves. `weights_preset`: the way of working whose weights hold where `weights` says
    nothing (None: the general ones).
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
    duties: tuple[DutyRule, ...] = ()
    workers_plan_own: bool = False
    own_absences: bool = True
    tenants_per_worker: Annotated[int, Meta(ge=1)] = 20
    weights_preset: PresetName | None = None
    weights: Weights = msgspec.field(default_factory=Weights)


_WEIGHTS_OF: Mapping[TeamKind, PresetName] = {
    TeamKind.ACT: PresetName.ACT,
    TeamKind.ICM: PresetName.ICM,
    TeamKind.MOBILE: PresetName.OUTREACH,
    TeamKind.SUPPORT: PresetName.SUPPORT,
}
_BY_KIND: dict[TeamKind, TeamPolicy] = {
    TeamKind.ACT: TeamPolicy(
        planned=True,
        tenants_per_worker=10,
        caseload=Caseload.ROTATION,
        meetings=(Meeting(weekdays=(1, 2, 4, 5), from_minute=540, to_minute=570),),
    ),
    TeamKind.ICM: TeamPolicy(
        planned=True,
        workers_plan_own=True,
        meetings=(Meeting(weekdays=(2,), from_minute=810, to_minute=930),),
    ),
    TeamKind.MOBILE: TeamPolicy(planned=True, reserve_minutes=60),
}


def default_policy(kind: TeamKind) -> TeamPolicy:
    """The settings a team of this kind begins with; kinds that do not visit are not planned."""
    return with_preset(_BY_KIND.get(kind, TeamPolicy()), _WEIGHTS_OF.get(kind))


def with_preset(policy: TeamPolicy, preset: PresetName | None) -> TeamPolicy:
    """The settings with the weights of a way of working, and none of their own."""
    weights = PRESETS[preset].weights if preset else Weights()
    return msgspec.structs.replace(policy, weights_preset=preset, weights=weights)


def read_policy(kind: TeamKind, stored: str | bytes) -> TeamPolicy:
    """The kind's defaults with what is stored (JSON) laid over them, presets and weights by name.

    Raises `Misconfigured` where the stored settings have an unknown name or a bad value.
    """
    try:
        changes = msgspec.json.decode(stored, type=dict[str, Any])
        merged = _merged(msgspec.to_builtins(_base(kind, changes)), changes)
        _refuse_unknown_weights(merged.get("weights"))
        return msgspec.convert(merged, TeamPolicy)
    except msgspec.ValidationError as error:
        raise Misconfigured(f"A team's settings cannot be used: {error}.") from None


def policy_changes(kind: TeamKind, policy: TeamPolicy) -> bytes:
    """The JSON to store for `policy`: what differs from the kind's defaults, weight by weight."""
    default = msgspec.to_builtins(default_policy(kind))
    current = msgspec.to_builtins(policy)
    changes = {name: value for name, value in current.items() if value != default[name]}
    preset = msgspec.to_builtins(with_preset(policy, policy.weights_preset).weights)
    weights = {name: value for name, value in current["weights"].items() if value != preset[name]}
    changes.pop("weights", None)
    return msgspec.json.encode(changes | ({"weights": weights} if weights else {}))


def _base(kind: TeamKind, changes: Mapping[str, Any]) -> TeamPolicy:
    """What stored changes are laid over: the kind's defaults, with the weights they ask for."""
    default = default_policy(kind)
    if "weights_preset" not in changes:
        return default
    return with_preset(default, msgspec.convert(changes["weights_preset"], PresetName | None))


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


def weight_faults(weights: Mapping[Any, Any]) -> dict[str, str]:
    """What is wrong with weights, by name: nothing may go unnoticed, a price never be absurd."""
    general = Weights()
    faults = {}
    for name, value in weights.items():
        if name not in Weights.__dataclass_fields__:
            faults[str(name)] = f"a weight: {', '.join(sorted(Weights.__dataclass_fields__))}"
        elif value is None and getattr(general, name) is not None:
            faults[name] = "a number: this rule never forbids"
        elif value is not None and (type(value) is not int or not 0 <= value <= MOST_WEIGHT):
            faults[name] = f"a whole number from 0 to {MOST_WEIGHT}"
    return faults


def _refuse_unknown_weights(weights: object) -> None:
    """Say which weight does not exist or has no value: a dataclass would ignore it in silence."""
    faults = weight_faults(weights) if isinstance(weights, Mapping) else {}
    if faults:
        raise Misconfigured(
            f"A team's settings have weights that cannot be used: {', '.join(sorted(faults))}.",
            advice="; ".join(f"{name} asks for {faults[name]}" for name in sorted(faults)) + ".",
        )
