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
from service.web.fields import Field, FieldsOf, options_of
from service.web.i18n import gettext as _
from service.web.language_names import language_options

_FORM = FieldsOf(PersonDraft)


def person_fields(*, with_funder: bool) -> tuple[Field, ...]:
    """The fields of a tenant's own data."""
    funders = [(one, funder(one)) for one in FUNDERS]
    hint = _("Shown to the support team alone.")
    paid_by = _FORM.select("funder", _("Funder"), funders, hint=hint, required=True)
    return (
        _FORM.text("first_name", _("First name")),
        _FORM.text("last_name", _("Last name")),
        _FORM.date("birth_date", _("Date of birth")),
        _FORM.radio("gender", _("Gender"), options_of(Gender, gender), short=True),
        _FORM.checks("languages", _("Languages"), language_options(), short=True),
        _FORM.check("interpreter", _("An interpreter is needed")),
        _FORM.phone("phone", _("Phone")),
        *((paid_by,) if with_funder else ()),
        _FORM.date("referred_on", _("Referred on"), heading=_("Support")),
        _FORM.date("accepted_on", _("Accepted on")),
        _FORM.date("ended_on", _("Support ended on"), hint=_("The first day without support.")),
        _FORM.select(
            "end_reason", _("Why it ended"), [("", "–"), *options_of(EndReason, end_reason)]
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
