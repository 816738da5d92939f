"""A worker's own data and skills, where they belong, and somebody new."""

from service.access.policy import Viewer, may_assign, may_edit_worker
from service.audit.actions import record
from service.database.sql import fetch_one, fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound, Refused
from service.people.names import name_key
from service.teams.changes.edit import EditedWorker, edited_worker, refused_field
from service.teams.drafts import MembershipDraft, WorkerDraft
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.i18n import N_


def may_edit(viewer: Viewer, worker: EditedWorker) -> bool:
    """Whether the viewer may change this worker."""
    return may_edit_worker(viewer, teams=worker.teams)


async def change_worker(
    viewer: Viewer, code: str, draft: WorkerDraft, *, expected_version: int | None = None
) -> Edited:
    """Change a worker's own data, skills, share and limits."""
    async with edited_worker(
        viewer, code, may=may_edit, action="change worker", expected_version=expected_version
    ) as edit:
        was = await fetch_one("select * from workers where id = $1", edit.worker.id)
        assert was is not None
        changed = {name: value for name, value in _values(draft).items() if was[name] != value}
        if changed:
            await edit.change(Editable.WORKERS, edit.worker.id, **changed)
            edit.detail["fields"] = ", ".join(sorted(changed))
    return edit.edited


async def add_worker(viewer: Viewer, draft: WorkerDraft, *, team: str) -> str:
    """Enter somebody new into a team from their first day; returns the new code."""
    try:
        async with unit_of_work() as uow:
            found = await _team(viewer, team)
            await uow.connection.execute("select pg_advisory_xact_lock(hashtext('workers.code'))")
            code = await _next_code()
            values = {**_values(draft), "code": code}
            names = ", ".join(values)
            marks = ", ".join(f"${n}" for n in range(1, len(values) + 1))
            made = await fetch_value(
                f"insert into workers ({names}) values ({marks}) returning id",  # noqa: S608
                *values.values(),
            )
            await uow.connection.execute(
                "insert into team_memberships (worker, team, starts_on) values ($1, $2, $3)",
                made,
                found,
                draft.employed_from,
            )
            await record(uow, viewer, "create", "worker", made, {"team": found})
    except Refused as refusal:
        raise refused_field(refusal) from None
    return code


async def save_membership(
    viewer: Viewer,
    code: str,
    draft: MembershipDraft,
    *,
    row: int | None = None,
    expected_version: int | None = None,
) -> Edited:
    """Put a worker into a team, or change when that ends (`row`).

    With its end the roles that the worker's account holds in that team end too.
    """
    async with edited_worker(
        viewer, code, may=may_edit, action="change membership", expected_version=expected_version
    ) as edit:
        team = await _team(viewer, draft.team)
        values = {"starts_on": draft.starts_on, "ends_on": draft.ends_on}
        edit.detail["team"] = team
        if row is None:
            await edit.insert(Editable.MEMBERSHIPS, worker=edit.worker.id, team=team, **values)
            return edit.edited
        was = await edit.own(Editable.MEMBERSHIPS, row)
        if was["team"] != team:
            raise Invalid({"team": N_("For another team, end this one and add a new one.")})
        await edit.change(Editable.MEMBERSHIPS, row, **values)
    return edit.edited


async def _team(viewer: Viewer, code: str) -> int:
    """The id of a team that the viewer may put workers into."""
    found: int | None = await fetch_value("select id from teams where code = $1 and active", code)
    if found is None:
        raise NotFound
    if not may_assign(viewer, found):
        raise Forbidden
    return found


async def _next_code() -> str:
    """The next code of the kind W21, W-21: as the others are written, one higher."""
    highest = await fetch_one(
        "select code, substring(code from '[0-9]+$') as digits from workers"
        " where code ~ '^[A-Za-z]+-?[0-9]{1,6}$'"
        " order by substring(code from '[0-9]+$')::int desc limit 1"
    )
    if highest is None:
        return "W01"
    digits = highest["digits"]
    letters = highest["code"][: -len(digits)]
    return f"{letters}{int(digits) + 1:0{len(digits)}d}"


def _values(draft: WorkerDraft) -> dict[str, object]:
    return {
        "first_name": draft.first_name,
        "last_name": draft.last_name,
        "name_key": name_key(first=draft.first_name, last=draft.last_name),
        "discipline": draft.discipline.value,
        "gender": draft.gender.value,
        "languages": list(draft.languages),
        "skills": list(draft.skills),
        "contract_percent": draft.contract_percent,
        "visiting_share_percent": draft.visiting_share_percent,
        "max_visits_per_day": draft.max_visits_per_day,
        "may_go_alone": draft.may_go_alone,
        "counts_as_second": draft.counts_as_second,
        "no_dogs": draft.no_dogs,
        "travel_mode": draft.travel_mode.value,
        "employed_from": draft.employed_from,
        "employed_to": draft.employed_to,
    }
