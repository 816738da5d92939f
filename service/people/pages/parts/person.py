"""The form of a tenant's own data."""

from service.access.policy import may_edit_person, sees_support_reasons
from service.database.sql import fetch_one
from service.errors import NotFound
from service.people.actions import change_person
from service.people.changes.person import FUNDERS
from service.people.drafts import PersonDraft
from service.people.edit_words import end_reason, funder
from service.people.pages.part import Asked, Known, Part, text
from service.people.states import EndReason
from service.teams.states import Gender
from service.teams.words import gender
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.fields import Field, FieldKind
from service.web.i18n import gettext as _
from service.web.language_names import language_options


def person_fields(*, with_funder: bool) -> tuple[Field, ...]:
    """The fields of a tenant's own data."""
    asked = [
        Field(name="first_name", label=_("First name"), required=True),
        Field(name="last_name", label=_("Last name"), required=True),
        Field(name="birth_date", label=_("Date of birth"), kind=FieldKind.DATE, required=True),
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
        Field(name="interpreter", label=_("An interpreter is needed"), kind=FieldKind.CHECK),
        Field(name="phone", label=_("Phone"), kind=FieldKind.PHONE),
    ]
    if with_funder:
        asked.append(
            Field(
                name="funder",
                label=_("Funder"),
                kind=FieldKind.SELECT,
                options=[(one, funder(one)) for one in FUNDERS],
                hint=_("Shown to the support team alone."),
                required=True,
            )
        )
    return (*asked, *_life_fields())


def _life_fields() -> tuple[Field, ...]:
    return (
        Field(
            name="referred_on",
            label=_("Referred on"),
            kind=FieldKind.DATE,
            required=True,
            heading=_("Support"),
        ),
        Field(name="accepted_on", label=_("Accepted on"), kind=FieldKind.DATE),
        Field(
            name="ended_on",
            label=_("Support ended on"),
            kind=FieldKind.DATE,
            hint=_("The first day without support."),
        ),
        Field(
            name="end_reason",
            label=_("Why it ended"),
            kind=FieldKind.SELECT,
            options=[("", "–"), *((one.value, end_reason(one)) for one in EndReason)],
        ),
    )


async def _fields(asked: Asked, _known: Known) -> tuple[Field, ...]:
    return person_fields(with_funder=sees_support_reasons(asked.viewer, asked.facts))


async def _known(asked: Asked) -> Known:
    row = await fetch_one("select * from tenants where id = $1", asked.tenant.id)
    if row is None:
        raise NotFound
    values = {name: text(row[name]) for name in PersonDraft.__struct_fields__ if name in row}
    return Known(values=values, several={"languages": tuple(row["languages"])})


async def _save(asked: Asked, draft: PersonDraft) -> Edited:
    return await change_person(
        asked.viewer, asked.tenant.code, draft, expected_version=asked.version
    )


PERSON = Part(
    form=PersonDraft,
    title=lambda _asked: _("Person"),
    may=may_edit_person,
    fields=_fields,
    known=_known,
    save=_save,
    rows=(Editable.TENANTS,),
)
