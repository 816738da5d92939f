"""The form of a working pattern: one text a day, for each week of the cycle."""

from datetime import date, timedelta
from typing import Annotated

import msgspec
from msgspec import Meta

from service import clock
from service.errors import Invalid
from service.teams.actions import begin_pattern
from service.teams.changes.worker import may_edit
from service.teams.drafts import MOST_WEEKS, PatternDraft
from service.teams.hours import Stretch
from service.teams.hours_text import hours_text, read_hours
from service.teams.pages.part import Asked
from service.teams.worker_queries import worker_page
from service.undo.said import Edited
from service.undo.states import Editable
from service.web.dates import weekday_name
from service.web.fields import Field, FieldKind, FieldsOf
from service.web.i18n import N_
from service.web.i18n import gettext as _
from service.web.parts import Known, Part

_Hours = Annotated[str, Meta(max_length=80)]
_NAMES = tuple(f"week_{w}_day_{d}" for w in range(MOST_WEEKS) for d in range(1, 8))

HoursForm = msgspec.defstruct(
    "HoursForm",
    [
        ("starts_on", date),
        ("ends_on", date | None, None),
        ("cycle_weeks", Annotated[int, Meta(ge=1, le=MOST_WEEKS)]),
        *((name, _Hours, "") for name in _NAMES),
    ],
    frozen=True,
    kw_only=True,
    module=__name__,
)
"""A pattern as typed: a field for each day of the longest cycle."""


def _weeks(asked: Asked, known: Known) -> int:
    """How many weeks the form shows: as asked, else as it is now."""
    if asked.choice.isdecimal() and 1 <= int(asked.choice) <= MOST_WEEKS:
        return int(asked.choice)
    return int(known.values.get("cycle_weeks", "1"))


_FORM = FieldsOf(HoursForm)


async def _fields(asked: Asked, known: Known) -> tuple[Field, ...]:
    weeks = _weeks(asked, known)
    return (
        _FORM.date(
            "starts_on",
            _("From"),
            hint=_("What holds now ends on this day. The first week of the cycle is this one's."),
        ),
        _FORM.date("ends_on", _("Until"), hint=_("The first day without.")),
        _FORM.hidden("cycle_weeks"),
        Field(
            name="hours",
            kind=FieldKind.NOTE,
            hint=_("Such as 9:00-12:30, 13-17; empty is a day off."),
        ),
        *(
            _FORM.text(
                f"week_{week}_day_{day}",
                weekday_name(day),
                heading=_("Week %(number)s", number=week + 1) if day == 1 and weeks > 1 else "",
                row=f"week {week}",
            )
            for week in range(weeks)
            for day in range(1, 8)
        ),
    )


async def _known(asked: Asked) -> Known:
    """The hours in force, to begin anew next Monday; or those of the row."""
    today = clock.today()
    monday = today + timedelta(days=7 - today.weekday())
    values = {"starts_on": monday.isoformat(), "cycle_weeks": "1"}
    patterns = (await worker_page(asked.viewer, asked.worker.code)).patterns
    chosen = [one for one in patterns if asked.row in {None, one.id}]
    if asked.row is not None and chosen:
        values["starts_on"] = chosen[0].starts_on.isoformat()
    for one in chosen[:1]:
        values["cycle_weeks"] = str(one.cycle_weeks)
        by_day: dict[str, list[tuple[int, int]]] = {}
        for stretch in one.stretches:
            name = f"week_{stretch.cycle_week}_day_{stretch.weekday}"
            by_day.setdefault(name, []).append((stretch.from_minute, stretch.to_minute))
        values |= {name: hours_text(found) for name, found in by_day.items()}
    if asked.choice.isdecimal() and 1 <= int(asked.choice) <= MOST_WEEKS:
        values |= _repeated(values, weeks=int(asked.choice))
    return Known(values=values)


def _repeated(values: dict[str, str], *, weeks: int) -> dict[str, str]:
    """The same hours over another number of weeks: further weeks begin as those there are."""
    known = int(values["cycle_weeks"])
    found = {
        f"week_{week}_day_{day}": values.get(f"week_{week % known}_day_{day}", "")
        for week in range(weeks)
        for day in range(1, 8)
    }
    return found | {"cycle_weeks": str(weeks)}


async def _save(asked: Asked, form: object) -> Edited:
    faults: dict[str, str] = {}
    found: list[Stretch] = []
    weeks: int = getattr(form, "cycle_weeks")  # noqa: B009 the struct is made of a list
    for week in range(weeks):
        for day in range(1, 8):
            name = f"week_{week}_day_{day}"
            try:
                found += (
                    Stretch(week, day, start, end) for start, end in read_hours(getattr(form, name))
                )
            except ValueError:
                faults[name] = N_("Write hours such as 9:00-12:30, 14-17.")
    if faults:
        raise Invalid(faults)
    draft = PatternDraft(
        starts_on=getattr(form, "starts_on"),  # noqa: B009
        ends_on=getattr(form, "ends_on"),  # noqa: B009
        cycle_weeks=weeks,
        stretches=tuple(found),
    )
    return await begin_pattern(
        asked.viewer, asked.worker.code, draft, expected_version=asked.version
    )


HOURS = Part(
    form=HoursForm,
    title=lambda _asked: _("Working hours"),
    sentence=lambda _asked: _("From a day on; what was before stays as it was."),
    may=may_edit,
    fields=_fields,
    known=_known,
    save=_save,
    rows=(Editable.PATTERNS, Editable.HOURS),
    template="teams/edit_hours.html",
)
