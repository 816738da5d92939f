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
from service.people.pages.part import Asked, EndForm, Known, Part, text
from service.people.states import SeriesKind
from service.rounds.schemas import Clock
from service.teams.hours_text import read_time
from service.teams.states import Discipline
from service.teams.words import discipline
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.dates import minute_time
from service.web.fields import Field, FieldsOf, options_of, weekday_options
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


_FORM = FieldsOf(SeriesForm)


async def _fields(_asked: Asked, _known: Known) -> tuple[Field, ...]:
    anybody = ("", _("anybody"))
    return (
        _FORM.radio("kind", _("What"), options_of(SeriesKind, words.said), short=True),
        _FORM.checks(
            "weekdays", _("Each week on"), weekday_options(), short=True, heading=_("When")
        ),
        _FORM.number(
            "interval_days",
            _("Or every"),
            unit=_("days"),
            hint=_("Counted from the last one given: 14 or 28 for a depot injection."),
        ),
        _FORM.date("anchor_on", _("First due on")),
        _FORM.number("tolerance_days", _("May be given earlier or later by"), unit=_("days")),
        _FORM.time("from_time", _("Not before")),
        _FORM.time("to_time", _("Over by")),
        _FORM.number("minutes", _("Takes"), unit=_("minutes"), heading=_("By whom")),
        _FORM.select(
            "discipline", _("By"), [anybody, *options_of(Discipline, discipline)], required=True
        ),
        _FORM.radio("workers_needed", _("Workers"), [("1", _("one")), ("2", _("two"))], short=True),
        _FORM.date("starts_on", _("From"), heading=_("Days")),
        _FORM.date("ends_on", _("Until"), hint=_("The first day without.")),
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
        on=form.day(),
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
