"""The form of an appointment outside: where, when, who goes along, what is needed."""

from datetime import date

from service import clock
from service.access.policy import may_edit_support
from service.database.sql import fetch_all, fetch_one
from service.errors import Invalid, NotFound
from service.people import words
from service.people.actions import cancel_appointment, save_appointment
from service.people.drafts import AppointmentDraft, Id, Minutes, Workers
from service.people.pages.part import Asked, Known, NothingForm, Part, text
from service.people.pages.parts.place_fields import PlaceForm, place_fields
from service.people.states import AppointmentKind
from service.places.states import PlaceKind
from service.rounds.schemas import Clock
from service.teams.choices import resource_choices
from service.teams.hours_text import read_time
from service.teams.states import Discipline
from service.teams.words import discipline, resource_kind
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.fields import Field, FieldsOf, options_of
from service.web.i18n import N_
from service.web.i18n import gettext as _

_PLACES = (
    PlaceKind.WELFARE_OFFICE,
    PlaceKind.HOSPITAL,
    PlaceKind.COURT,
    PlaceKind.OFFICE,
    PlaceKind.INSTITUTION,
    PlaceKind.SHELTER,
)


class AppointmentForm(PlaceForm, frozen=True, kw_only=True):
    """An appointment as typed."""

    kind: AppointmentKind
    day: date
    time: Clock
    minutes: Minutes
    from_home: bool = False
    back_home: bool = False
    workers_needed: Workers = 1
    discipline: Discipline | None = None
    resources: tuple[Id, ...] = ()


_FORM = FieldsOf(AppointmentForm)


async def _fields(asked: Asked, _known: Known) -> tuple[Field, ...]:
    shared = await resource_choices(asked.facts.teams, on=clock.today())
    options = [(row, f"{resource_kind(kind)} ({code})") for row, code, kind in shared]
    needed = _FORM.checks("resources", _("Needed"), options, short=True)
    anybody = ("", _("anybody"))
    return (
        _FORM.select("kind", _("What"), options_of(AppointmentKind, words.said)),
        _FORM.date("day", _("Day")),
        _FORM.time("time", _("Time"), hint=_("When one must be there.")),
        _FORM.number("minutes", _("Takes"), unit=_("minutes"), hint=_("Waiting included.")),
        *await place_fields(_PLACES),
        _FORM.check("from_home", _("Fetch the tenant where they stay"), heading=_("On the way")),
        _FORM.check("back_home", _("Bring the tenant back")),
        _FORM.radio("workers_needed", _("Workers"), [("1", _("one")), ("2", _("two"))], short=True),
        _FORM.select(
            "discipline", _("By"), [anybody, *options_of(Discipline, discipline)], required=True
        ),
        *((needed,) if shared else ()),
    )


async def _known(asked: Asked) -> Known:
    if asked.row is None:
        return Known(values={"minutes": "60", "workers_needed": "1", "from_home": "true"})
    row = await fetch_one(
        "select * from appointments where id = $1 and tenant = $2 and state = 'planned'",
        asked.row,
        asked.tenant.id,
    )
    if row is None:
        raise NotFound
    local = row["starts_at"].astimezone(clock.BRUSSELS)
    names = set(AppointmentForm.__struct_fields__) & set(row)
    values = {name: text(row[name]) for name in names} | {
        "day": local.date().isoformat(),
        "time": local.strftime("%H:%M"),
        "from_home": text(row["pick_up"] is not None),
        "back_home": text(row["end_place"] is not None),
    }
    needed = await fetch_all(
        "select resource from appointment_resources where appointment = $1", asked.row
    )
    return Known(
        values=values, several={"resources": tuple(str(one["resource"]) for one in needed)}
    )


async def _save(asked: Asked, form: AppointmentForm) -> Edited:
    try:
        minute = read_time(form.time)
    except ValueError:
        raise Invalid({"time": N_("Give a time, such as 09:30.")}) from None
    draft = AppointmentDraft(
        kind=form.kind,
        day=form.day,
        minute=minute,
        minutes=form.minutes,
        place=form.place,
        new_place=form.new_place(),
        from_home=form.from_home,
        back_home=form.back_home,
        workers_needed=form.workers_needed,
        discipline=form.discipline,
        resources=form.resources,
    )
    return await save_appointment(
        asked.viewer, asked.tenant.code, draft, row=asked.row, expected_version=asked.version
    )


async def _cancel(asked: Asked, _form: NothingForm) -> Edited:
    assert asked.row is not None, "only what is there is cancelled"
    return await cancel_appointment(
        asked.viewer, asked.tenant.code, asked.row, expected_version=asked.version
    )


APPOINTMENT = Part(
    form=AppointmentForm,
    title=lambda asked: _("Appointment") if asked.row else _("New appointment"),
    sentence=lambda _asked: _("The next plan sends somebody along."),
    may=may_edit_support,
    fields=_fields,
    known=_known,
    save=_save,
    rows=(Editable.APPOINTMENTS, Editable.APPOINTMENT_RESOURCES),
    remove=_cancel,
    remove_label=lambda: _("Cancel the appointment"),
)
