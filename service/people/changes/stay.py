"""Where a tenant can be visited: stays, with the places they are at."""

import msgspec

from service import clock
from service.access.policy import Viewer, may_edit_support
from service.database.sql import fetch_one
from service.errors import Invalid
from service.people.changes.edit import TenantEdit, edited_tenant
from service.people.drafts import NewPlace, StayDraft
from service.people.states import StayKind
from service.places.directory import chosen_place, ensure_municipality, point_near, point_of
from service.places.municipalities import municipalities
from service.places.states import PlaceKind
from service.undo.change_set import ChangeSet
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.i18n import N_

PLACE_KINDS = {
    StayKind.STREET: PlaceKind.SPOT,
    StayKind.SHELTER: PlaceKind.SHELTER,
    StayKind.INSTITUTION: PlaceKind.INSTITUTION,
    StayKind.HOSPITAL: PlaceKind.HOSPITAL,
    StayKind.PRISON: PlaceKind.PRISON,
}


async def save_stay(
    viewer: Viewer,
    code: str,
    draft: StayDraft,
    *,
    row: int | None = None,
    expected_version: int | None = None,
) -> Edited:
    """Add a stay, or change one (`row`); visits follow the one that began last."""
    if draft.ends_on is not None and draft.ends_on <= draft.starts_on:
        raise Invalid({"ends_on": N_("It ends after it begins.")})
    async with edited_tenant(
        viewer,
        code,
        may=may_edit_support,
        action="change stay",
        expected_version=expected_version,
    ) as edit:
        was = None if row is None else await edit.own(Editable.STAYS, row)
        values = {
            "kind": draft.kind.value,
            "starts_on": draft.starts_on,
            "ends_on": draft.ends_on,
            "visiting_windows": msgspec.json.encode(draft.windows).decode(),
            "dogs": draft.dogs,
            "permit_needed": draft.permit_needed,
            "access_note": draft.access_note,
            "unsafe_persons": draft.unsafe_persons,
            **await _where(edit, draft),
        }
        if was is None:
            await edit.insert(Editable.STAYS, tenant=edit.tenant.id, **values)
        else:
            await edit.change(Editable.STAYS, was["id"], **values)
    return edit.edited


async def remove_stay(
    viewer: Viewer, code: str, row: int, *, expected_version: int | None = None
) -> Edited:
    """Take away a stay that was noted by mistake; one that was is ended instead."""
    async with edited_tenant(
        viewer, code, may=may_edit_support, action="remove stay", expected_version=expected_version
    ) as edit:
        await edit.own(Editable.STAYS, row)
        await edit.remove(Editable.STAYS, row)
    return edit.edited


async def _where(edit: TenantEdit, draft: StayDraft) -> dict[str, object]:
    """The tenancy and the place of a stay."""
    if draft.kind is StayKind.HOME:
        found = await fetch_one(
            "select h.id as tenancy, d.place from tenancies h join dwellings d on d.id = h.dwelling"
            " where h.id = $1 and h.tenant = $2",
            draft.tenancy,
            edit.tenant.id,
        )
        if found is None:
            raise Invalid({"tenancy": N_("Choose the tenancy of this home.")})
        return found
    if draft.place:
        place = await chosen_place(draft.place)
        if place is None:
            raise Invalid({"place": N_("Choose one of the options.")})
    elif draft.new_place is not None:
        place = await new_place(edit, draft.new_place, kind=PLACE_KINDS[draft.kind])
    else:
        raise Invalid({"place": N_("Choose a place, or describe a new one below.")})
    return {"tenancy": None, "place": place}


async def new_place(edit: ChangeSet, draft: NewPlace, *, kind: PlaceKind) -> int:
    """Make a place that was not known, where its stop or its point is; raises `Invalid`."""
    if draft.point:
        point = point_of(draft.point)
        if point is None:
            raise Invalid({"point": N_("Two numbers in the Region, such as 50.8466, 4.3528.")})
    else:
        point = point_near(draft.near)
        if point is None:
            raise Invalid({"near": N_("Choose a stop from the list, or give the point.")})
    if not draft.name and not draft.street:
        raise Invalid({"name": N_("Say what the place is called, or give its street.")})
    await ensure_municipality(point.refnis)
    return await edit.insert(
        Editable.PLACES,
        kind=kind.value,
        name_fr=draft.name,
        name_nl=draft.name,
        street_fr=draft.street,
        street_nl=draft.street,
        house_number=draft.house_number,
        postcode=municipalities()[point.refnis].main_postcode,
        municipality=point.refnis,
        lat=point.lat,
        lon=point.lon,
        updated_at=clock.now(),
    )
