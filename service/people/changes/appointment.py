"""Appointments outside to which a tenant is accompanied, with what they need."""

from datetime import timedelta

from scheduling.weeks import to_instant
from service import clock
from service.access.policy import Viewer, may_edit_support
from service.database.sql import fetch_all, fetch_value
from service.errors import Invalid
from service.people.changes.edit import TenantEdit, edited_tenant
from service.people.changes.stay import new_place
from service.people.drafts import AppointmentDraft
from service.people.states import AppointmentKind, AppointmentState
from service.places.directory import chosen_place
from service.places.states import PlaceKind
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.i18n import N_

PLACE_KINDS = {
    AppointmentKind.WELFARE_OFFICE: PlaceKind.WELFARE_OFFICE,
    AppointmentKind.HOSPITAL: PlaceKind.HOSPITAL,
    AppointmentKind.COURT: PlaceKind.COURT,
    AppointmentKind.OFFICE: PlaceKind.OFFICE,
    AppointmentKind.OTHER: PlaceKind.OFFICE,
}


async def save_appointment(
    viewer: Viewer,
    code: str,
    draft: AppointmentDraft,
    *,
    row: int | None = None,
    expected_version: int | None = None,
) -> Edited:
    """Make an appointment, or change one (`row`): the next plan accompanies the tenant to it."""
    monday = draft.day - timedelta(days=draft.day.weekday())
    starts_at = to_instant(monday, day=draft.day.weekday(), minute=draft.minute)
    if row is None and starts_at < clock.now():
        raise Invalid({"day": N_("A time to come.")})
    async with edited_tenant(
        viewer,
        code,
        may=may_edit_support,
        action="change appointment",
        expected_version=expected_version,
    ) as edit:
        home = await _stay_place(edit, draft) if draft.from_home or draft.back_home else None
        values = {
            "kind": draft.kind.value,
            "place": await _place(edit, draft),
            "pick_up": home if draft.from_home else None,
            "end_place": home if draft.back_home else None,
            "starts_at": starts_at,
            "minutes": draft.minutes,
            "workers_needed": draft.workers_needed,
            "discipline": draft.discipline.value if draft.discipline else None,
            "state": AppointmentState.PLANNED.value,
        }
        if row is None:
            row = await edit.insert(Editable.APPOINTMENTS, tenant=edit.tenant.id, **values)
        else:
            await edit.own(Editable.APPOINTMENTS, row)
            await edit.change(Editable.APPOINTMENTS, row, **values)
        await _resources(edit, row, draft)
    return edit.edited


async def cancel_appointment(
    viewer: Viewer, code: str, row: int, *, expected_version: int | None = None
) -> Edited:
    """Cancel an appointment: it asks for nobody any more."""
    async with edited_tenant(
        viewer,
        code,
        may=may_edit_support,
        action="cancel appointment",
        expected_version=expected_version,
    ) as edit:
        await edit.own(Editable.APPOINTMENTS, row)
        await edit.change(Editable.APPOINTMENTS, row, state=AppointmentState.CANCELLED.value)
    return edit.edited


async def _place(edit: TenantEdit, draft: AppointmentDraft) -> int:
    if draft.place:
        found = await chosen_place(draft.place)
        if found is None:
            raise Invalid({"place": N_("Choose one of the options.")})
        return found
    if draft.new_place is None:
        raise Invalid({"place": N_("Choose a place, or describe a new one below.")})
    return await new_place(edit, draft.new_place, kind=PLACE_KINDS[draft.kind])


async def _stay_place(edit: TenantEdit, draft: AppointmentDraft) -> int:
    """Where the tenant stays on that day."""
    found: int | None = await fetch_value(
        "select place from stays where tenant = $1 and starts_on <= $2"
        " and coalesce(ends_on > $2, true) order by starts_on desc, id desc limit 1",
        edit.tenant.id,
        draft.day,
    )
    if found is None:
        raise Invalid({"from_home": N_("No place is known where the tenant stays that day.")})
    return found


async def _resources(edit: TenantEdit, appointment: int, draft: AppointmentDraft) -> None:
    """Ask for these resources of the tenant's teams, and no others."""
    rows = await fetch_all(
        "select id, resource from appointment_resources where appointment = $1", appointment
    )
    held = {row["resource"]: row["id"] for row in rows}
    known = await fetch_all(
        "select id from resources where id = any($1::int[]) and team = any($2::int[])",
        list(draft.resources),
        sorted(edit.tenant.facts.teams),
    )
    wanted = {row["id"] for row in known}
    if wanted != set(draft.resources):
        raise Invalid({"resources": N_("Choose one of the options.")})
    for resource in sorted(set(held) - wanted):
        await edit.remove(Editable.APPOINTMENT_RESOURCES, held[resource])
    for resource in sorted(wanted - set(held)):
        await edit.insert(
            Editable.APPOINTMENT_RESOURCES, appointment=appointment, resource=resource
        )
