"""Hours of each day of the week in a form: one text a day."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta

from service.errors import Invalid
from service.people.facts import WeekdayWindow
from service.teams.hours_text import hours_text, read_hours
from service.web.dates import weekday_name
from service.web.fields import Field, FieldKind, FieldsOf
from service.web.i18n import N_
from service.web.i18n import gettext as _

Hours = Annotated[str, Meta(max_length=80)]


class HoursForm(msgspec.Struct, frozen=True, kw_only=True):
    """What was typed for Monday to Sunday."""

    day_1: Hours = ""
    day_2: Hours = ""
    day_3: Hours = ""
    day_4: Hours = ""
    day_5: Hours = ""
    day_6: Hours = ""
    day_7: Hours = ""

    def windows(self) -> tuple[WeekdayWindow, ...]:
        """The hours by weekday; raises `Invalid` beside each day that cannot be read."""
        faults: dict[str, str] = {}
        found: list[WeekdayWindow] = []
        for number in range(1, 8):
            try:
                found += (
                    WeekdayWindow(weekday=number, from_minute=start, to_minute=end)
                    for start, end in read_hours(getattr(self, f"day_{number}"))
                )
            except ValueError:
                faults[f"day_{number}"] = N_("Write hours such as 9:00-12:30, 14-17.")
        if faults:
            raise Invalid(faults)
        return tuple(found)


_FORM = FieldsOf(HoursForm)


def hours_fields(heading: str) -> tuple[Field, ...]:
    """The seven fields, under one heading with a hint."""
    hint = _("Such as 9:00-12:30, 14-17; empty on all days means any time.")
    return (
        Field(name="hours", kind=FieldKind.NOTE, heading=heading, hint=hint),
        *(_FORM.text(f"day_{n}", weekday_name(n), row="hours") for n in range(1, 8)),
    )


def hours_values(windows: Iterable[WeekdayWindow]) -> dict[str, str]:
    """The texts of the seven fields."""
    by_day: dict[int, list[tuple[int, int]]] = {}
    for one in windows:
        by_day.setdefault(one.weekday, []).append((one.from_minute, one.to_minute))
    return {f"day_{number}": hours_text(found) for number, found in by_day.items()}
