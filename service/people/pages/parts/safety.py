"""The forms of the two-workers flag and of exclusions."""

from datetime import timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

from service import clock
from service.access.policy import may_edit_safety, may_raise_flag, sees_safety_reasons
from service.database.sql import fetch_one
from service.errors import Invalid, NotFound
from service.people.actions import (
    end_exclusion,
    lift_flag,
    raise_flag,
    review_flag,
    save_exclusion,
)
from service.people.changes.safety import LiftDraft
from service.people.drafts import ExclusionDraft, FlagDraft
from service.people.pages.part import Asked, EndForm, Known, Part, text
from service.places.queries import municipality_choices
from service.teams.choices import worker_choices
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.fields import Field, FieldsOf
from service.web.i18n import current_language
from service.web.i18n import gettext as _

REVIEW = timedelta(days=90)


_FLAG_FORM = FieldsOf(FlagDraft)


async def _flag_fields(asked: Asked, _known: Known) -> tuple[Field, ...]:
    leads = sees_safety_reasons(asked.viewer, asked.facts)
    return (
        _FLAG_FORM.area(
            "reason", _("Why two workers"), hint=_("Leads of the team read this, nobody else.")
        ),
        _FLAG_FORM.date(
            "review_on",
            _("Look at it again on"),
            hint=_("It stays in force after this day, until a lead lifts it.")
            if leads
            else _("It stays in force after this day, until your lead lifts it."),
        ),
    )


async def _flag_known(asked: Asked) -> Known:
    """The flag in force, for leads; a new one for everybody else and where there is none."""
    row = await fetch_one(
        "select review_on, reason from safety_flags where tenant = $1 and lifted_on is null",
        asked.tenant.id,
    )
    if asked.row is None:
        return Known(values={"review_on": (clock.today() + REVIEW).isoformat()})
    if row is None or not may_edit_safety(asked.viewer, asked.facts):
        raise NotFound
    return Known(values={name: text(value) for name, value in row.items()})


async def _save_flag(asked: Asked, draft: FlagDraft) -> Edited:
    save = raise_flag if asked.row is None else review_flag
    return await save(asked.viewer, asked.tenant.code, draft, expected_version=asked.version)


class LiftForm(msgspec.Struct, frozen=True, kw_only=True):
    """Why two workers are needed no more, in a field of its own beside why they were."""

    lift_reason: Annotated[str, Meta(min_length=3, max_length=1000)]


async def _lift(asked: Asked, form: LiftForm) -> Edited:
    draft = LiftDraft(reason=form.lift_reason)
    try:
        return await lift_flag(
            asked.viewer, asked.tenant.code, draft, expected_version=asked.version
        )
    except Invalid as invalid:
        raise Invalid({f"lift_{name}": said for name, said in invalid.fields.items()}) from None


_EXCLUSION_FORM = FieldsOf(ExclusionDraft)


async def _exclusion_fields(asked: Asked, _known: Known) -> tuple[Field, ...]:
    people = await worker_choices(asked.facts.teams, on=clock.today())
    areas = municipality_choices(current_language().value)
    nobody = ("", "–")
    return (
        _EXCLUSION_FORM.select("worker", _("Not this worker"), [nobody, *people]),
        _EXCLUSION_FORM.select("refnis", _("Or not in this municipality"), [nobody, *areas]),
        _EXCLUSION_FORM.area(
            "reason", _("Why"), hint=_("Leads of the team read this, nobody else.")
        ),
        _EXCLUSION_FORM.date("starts_on", _("From")),
        _EXCLUSION_FORM.date(
            "review_on", _("Look at it again on"), hint=_("It stays in force after this day.")
        ),
        _EXCLUSION_FORM.date("ends_on", _("Until"), hint=_("The first day without.")),
    )


async def _exclusion_known(asked: Asked) -> Known:
    today = clock.today()
    if asked.row is None:
        return Known(
            values={
                "starts_on": today.isoformat(),
                "review_on": (today + REVIEW).isoformat(),
            }
        )
    row = await fetch_one(
        "select w.code as worker, x.municipality as refnis, x.reason, x.starts_on, x.ends_on,"
        " x.review_on from exclusions x left join workers w on w.id = x.worker"
        " where x.id = $1 and x.tenant = $2",
        asked.row,
        asked.tenant.id,
    )
    if row is None:
        raise NotFound
    return Known(values={name: text(value) for name, value in row.items()})


async def _save_exclusion(asked: Asked, draft: ExclusionDraft) -> Edited:
    return await save_exclusion(
        asked.viewer, asked.tenant.code, draft, row=asked.row, expected_version=asked.version
    )


async def _end_exclusion(asked: Asked, form: EndForm) -> Edited:
    assert asked.row is not None, "only what is there ends"
    return await end_exclusion(
        asked.viewer,
        asked.tenant.code,
        asked.row,
        on=form.day(),
        expected_version=asked.version,
    )


FLAG = Part(
    form=FlagDraft,
    title=lambda _asked: _("Always two workers"),
    sentence=lambda _asked: _("From now on no visit is planned or left with one worker."),
    may=may_raise_flag,
    fields=_flag_fields,
    known=_flag_known,
    save=_save_flag,
    rows=(Editable.FLAGS,),
    remove=_lift,
    remove_form=LiftForm,
    remove_label=lambda: _("Lift it"),
    template="people/edit_flag.html",
)
EXCLUSION = Part(
    form=ExclusionDraft,
    title=lambda asked: _("Exclusion") if asked.row else _("New exclusion"),
    sentence=lambda _asked: _("Never planned together, whatever the cost."),
    may=may_edit_safety,
    fields=_exclusion_fields,
    known=_exclusion_known,
    save=_save_exclusion,
    rows=(Editable.EXCLUSIONS,),
    remove=_end_exclusion,
    remove_form=EndForm,
    remove_label=lambda: _("End it today"),
)
