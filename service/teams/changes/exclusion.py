"""Where a worker must not go: a building, an institution, a whole municipality; leads alone."""

from datetime import date
from typing import Any

from service import clock
from service.access.policy import Viewer, may_exclude_worker
from service.access.states import Role
from service.database.sql import fetch_value
from service.errors import Invalid, NotFound
from service.people.queries import buildings_of_teams
from service.places.directory import chosen_place, ensure_municipality
from service.places.municipalities import municipalities
from service.teams.changes.edit import EditedWorker, WorkerEdit, edited_worker
from service.teams.drafts import PlaceExclusionDraft
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.i18n import N_

HOME = "home:"
"""Before the id of a place where tenants stay, among the choices of a form."""


def may_exclude(viewer: Viewer, worker: EditedWorker) -> bool:
    """Whether the viewer may say where this worker must not go."""
    return may_exclude_worker(viewer, teams=worker.teams)


async def save_place_exclusion(
    viewer: Viewer,
    code: str,
    draft: PlaceExclusionDraft,
    *,
    row: int | None = None,
    expected_version: int | None = None,
) -> Edited:
    """Keep a worker away from a place or a municipality, or change that (`row`).

    Raises as `edited_worker` does, and `Invalid` by field.
    """
    _check(draft)
    async with edited_worker(
        viewer, code, may=may_exclude, action="exclude", expected_version=expected_version
    ) as edit:
        was = None if row is None else await _own(edit, row)
        kept = was["place"] if was is not None and draft.place == f"{HOME}{was['place']}" else None
        place = kept or (await _place(viewer, draft.place) if draft.place else None)
        if draft.refnis is not None:
            await ensure_municipality(draft.refnis)
        await _refuse_twice(edit, place=place, refnis=draft.refnis, row=row or 0)
        values = {
            "place": place,
            "municipality": draft.refnis,
            "starts_on": draft.starts_on,
            "ends_on": draft.ends_on,
            "review_on": draft.review_on,
            "reason": draft.reason,
        }
        if row is None:
            await edit.insert(Editable.EXCLUSIONS, worker=edit.worker.id, **values)
        else:
            await edit.change(Editable.EXCLUSIONS, row, **values)
    return edit.edited


async def end_place_exclusion(
    viewer: Viewer, code: str, row: int, *, on: date, expected_version: int | None = None
) -> Edited:
    """End it on a day; one that has not begun by then goes altogether."""
    async with edited_worker(
        viewer, code, may=may_exclude, action="end exclusion", expected_version=expected_version
    ) as edit:
        was = await _own(edit, row)
        if was["starts_on"] >= on:
            await edit.remove(Editable.EXCLUSIONS, row)
        else:
            await edit.change(Editable.EXCLUSIONS, row, ends_on=on)
    return edit.edited


def _check(draft: PlaceExclusionDraft) -> None:
    faults: dict[str, str] = {}
    if bool(draft.place) == (draft.refnis is not None):
        faults["place"] = N_("Choose a building or a municipality: one of the two.")
    if draft.refnis is not None and draft.refnis not in municipalities():
        faults["refnis"] = N_("Choose one of the options.")
    if draft.ends_on is not None and draft.ends_on <= draft.starts_on:
        faults["ends_on"] = N_("It ends after it begins.")
    if draft.review_on is not None and draft.review_on < draft.starts_on:
        faults["review_on"] = N_("Not before the day it begins.")
    if faults:
        raise Invalid(faults)


async def _own(edit: WorkerEdit, row: int) -> dict[str, Any]:
    """An exclusion of the worker and a place; one from a tenant is changed on the tenant's page."""
    was = await edit.own(Editable.EXCLUSIONS, row)
    if was["tenant"] is not None:
        raise NotFound
    return was


async def _place(viewer: Viewer, chosen: str) -> int:
    """The place that was chosen: where tenants of the viewer's teams stay, or of the directory."""
    if chosen.startswith(HOME):
        homes = await buildings_of_teams(viewer.teams(Role.TEAM_LEAD), on=clock.today())
        found = next((one.place for one in homes if chosen == f"{HOME}{one.place}"), None)
    else:
        found = await chosen_place(chosen)
    if found is None:
        raise Invalid({"place": N_("Choose one of the options.")})
    return found


async def _refuse_twice(
    edit: WorkerEdit, *, place: int | None, refnis: str | None, row: int
) -> None:
    there = await fetch_value(
        "select true from exclusions where worker = $1 and tenant is null and id <> $4"
        " and place is not distinct from $2::int and municipality is not distinct from $3::text"
        " and coalesce(ends_on > $5, true) limit 1",
        edit.worker.id,
        place,
        refnis,
        row,
        clock.today(),
    )
    if there:
        raise Invalid({"place": N_("This holds already: change the one there is.")})
