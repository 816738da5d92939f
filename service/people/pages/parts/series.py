"""The form of a series: medication, a depot injection, a group."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from service import clock
from service.access.policy import may_edit_support
from service.database.sql import fetch_one
from service.errors import Invalid, NotFound
from service.people import words
from service.people.actions import end_series, save_series
from service.people.drafts import Days, Minutes, SeriesDraft, Weekday, Workers
from service.people.pages.part import Asked, Known, Part, text
from service.people.states import SeriesKind
from service.rounds.schemas import Clock
from service.teams.hours_text import read_time
from service.teams.states import Discipline
from service.teams.words import discipline
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.dates import minute_time
from service.web.fields import Field, FieldKind
from service.web.i18n import N_
from service.web.i18n import gettext as _


class SeriesForm(msgspec.Struct, frozen=True, kw_only=True):
    """A series as typed."""

    kind: SeriesKind
    starts_on: date
    ends_on: date | None = None
    weekdays: tuple[Weekday, ...] = ()
    interval_days: Days | None = None
    anchor_on: date | None = None
    tolerance_days: Annotated[int, Meta(ge=0, le=60)] = 0
    minutes: Minutes
    discipline: Discipline | None = None
    workers_needed: Workers = 1
    from_time: Clock | None = None
    to_time: Clock | None = None


class EndForm(msgspec.Struct, frozen=True, kw_only=True):
    """The first day without."""

    on: date | None = None


def end_day(form: EndForm) -> date:
    """The day given, else today."""
    return form.on or clock.today()


async def _fields(_asked: Asked, _known: Known) -> tuple[Field, ...]:
    return (
        Field(
            name="kind",
            label=_("What"),
            kind=FieldKind.RADIO,
            options=[(one.value, words.said(one)) for one in SeriesKind],
            required=True,
            short=True,
        ),
        Field(
            name="weekdays",
            label=_("Each week on"),
            kind=FieldKind.CHECKS,
            options=[(str(n), words.weekday_name(n)) for n in range(1, 8)],
            short=True,
            heading=_("When"),
        ),
        Field(
            name="interval_days",
            label=_("Or every"),
            kind=FieldKind.NUMBER,
            unit=_("days"),
            hint=_("Counted from the last one given: 14 or 28 for a depot injection."),
            least=1,
            most=366,
        ),
        Field(name="anchor_on", label=_("First due on"), kind=FieldKind.DATE),
        Field(
            name="tolerance_days",
            label=_("May be given earlier or later by"),
            kind=FieldKind.NUMBER,
            unit=_("days"),
            least=0,
            most=60,
        ),
        Field(name="from_time", label=_("Not before"), kind=FieldKind.TIME),
        Field(name="to_time", label=_("Over by"), kind=FieldKind.TIME),
        Field(
            name="minutes",
            label=_("Takes"),
            kind=FieldKind.NUMBER,
            unit=_("minutes"),
            required=True,
            heading=_("By whom"),
            least=5,
            most=600,
        ),
        Field(
            name="discipline",
            label=_("By"),
            kind=FieldKind.SELECT,
            options=[("", _("anybody")), *((one.value, discipline(one)) for one in Discipline)],
            required=True,
        ),
        Field(
            name="workers_needed",
            label=_("Workers"),
            kind=FieldKind.RADIO,
            options=[("1", _("one")), ("2", _("two"))],
            required=True,
            short=True,
        ),
        Field(
            name="starts_on", label=_("From"), kind=FieldKind.DATE, required=True, heading=_("Days")
        ),
        Field(
            name="ends_on", label=_("Until"), kind=FieldKind.DATE, hint=_("The first day without.")
        ),
    )


async def _known(asked: Asked) -> Known:
    if asked.row is None:
        today = clock.today().isoformat()
        return Known(
            values={
                "starts_on": today,
                "kind": "medication",
                "minutes": "15",
                "workers_needed": "1",
            }
        )
    row = await fetch_one(
        "select * from series where id = $1 and tenant = $2", asked.row, asked.tenant.id
    )
    if row is None:
        raise NotFound
    values = {name: text(row[name]) for name in SeriesForm.__struct_fields__ if name in row}
    for field, minute in (("from_time", row["from_minute"]), ("to_time", row["to_minute"])):
        values[field] = "" if minute is None else minute_time(minute)
    return Known(values=values, several={"weekdays": tuple(map(str, row["weekdays"]))})


async def _save(asked: Asked, form: SeriesForm) -> Edited:
    times: dict[str, int | None] = {}
    for name, typed in (("from", form.from_time), ("to", form.to_time)):
        try:
            times[name] = None if typed is None else read_time(typed)
        except ValueError:
            raise Invalid({f"{name}_time": N_("Give a time, such as 09:30.")}) from None
    draft = SeriesDraft(
        kind=form.kind,
        starts_on=form.starts_on,
        ends_on=form.ends_on,
        weekdays=form.weekdays,
        interval_days=form.interval_days,
        anchor_on=form.anchor_on,
        tolerance_days=form.tolerance_days,
        minutes=form.minutes,
        discipline=form.discipline,
        workers_needed=form.workers_needed,
        from_minute=times["from"],
        to_minute=times["to"],
    )
    try:
        return await save_series(
            asked.viewer, asked.tenant.code, draft, row=asked.row, expected_version=asked.version
        )
    except Invalid as invalid:
        found = {name.replace("_minute", "_time"): said for name, said in invalid.fields.items()}
        raise Invalid(found) from None


async def _end(asked: Asked, form: EndForm) -> Edited:
    assert asked.row is not None, "only what is there ends"
    return await end_series(
        asked.viewer,
        asked.tenant.code,
        asked.row,
        on=end_day(form),
        expected_version=asked.version,
    )


SERIES = Part(
    form=SeriesForm,
    title=lambda asked: _("Series") if asked.row else _("New series"),
    sentence=lambda _asked: _("Visits that must take place, beside the agreement."),
    may=may_edit_support,
    fields=_fields,
    known=_known,
    save=_save,
    rows=(Editable.SERIES,),
    remove=_end,
    remove_form=EndForm,
    remove_label=lambda: _("End it today"),
)
