"""A team's settings: how it works, when it meets, what it keeps free."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from scheduling.presets import PresetName
from service.access.policy import Viewer, may_edit_team, may_see_roster
from service.audit.actions import record
from service.database.sql import fetch_one
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.teams.policy import (
    Caseload,
    Count,
    Meeting,
    Minute,
    TeamPolicy,
    Weekday,
    policy_changes,
    read_policy,
    with_preset,
)
from service.teams.states import TeamKind
from service.undo.actions import raise_version, remember
from service.undo.change_set import ChangeSet
from service.undo.said import Edited
from service.undo.states import Editable, Subject
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
    reserve_minutes: Count
    reserve_weekdays: tuple[Weekday, ...]
    gap_days: Count
    first_visit_pairs: bool
    workers_plan_own: bool
    own_absences: bool
    tenants_per_worker: Annotated[int, Meta(ge=1)]
    weights_preset: PresetName | None


async def change_settings(
    viewer: Viewer, team: str, draft: SettingsDraft, *, expected_version: int | None = None
) -> Edited:
    """Change a team's settings; prices of its own stay. Plans made before are left as they are.

    Raises `NotFound`, `Forbidden`, `Stale`, and `Invalid` by field.
    """
    _check(draft)
    async with unit_of_work() as uow:
        row = await fetch_one(
            "select id, name, kind, policy, version from teams where code = $1 for update", team
        )
        if row is None or not may_see_roster(viewer, row["id"]):
            raise NotFound
        if not may_edit_team(viewer, row["id"]):
            raise Forbidden
        if expected_version is not None and row["version"] != expected_version:
            raise Stale
        stored = _encoded(row, draft)
        edit = ChangeSet()
        values = {"name": draft.name, "kind": draft.kind.value, "policy": stored}
        if _differs(row, values):
            await edit.change(Editable.TEAMS, row["id"], **values)
            version = await raise_version(Subject.TEAM, row["id"])
            await record(uow, viewer, "change settings", "team", row["id"], {"version": version})
        else:
            version = row["version"]
        step = await remember(viewer, edit, subject=Subject.TEAM, row=row["id"])
    return Edited(version, step)


def _check(draft: SettingsDraft) -> None:
    faults: dict[str, str] = {}
    if not draft.days_shown:
        faults["days_shown"] = N_("Choose at least one day.")
    if draft.opening_to <= draft.opening_from:
        faults["opening"] = N_("Write hours such as 9:00-17:00.")
    if faults:
        raise Invalid(faults)


def _encoded(row: dict[str, Any], draft: SettingsDraft) -> str:
    """The JSON to store: what differs from the kind's defaults, and the prices of its own."""
    old = read_policy(TeamKind(row["kind"]), row["policy"])
    names = set(TeamPolicy.__struct_fields__) & set(SettingsDraft.__struct_fields__)
    given = {name: getattr(draft, name) for name in names - {"weights_preset"}}
    new = msgspec.structs.replace(old, **given)
    if draft.weights_preset != old.weights_preset:
        new = with_preset(new, draft.weights_preset)
    changes: dict[str, Any] = msgspec.json.decode(policy_changes(draft.kind, new))
    own = msgspec.json.decode(row["policy"]).get("weights")
    if own:
        changes["weights"] = own
    encoded = msgspec.json.encode(changes).decode()
    read_policy(draft.kind, encoded)
    return encoded


def _differs(row: dict[str, Any], values: dict[str, str]) -> bool:
    same = msgspec.json.decode(row["policy"]) == msgspec.json.decode(values["policy"])
    return not same or (row["name"], row["kind"]) != (values["name"], values["kind"])
