"""A team's settings as they are typed, duties and presets aside."""

from typing import Annotated

import msgspec
from msgspec import Meta

from scheduling.presets import PresetName
from service.errors import Invalid
from service.teams.changes.settings import SettingsDraft
from service.teams.hours_text import read_hours
from service.teams.policy import Caseload, LunchRule, Meeting, Weekday
from service.teams.states import TeamKind
from service.web.i18n import N_

MEETINGS = (1, 2, 3, 4, 5, 6)
_Hours = Annotated[str, Meta(max_length=40)]


class SettingsForm(msgspec.Struct, frozen=True, kw_only=True):
    """Settings as typed: opening hours, meetings and lunch as texts."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    kind: TeamKind
    planned: bool = False
    caseload: Caseload
    days_shown: tuple[Weekday, ...] = ()
    opening: _Hours
    open_on_holidays: bool = False
    meeting_1: _Hours = ""
    meeting_1_days: tuple[Weekday, ...] = ()
    meeting_2: _Hours = ""
    meeting_2_days: tuple[Weekday, ...] = ()
    meeting_3: _Hours = ""
    meeting_3_days: tuple[Weekday, ...] = ()
    meeting_4: _Hours = ""
    meeting_4_days: tuple[Weekday, ...] = ()
    meeting_5: _Hours = ""
    meeting_5_days: tuple[Weekday, ...] = ()
    meeting_6: _Hours = ""
    meeting_6_days: tuple[Weekday, ...] = ()
    lunch: _Hours = ""
    lunch_minutes: Annotated[int, Meta(ge=5, le=180)] | None = None
    reserve_minutes: Annotated[int, Meta(ge=0, le=1440)]
    reserve_weekdays: tuple[Weekday, ...] = ()
    gap_days: Annotated[int, Meta(ge=0, le=30)]
    first_visit_pairs: bool = False
    workers_plan_own: bool = False
    own_absences: bool = False
    tenants_per_worker: Annotated[int, Meta(ge=1, le=100)]
    seen_days: Annotated[int, Meta(ge=1, le=92)]
    share_tolerance_percent: Annotated[int, Meta(ge=0, le=100)]
    carry_weeks: Annotated[int, Meta(ge=0, le=12)]
    carry_cap_minutes: Annotated[int, Meta(ge=0, le=2400)]
    weights_preset: PresetName | None = None

    def draft(self) -> SettingsDraft:
        """What is stored; raises `Invalid` beside hours that cannot be read."""
        faults: dict[str, str] = {}
        opening = _one(self.opening, "opening", faults)
        meetings = self._meetings(faults)
        lunch = None
        if self.lunch:
            start, end = _one(self.lunch, "lunch", faults)
            if self.lunch_minutes is None:
                faults["lunch_minutes"] = N_("Fill this in.")
            else:
                lunch = LunchRule(from_minute=start, to_minute=end, minutes=self.lunch_minutes)
        if faults:
            raise Invalid(faults)
        same = set(SettingsDraft.__struct_fields__) & set(self.__struct_fields__)
        given = {name: getattr(self, name) for name in same - {"lunch"}}
        return SettingsDraft(
            **given,
            opening_from=opening[0],
            opening_to=opening[1],
            meetings=meetings,
            lunch=lunch,
        )

    def _meetings(self, faults: dict[str, str]) -> tuple[Meeting, ...]:
        found: list[Meeting] = []
        for number in MEETINGS:
            days = getattr(self, f"meeting_{number}_days")
            typed = getattr(self, f"meeting_{number}")
            if not typed and not days:
                continue
            hours = _one(typed, f"meeting_{number}", faults)
            if not days:
                faults[f"meeting_{number}_days"] = N_("Choose at least one day.")
            found.append(Meeting(weekdays=days, from_minute=hours[0], to_minute=hours[1]))
        return tuple(found)


def _one(typed: str, field: str, faults: dict[str, str]) -> tuple[int, int]:
    """The one stretch of a text; notes a fault and gives something for none."""
    try:
        found = read_hours(typed)
    except ValueError:
        found = ()
    if len(found) != 1:
        faults[field] = N_("Write hours such as 9:00-17:00.")
        return (0, 1)
    return found[0]
