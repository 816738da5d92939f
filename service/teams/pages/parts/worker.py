"""The form of a worker's own data, skills, share and limits."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from service.database.sql import fetch_all, fetch_one
from service.errors import NotFound
from service.teams.actions import change_worker
from service.teams.changes.worker import may_edit
from service.teams.drafts import LanguageCode, Name, WorkerDraft
from service.teams.pages.part import Asked
from service.teams.skills_text import read_skills, skills_text
from service.teams.states import Discipline, Gender, TravelMode
from service.teams.words import discipline, gender, travel_mode
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.fields import Field, FieldKind
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
    contract_percent: Annotated[int, Meta(ge=1, le=100)] = 100
    visiting_share_percent: Annotated[int, Meta(ge=0, le=100)] = 50
    max_visits_per_day: Annotated[int, Meta(ge=1, le=20)] = 5
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


async def worker_fields() -> tuple[Field, ...]:
    """The fields of a worker's own data."""
    rows = await fetch_all("select distinct unnest(skills) as skill from workers order by 1")
    skills = ", ".join(row["skill"].replace("_", " ") for row in rows)
    return (
        Field(name="first_name", label=_("First name"), required=True),
        Field(name="last_name", label=_("Last name"), required=True),
        Field(
            name="discipline",
            label=_("Discipline"),
            kind=FieldKind.SELECT,
            options=[(one.value, discipline(one)) for one in Discipline],
            required=True,
        ),
        Field(
            name="gender",
            label=_("Gender"),
            kind=FieldKind.RADIO,
            options=[(one.value, gender(one)) for one in Gender],
            required=True,
            short=True,
        ),
        Field(
            name="languages",
            label=_("Languages"),
            kind=FieldKind.CHECKS,
            options=language_options(),
            short=True,
        ),
        Field(
            name="skills",
            label=_("Skills"),
            hint=_("With commas. Known so far: %(skills)s.", skills=skills) if skills else "",
        ),
        *_limits(),
        Field(
            name="employed_from",
            label=_("First day"),
            kind=FieldKind.DATE,
            required=True,
            heading=_("Employed"),
        ),
        Field(
            name="employed_to",
            label=_("Until"),
            kind=FieldKind.DATE,
            hint=_("The first day without."),
        ),
    )


def _limits() -> tuple[Field, ...]:
    return (
        Field(
            name="contract_percent",
            label=_("Contract"),
            kind=FieldKind.NUMBER,
            unit="%",
            required=True,
            heading=_("Time and limits"),
            least=1,
            most=100,
            row="limits",
        ),
        Field(
            name="visiting_share_percent",
            label=_("Meant for visits"),
            kind=FieldKind.NUMBER,
            unit="%",
            required=True,
            least=0,
            most=100,
            row="limits",
        ),
        Field(
            name="max_visits_per_day",
            label=_("Visits a day at most"),
            kind=FieldKind.NUMBER,
            required=True,
            least=1,
            most=20,
            row="limits",
        ),
        Field(
            name="may_go_alone",
            label=_("May go alone"),
            kind=FieldKind.CHECK,
            heading=_("On the round"),
        ),
        Field(
            name="counts_as_second",
            label=_("Counts as the second worker"),
            kind=FieldKind.CHECK,
            hint=_("Students, interns and newcomers do not; they may come along."),
        ),
        Field(name="no_dogs", label=_("No dogs"), kind=FieldKind.CHECK),
        Field(
            name="travel_mode",
            label=_("Goes"),
            kind=FieldKind.RADIO,
            options=[(one.value, travel_mode(one)) for one in TravelMode],
            required=True,
            short=True,
        ),
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
