"""The frame of every edit of a worker: access, version, audit, undo, refusals beside a field."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import msgspec

from service import clock
from service.access.policy import Viewer, may_see_worker
from service.audit.actions import Detail, record
from service.database.sql import fetch_one
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound, Refused, Stale
from service.teams.policy import read_policy
from service.teams.states import TeamKind
from service.undo.actions import raise_version, remember
from service.undo.change_set import ChangeSet
from service.undo.said import Edited
from service.undo.states import Editable, Subject
from service.web.i18n import N_

_ENDS = N_("It ends after it begins.")
RULES: Mapping[str, tuple[str, str]] = {
    "workers_end_after_start": ("employed_to", _ENDS),
    "team_memberships_end_after_start": ("ends_on", _ENDS),
    "team_memberships_no_overlap": (
        "starts_on",
        N_("The worker is in this team on some of these days."),
    ),
    "working_patterns_end_after_start": ("ends_on", _ENDS),
    "working_patterns_no_overlap": (
        "starts_on",
        N_("Other hours begin after this day: change those."),
    ),
    "absences_end_after_start": ("last_day", _ENDS),
}
"""What the database refuses of workers, beside which field, in which words."""


@dataclass(frozen=True, slots=True)
class EditedWorker:
    """The worker as it stands at the edit; `teams` are those of today and later.

    `own_absences`: the settings of one of them let workers enter theirs.
    """

    id: int
    code: str
    first_name: str
    last_name: str
    version: int
    teams: frozenset[int]
    own_absences: bool


class WorkerEdit(ChangeSet):
    """An edit under way: rows are changed through it, `detail` goes into the audit trail."""

    def __init__(self, worker: EditedWorker) -> None:
        super().__init__()
        self.worker = worker
        self.detail: dict[str, Detail] = {}
        self.edited = Edited(worker.version)

    async def own(self, table: Editable, row: int) -> dict[str, Any]:
        """A row of this worker's, as it stands; raises `NotFound` for another's."""
        found = await fetch_one(
            f"select * from {table} where id = $1 and worker = $2 for update",  # noqa: S608
            row,
            self.worker.id,
        )
        if found is None:
            raise NotFound
        return found


May = Callable[[Viewer, EditedWorker], bool]


@asynccontextmanager
async def edited_worker(
    viewer: Viewer, code: str, *, may: May, action: str, expected_version: int | None = None
) -> AsyncIterator[WorkerEdit]:
    """Open an edit of a worker; raises as `service.people.changes.edit.edited_tenant` does."""
    try:
        async with unit_of_work() as uow:
            await fetch_one("select id from workers where code = $1 for update", code)
            worker = await worker_facts(code)
            if worker is None or not sees(viewer, worker):
                raise NotFound
            if not may(viewer, worker):
                raise Forbidden
            if expected_version is not None and worker.version != expected_version:
                raise Stale
            edit = WorkerEdit(worker)
            yield edit
            version = worker.version
            if edit.changes:
                version = await raise_version(Subject.WORKER, worker.id)
                detail = {**edit.detail, "version": version}
                await record(uow, viewer, action, "worker", worker.id, detail)
            step = await remember(viewer, edit, subject=Subject.WORKER, row=worker.id)
            edit.edited = Edited(version, step)
    except Refused as refusal:
        raise refused_field(refusal) from None


def sees(viewer: Viewer, worker: EditedWorker) -> bool:
    """Whether the viewer may read this worker's page."""
    return may_see_worker(viewer, worker=worker.id, teams=worker.teams)


def refused_field(refusal: Refused) -> Exception:
    """The error beside its field that a refusal of the database stands for, else itself."""
    if refusal.constraint not in RULES:
        return refusal
    field, sentence = RULES[refusal.constraint]
    return Invalid({field: sentence})


async def worker_facts(code: str) -> EditedWorker | None:
    """What access to a worker hangs on, or None; locks nothing."""
    row = await fetch_one(_WORKER, code, clock.today())
    if row is None:
        return None
    teams: list[dict[str, Any]] = msgspec.json.decode(row["teams"])
    return EditedWorker(
        id=row["id"],
        code=row["code"],
        first_name=row["first_name"],
        last_name=row["last_name"],
        version=row["version"],
        teams=frozenset(team["id"] for team in teams),
        own_absences=any(
            read_policy(TeamKind(team["kind"]), msgspec.json.encode(team["policy"])).own_absences
            for team in teams
        ),
    )


_WORKER = """
select w.id, w.code, w.first_name, w.last_name, w.version, (
    select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind, 'policy', t.policy)),
                    '[]')
    from team_memberships m join teams t on t.id = m.team
    where m.worker = w.id and coalesce(m.ends_on > $2, true)
) as teams
from workers w where w.code = $1
"""
