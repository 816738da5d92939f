"""The frame of every edit of a team's settings: access, version, audit, undo."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import msgspec

from service.access.policy import Viewer, may_edit_team, may_see_roster
from service.audit.actions import Detail, record
from service.database.sql import fetch_one
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, NotFound, Stale
from service.teams.policy import TeamPolicy, policy_changes, read_policy
from service.teams.states import TeamKind
from service.undo.actions import raise_version, remember
from service.undo.change_set import ChangeSet
from service.undo.said import Edited
from service.undo.states import Editable, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedTeam:
    """A team as it stands at the edit."""

    id: int
    code: str
    name: str
    kind: TeamKind
    policy: TeamPolicy
    version: int


class TeamEdit(ChangeSet):
    """An edit under way; `detail` goes into the audit trail."""

    def __init__(self, team: EditedTeam, stored: str) -> None:
        super().__init__()
        self.team = team
        self.detail: dict[str, Detail] = {}
        self.edited = Edited(team.version)
        self._stored = stored

    async def settle(
        self,
        policy: TeamPolicy,
        *,
        name: str | None = None,
        kind: TeamKind | None = None,
        own_weights: dict[str, Any] | None = None,
    ) -> None:
        """Store settings as what differs from the kind's defaults; nothing where nothing does.

        `own_weights`: single weights that stay whatever the preset, by name. Raises
        `Misconfigured` for settings that could not be read again.
        """
        kind = kind or self.team.kind
        changes: dict[str, Any] = msgspec.json.decode(policy_changes(kind, policy))
        if own_weights:
            changes["weights"] = own_weights
        stored = msgspec.json.encode(changes).decode()
        read_policy(kind, stored)
        values = {"name": name or self.team.name, "kind": kind.value, "policy": stored}
        same = msgspec.json.decode(self._stored) == changes
        if same and (values["name"], kind) == (self.team.name, self.team.kind):
            return
        await self.change(Editable.TEAMS, self.team.id, **values)

    def own_weights(self) -> dict[str, Any] | None:
        """The single weights that an administrator set for this team."""
        weights: dict[str, Any] | None = msgspec.json.decode(self._stored).get("weights")
        return weights


@asynccontextmanager
async def edited_team(
    viewer: Viewer, code: str, *, action: str, expected_version: int | None = None
) -> AsyncIterator[TeamEdit]:
    """Open an edit of a team's settings. Plans made before are left as they are.

    Raises `NotFound` for a stranger's team, `Forbidden` for a reader's, `Stale` for another version
    than the one that was seen.
    """
    async with unit_of_work() as uow:
        row = await fetch_one(f"{_TEAM} for update", code)
        team = None if row is None else _team(row)
        if row is None or team is None or not may_see_roster(viewer, team.id):
            raise NotFound
        if not may_edit_team(viewer, team.id):
            raise Forbidden
        if expected_version is not None and team.version != expected_version:
            raise Stale
        edit = TeamEdit(team, row["policy"])
        yield edit
        version = team.version
        if edit.changes:
            version = await raise_version(Subject.TEAM, team.id)
            detail = {**edit.detail, "version": version}
            await record(uow, viewer, action, "team", team.id, detail)
        step = await remember(viewer, edit, subject=Subject.TEAM, row=team.id)
        edit.edited = Edited(version, step)


async def led_team(viewer: Viewer, code: str) -> EditedTeam:
    """A team whose settings the viewer may change; `NotFound` for a stranger's, `Forbidden` for a
    reader's. Locks nothing."""
    row = await fetch_one(_TEAM, code)
    if row is None or not may_see_roster(viewer, row["id"]):
        raise NotFound
    if not may_edit_team(viewer, row["id"]):
        raise Forbidden
    return _team(row)


def _team(row: dict[str, Any]) -> EditedTeam:
    kind = TeamKind(row["kind"])
    return EditedTeam(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        kind=kind,
        policy=read_policy(kind, row["policy"]),
        version=row["version"],
    )


_TEAM = "select id, code, name, kind, policy, version from teams where code = $1"
