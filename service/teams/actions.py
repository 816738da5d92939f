"""What people change of a team: its weights, which rules forbid, what it has to share."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import msgspec

from scheduling.presets import PresetName
from service.access.policy import Viewer, may_plan, may_see_roster
from service.audit.actions import Detail, record
from service.database.sql import execute, fetch_one, fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.teams.changes.absence import remove_absence, save_absence
from service.teams.changes.base import add_team, save_base
from service.teams.changes.duty import remove_duty, save_duty
from service.teams.changes.exclusion import end_place_exclusion, save_place_exclusion
from service.teams.changes.hours import begin_pattern, remove_pattern
from service.teams.changes.preset import reset_preset, save_preset
from service.teams.changes.settings import change_settings
from service.teams.changes.worker import add_worker, change_worker, save_membership
from service.teams.policy import read_policy, weight_faults
from service.teams.states import ResourceKind, TeamKind

__all__ = [
    "GENERAL",
    "add_team",
    "add_worker",
    "begin_pattern",
    "change_settings",
    "change_weights",
    "change_worker",
    "end_place_exclusion",
    "remove_absence",
    "remove_duty",
    "remove_pattern",
    "reset_preset",
    "save_absence",
    "save_base",
    "save_duty",
    "save_membership",
    "save_place_exclusion",
    "save_preset",
    "set_resource",
]

GENERAL = "general"


async def change_weights(
    viewer: Viewer | None,
    team: str,
    *,
    preset: str | None = None,
    weights: Mapping[str, int | None] | None = None,
    reset: Collection[str] = (),
    expected_version: int | None = None,
) -> int:
    """Change what a team's next plans weigh, and return the team's new version.

    `preset`: the way of working that holds where the team says nothing (`general`: none).
    `weights`: its own prices; None makes a rule that can bend forbid. `reset`: names to take from
    the preset again. `viewer` is None for the service itself. Raises `Invalid` with each bad field,
    `Stale` for another version of the team; plans made before are left as they are.
    """
    changes = dict(weights or {})
    faults = weight_faults(changes) | weight_faults(dict.fromkeys(reset, 0))
    if preset is not None and preset not in {*PresetName, GENERAL}:
        faults["preset"] = f"one of {', '.join(PresetName)}, {GENERAL}"
    if faults:
        raise Invalid(faults)
    async with unit_of_work() as uow:
        row = await _locked(viewer, team, expected_version)
        stored: dict[str, Any] = msgspec.json.decode(row["policy"])
        if preset is not None:
            stored["weights_preset"] = None if preset == GENERAL else preset
        own = {**stored.get("weights", {}), **changes}
        stored["weights"] = {name: own[name] for name in sorted(own) if name not in reset}
        encoded = msgspec.json.encode(stored).decode()
        read_policy(TeamKind(row["kind"]), encoded)
        version: int = await fetch_value(
            "update teams set policy = $2, version = version + 1 where id = $1 returning version",
            row["id"],
            encoded,
        )
        await record(
            uow,
            viewer,
            "change weights",
            "team",
            row["id"],
            {"version": version, "preset": preset, **changes, **dict.fromkeys(reset, "preset")},
        )
    return version


async def set_resource(
    viewer: Viewer | None,
    team: str,
    *,
    code: str,
    kind: ResourceKind,
    available: int,
    starts_on: date,
) -> None:
    """Say how many of something a team has from a day on; 0 ends it that day.

    Raises `Invalid` for a code that is none, a number below zero, or a day before it last changed.
    """
    if available < 0 or not code.replace("-", "").replace("_", "").isalnum() or not code.isascii():
        raise Invalid({"code": "letters, digits, - and _, with a number from 0"})
    async with unit_of_work() as uow:
        row = await _locked(viewer, team, None)
        held = await fetch_one(
            "select id, starts_on from resources where team = $1 and code = $2 and ends_on is null",
            row["id"],
            code,
        )
        if held is not None and held["starts_on"] > starts_on:
            raise Invalid({"starts_on": f"a day from {held['starts_on']} on"})
        if held is not None and held["starts_on"] == starts_on:
            await execute(
                "update resources set available = $2, kind = $3 where id = $1",
                held["id"],
                available,
                kind.value,
            )
        else:
            if held is not None:
                await execute(
                    "update resources set ends_on = $2 where id = $1", held["id"], starts_on
                )
            await execute(
                "insert into resources (team, code, kind, available, starts_on)"
                " values ($1, $2, $3, $4, $5)",
                row["id"],
                code,
                kind.value,
                available,
                starts_on,
            )
        detail: dict[str, Detail] = {
            "code": code,
            "available": available,
            "from": starts_on.isoformat(),
        }
        await record(uow, viewer, "set resource", "team", row["id"], detail)


async def _locked(viewer: Viewer | None, team: str, expected_version: int | None) -> dict[str, Any]:
    """The team's row, locked, if the viewer may plan it."""
    row = await fetch_one(
        "select id, kind, policy, version from teams where code = $1 for update", team
    )
    if row is None or not (viewer is None or may_see_roster(viewer, row["id"])):
        raise NotFound
    if viewer is not None and not may_plan(viewer, row["id"]):
        raise Forbidden
    if expected_version is not None and row["version"] != expected_version:
        raise Stale
    return row
