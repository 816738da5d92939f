"""The form of a stay: at home, on the street, in a shelter, an institution, a hospital, prison."""

from datetime import date

from service import clock
from service.access.policy import may_edit_support
from service.database.sql import fetch_all, fetch_one
from service.errors import NotFound
from service.people import words
from service.people.actions import remove_stay, save_stay
from service.people.changes.stay import PLACE_KINDS
from service.people.drafts import Id, Note, StayDraft
from service.people.pages.hours import hours_fields, hours_values
from service.people.pages.part import Asked, Known, NothingForm, Part, text
from service.people.pages.parts.place_fields import PlaceForm, place_fields
from service.people.states import StayKind
from service.people.tenant_queries import read_windows
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.dates import short_day
from service.web.fields import Field, FieldsOf
from service.web.i18n import gettext as _


class StayForm(PlaceForm, frozen=True, kw_only=True):
    """A stay as typed; `kind` stands in the form, hidden."""

    kind: StayKind
    starts_on: date
    ends_on: date | None = None
    tenancy: Id | None = None
    dogs: bool = False
    permit_needed: bool = False
    access_note: Note = ""
    unsafe_persons: Note = ""


_FORM = FieldsOf(StayForm)


async def _fields(asked: Asked, known: Known) -> tuple[Field, ...]:
    kind = StayKind(known.values["kind"])
    where = (
        (await _tenancy_field(asked),)
        if kind is StayKind.HOME
        else await place_fields([PLACE_KINDS[kind]])
    )
    permit = (
        ()
        if kind in {StayKind.HOME, StayKind.STREET}
        else (_FORM.check("permit_needed", _("A permit is needed to visit")),)
    )
    return (
        _FORM.hidden("kind"),
        _FORM.date("starts_on", _("Since")),
        _FORM.date("ends_on", _("Until"), hint=_("The first day elsewhere.")),
        *where,
        *hours_fields(_("Visiting hours")),
        *permit,
        _FORM.check("dogs", _("There is a dog"), heading=_("Good to know")),
        _FORM.area(
            "access_note",
            _("How to get in"),
            hint=_("Floor, bell, desk, ward. The team reads this on its round."),
        ),
        _FORM.area(
            "unsafe_persons",
            _("Whom to look out for"),
            hint=_("Others who may be there. The team alone reads this."),
        ),
    )


async def _tenancy_field(asked: Asked) -> Field:
    rows = await fetch_all(
        "select h.id, d.code, h.starts_on from tenancies h join dwellings d on d.id = h.dwelling"
        " where h.tenant = $1 order by h.starts_on desc",
        asked.tenant.id,
    )
    homes = [
        (
            str(row["id"]),
            _("%(dwelling)s, since %(day)s", dwelling=row["code"], day=short_day(row["starts_on"])),
        )
        for row in rows
    ]
    hint = _("A home comes with a tenancy: the housing team makes it.") if not homes else ""
    return _FORM.select("tenancy", _("Tenancy"), homes, hint=hint, required=True)


async def _known(asked: Asked) -> Known:
    if asked.row is None:
        if asked.choice not in set(StayKind):
            raise NotFound
        return Known(values={"kind": asked.choice, "starts_on": clock.today().isoformat()})
    row = await fetch_one(
        "select * from stays where id = $1 and tenant = $2", asked.row, asked.tenant.id
    )
    if row is None:
        raise NotFound
    values = {name: text(row[name]) for name in StayForm.__struct_fields__ if name in row}
    return Known(values=values | hours_values(read_windows(row["visiting_windows"])))


async def _save(asked: Asked, form: StayForm) -> Edited:
    home = form.kind is StayKind.HOME
    draft = StayDraft(
        kind=form.kind,
        starts_on=form.starts_on,
        ends_on=form.ends_on,
        tenancy=form.tenancy if home else None,
        place="" if home else form.place,
        new_place=None if home else form.new_place(),
        windows=form.windows(),
        dogs=form.dogs,
        permit_needed=form.permit_needed,
        access_note=form.access_note,
        unsafe_persons=form.unsafe_persons,
    )
    return await save_stay(
        asked.viewer, asked.tenant.code, draft, row=asked.row, expected_version=asked.version
    )


async def _remove(asked: Asked, _form: NothingForm) -> Edited:
    assert asked.row is not None, "only what is there is removed"
    return await remove_stay(
        asked.viewer, asked.tenant.code, asked.row, expected_version=asked.version
    )


def _title(asked: Asked) -> str:
    return words.said(StayKind(asked.choice)) if asked.choice in set(StayKind) else _("Stay")


STAY = Part(
    form=StayForm,
    title=_title,
    sentence=lambda _asked: _("Visits follow the stay that began last."),
    may=may_edit_support,
    fields=_fields,
    known=_known,
    save=_save,
    rows=(Editable.STAYS,),
    remove=_remove,
    remove_label=lambda: _("Noted by mistake: remove"),
    removed="removed",
)
