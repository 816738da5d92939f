"""A team's settings: how it works, when it meets and eats, what it keeps free."""

from typing import Annotated

import msgspec
from msgspec import Meta

from scheduling.presets import PresetName
from service.access.policy import Viewer
from service.errors import Invalid
from service.teams.changes.team import edited_team
from service.teams.policy import (
    Caseload,
    Count,
    LunchRule,
    Meeting,
    Minute,
    TeamPolicy,
    Weekday,
    with_preset,
)
from service.teams.states import TeamKind
from service.undo.said import Edited
from service.web.i18n import N_


class SettingsDraft(msgspec.Struct, frozen=True, kw_only=True):
    """What a lead changes of a team; names are those of `TeamPolicy`."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    kind: TeamKind
    planned: bool
    caseload: Caseload
    days_shown: tuple[Weekday, ...]
    opening_from: Minute
    opening_to: Minute
    open_on_holidays: bool
    meetings: tuple[Meeting, ...]
    lunch: LunchRule | None
    reserve_minutes: Count
    reserve_weekdays: tuple[Weekday, ...]
    gap_days: Count
    first_visit_pairs: bool
    workers_plan_own: bool
    own_absences: bool
    tenants_per_worker: Annotated[int, Meta(ge=1)]
    seen_days: Annotated[int, Meta(ge=1)]
    share_tolerance_percent: Count
    carry_weeks: Annotated[int, Meta(ge=0, le=12)]
    carry_cap_minutes: Count
    weights_preset: PresetName | None


async def change_settings(
    viewer: Viewer, team: str, draft: SettingsDraft, *, expected_version: int | None = None
) -> Edited:
    """Change a team's settings; its duties, presets and single weights stay.

    Raises as `edited_team` does, and `Invalid` by field.
    """
    async with edited_team(
        viewer, team, action="change settings", expected_version=expected_version
    ) as edit:
        policy = changed_policy(edit.team.policy, draft)
        weights = edit.own_weights()
        await edit.settle(policy, name=draft.name, kind=draft.kind, own_weights=weights)
    return edit.edited


def changed_policy(policy: TeamPolicy, draft: SettingsDraft) -> TeamPolicy:
    """The settings with what a lead changed; raises `Invalid` by field."""
    _check(draft, grid=policy.grid)
    names = set(TeamPolicy.__struct_fields__) & set(SettingsDraft.__struct_fields__)
    given = {name: getattr(draft, name) for name in names - {"weights_preset"}}
    new = msgspec.structs.replace(policy, **given)
    if draft.weights_preset != policy.weights_preset:
        new = with_preset(new, draft.weights_preset)
    return new


def _check(draft: SettingsDraft, *, grid: int) -> None:
    faults: dict[str, str] = {}
    if not draft.days_shown:
        faults["days_shown"] = N_("Choose at least one day.")
    if draft.opening_to <= draft.opening_from:
        faults["opening"] = N_("Write hours such as 9:00-17:00.")
    if draft.reserve_minutes and not draft.reserve_weekdays:
        faults["reserve_weekdays"] = N_("Choose at least one day, or keep 0 minutes.")
    if draft.lunch is not None:
        faults |= _lunch_faults(draft.lunch, grid=grid)
    if faults:
        raise Invalid(faults)


def _lunch_faults(lunch: LunchRule, *, grid: int) -> dict[str, str]:
    """The planner's own conditions: on its grid, and a rest that fits."""
    faults: dict[str, str] = {}
    if lunch.from_minute % grid or lunch.to_minute % grid:
        faults["lunch"] = N_("Times in steps of five minutes.")
    if lunch.minutes % grid or not lunch.minutes:
        faults["lunch_minutes"] = N_("In steps of five minutes.")
    elif lunch.minutes > lunch.to_minute - lunch.from_minute:
        faults["lunch_minutes"] = N_("This does not fit between these times.")
    return faults
