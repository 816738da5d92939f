"""The form of a worker's own data, skills, share and limits."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from service.database.sql import fetch_one
from service.errors import NotFound
from service.teams.actions import change_worker
from service.teams.changes.worker import may_edit
from service.teams.drafts import LanguageCode, Name, WorkerDraft
from service.teams.pages.part import Asked
from service.teams.pages.skills_field import skills_field
from service.teams.skills_text import read_skills, skills_text
from service.teams.states import Discipline, Gender, TravelMode
from service.teams.words import discipline, gender, travel_mode
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.fields import Field, FieldsOf, options_of
from service.web.i18n import gettext as _
from service.web.language_names import language_options
from service.web.parts import Known, Part, text


class WorkerForm(msgspec.Struct, frozen=True, kw_only=True):
    """A worker as typed; skills as words with commas."""

    first_name: Name
    last_name: Name
    discipline: Discipline
    gender: Gender
    languages: tuple[LanguageCode, ...] = ()
    skills: Annotated[str, Meta(max_length=300)] = ""
    contract_percent: Annotated[int, Meta(ge=1, le=100)]
    visiting_share_percent: Annotated[int, Meta(ge=0, le=100)]
    max_visits_per_day: Annotated[int, Meta(ge=1, le=20)]
    may_go_alone: bool = False
    counts_as_second: bool = False
    no_dogs: bool = False
    travel_mode: TravelMode = TravelMode.TRANSIT
    employed_from: date
    employed_to: date | None = None

    def draft(self) -> WorkerDraft:
        """What is stored; raises `Invalid` beside skills that cannot be read."""
        given = {name: getattr(self, name) for name in WorkerDraft.__struct_fields__}
        given["skills"] = read_skills(self.skills)
        return WorkerDraft(**given)


_FORM = FieldsOf(WorkerForm)


async def worker_fields() -> tuple[Field, ...]:
    """The fields of a worker's own data."""
    return (
        _FORM.text("first_name", _("First name")),
        _FORM.text("last_name", _("Last name")),
        _FORM.select("discipline", _("Discipline"), options_of(Discipline, discipline)),
        _FORM.radio("gender", _("Gender"), options_of(Gender, gender), short=True),
        _FORM.checks("languages", _("Languages"), language_options(), short=True),
        await skills_field(_FORM, _("Skills")),
        *_limits(),
        _FORM.date("employed_from", _("First day"), heading=_("Employed")),
        _FORM.date("employed_to", _("Until"), hint=_("The first day without.")),
    )


def _limits() -> tuple[Field, ...]:
    return (
        _FORM.number(
            "contract_percent",
            _("Contract"),
            unit="%",
            heading=_("Time and limits"),
            row="limits",
        ),
        _FORM.number("visiting_share_percent", _("Meant for visits"), unit="%", row="limits"),
        _FORM.number("max_visits_per_day", _("Visits a day at most"), row="limits"),
        _FORM.check("may_go_alone", _("May go alone"), heading=_("On the round")),
        _FORM.check(
            "counts_as_second",
            _("Counts as the second worker"),
            hint=_("Students, interns and newcomers do not; they may come along."),
        ),
        _FORM.check("no_dogs", _("No dogs")),
        _FORM.radio("travel_mode", _("Goes"), options_of(TravelMode, travel_mode), short=True),
    )


async def _fields(_asked: Asked, _known: Known) -> tuple[Field, ...]:
    return await worker_fields()


async def _known(asked: Asked) -> Known:
    row = await fetch_one("select * from workers where id = $1", asked.worker.id)
    if row is None:
        raise NotFound
    values = {name: text(row[name]) for name in WorkerForm.__struct_fields__}
    values["skills"] = skills_text(row["skills"])
    return Known(values=values, several={"languages": tuple(row["languages"])})


async def _save(asked: Asked, form: WorkerForm) -> Edited:
    return await change_worker(
        asked.viewer, asked.worker.code, form.draft(), expected_version=asked.version
    )


WORKER = Part(
    form=WorkerForm,
    title=lambda _asked: _("Worker"),
    may=may_edit,
    fields=_fields,
    known=_known,
    save=_save,
    rows=(Editable.WORKERS,),
)
