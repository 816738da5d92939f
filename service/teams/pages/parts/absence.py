"""The form of an absence: days, and times where it is not a whole day."""

from datetime import date, datetime, time, timedelta

import msgspec

from service import clock
from service.database.sql import fetch_one
from service.errors import Invalid, NotFound
from service.rounds.schemas import Clock
from service.teams.actions import remove_absence, save_absence
from service.teams.changes.absence import may_enter
from service.teams.drafts import AbsenceDraft
from service.teams.hours_text import read_time
from service.teams.pages.part import Asked
from service.teams.states import AbsenceKind
from service.teams.words import absence_kind
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.fields import Field, FieldsOf, options_of
from service.web.i18n import N_
from service.web.i18n import gettext as _
from service.web.parts import Known, NothingForm, Part


class AbsenceForm(msgspec.Struct, frozen=True, kw_only=True):
    """An absence as typed: the last day is included."""

    first_day: date
    first_time: Clock | None = None
    last_day: date
    last_time: Clock | None = None
    kind: AbsenceKind = AbsenceKind.PLANNED


_FORM = FieldsOf(AbsenceForm)


async def _fields(_asked: Asked, _known: Known) -> tuple[Field, ...]:
    return (
        _FORM.date("first_day", _("First day away"), row="first"),
        _FORM.time("first_time", _("from (all day if empty)"), row="first"),
        _FORM.date("last_day", _("Last day away"), row="last"),
        _FORM.time("last_time", _("until (all day if empty)"), row="last"),
        _FORM.radio(
            "kind",
            _("Kind"),
            options_of(AbsenceKind, absence_kind),
            hint=_("No more than this: why somebody is ill is never stored."),
            short=True,
        ),
    )


async def _known(asked: Asked) -> Known:
    if asked.row is None:
        today = clock.today().isoformat()
        return Known(values={"first_day": today, "last_day": today, "kind": "planned"})
    row = await fetch_one(
        "select starts_at, ends_at, kind from absences where id = $1 and worker = $2",
        asked.row,
        asked.worker.id,
    )
    if row is None:
        raise NotFound
    first, last = (row[name].astimezone(clock.BRUSSELS) for name in ("starts_at", "ends_at"))
    whole = last.time() == time()
    return Known(
        values={
            "first_day": first.date().isoformat(),
            "first_time": "" if first.time() == time() else first.strftime("%H:%M"),
            "last_day": (last.date() - timedelta(days=int(whole))).isoformat(),
            "last_time": "" if whole else last.strftime("%H:%M"),
            "kind": row["kind"],
        }
    )


async def _save(asked: Asked, form: AbsenceForm) -> Edited:
    first = _instant(form.first_day, form.first_time, "first_time")
    next_day = form.last_day + timedelta(days=1)
    last = (
        _instant(next_day, None, "last_time")
        if form.last_time is None
        else _instant(form.last_day, form.last_time, "last_time")
    )
    draft = AbsenceDraft(starts_at=first, ends_at=last, kind=form.kind)
    return await save_absence(
        asked.viewer, asked.worker.code, draft, row=asked.row, expected_version=asked.version
    )


def _instant(day: date, typed: str | None, field: str) -> datetime:
    """A local time of a day, midnight where none was typed."""
    try:
        minute = 0 if typed is None else read_time(typed)
    except ValueError:
        raise Invalid({field: N_("Give a time, such as 09:30.")}) from None
    return datetime.combine(day, time(minute // 60, minute % 60), clock.BRUSSELS)


async def _remove(asked: Asked, _form: NothingForm) -> Edited:
    assert asked.row is not None, "only what is there is removed"
    return await remove_absence(
        asked.viewer, asked.worker.code, asked.row, expected_version=asked.version
    )


ABSENCE = Part(
    form=AbsenceForm,
    title=lambda asked: _("Absence") if asked.row else _("New absence"),
    may=may_enter,
    fields=_fields,
    known=_known,
    save=_save,
    rows=(Editable.ABSENCES,),
    remove=_remove,
    remove_label=lambda: _("There after all: remove"),
    removed="removed",
)
