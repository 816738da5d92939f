"""The form of a team's settings, duties and presets aside."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from scheduling.presets import PresetName
from service.access.policy import may_edit_team
from service.errors import Invalid
from service.teams.actions import change_settings
from service.teams.changes.settings import SettingsDraft, changed_policy
from service.teams.hours_text import hours_text, read_hours
from service.teams.pages.settings_fields import MEETINGS, settings_fields
from service.teams.pages.team_part import TeamAsked
from service.teams.policy import Caseload, LunchRule, Meeting, TeamPolicy, Weekday
from service.teams.states import TeamKind
from service.undo.said import Edited
from service.undo.seen import values_seen
from service.web.fields import Field
from service.web.i18n import N_
from service.web.i18n import gettext as _
from service.web.parts import Known, Part, text

_Hours = Annotated[str, Meta(max_length=40)]
_ELSEWHERE = {"duties", "presets", "weights", "grid"}
_PLAIN = (
    "planned",
    "caseload",
    "open_on_holidays",
    "reserve_minutes",
    "gap_days",
    "first_visit_pairs",
    "workers_plan_own",
    "own_absences",
    "tenants_per_worker",
    "seen_days",
    "share_tolerance_percent",
    "carry_weeks",
    "carry_cap_minutes",
)
"""The settings that are one text in the form, under their own name."""


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
    lunch_minutes: Annotated[int, Meta(ge=5, le=180)] = 30
    reserve_minutes: Annotated[int, Meta(ge=0, le=1440)]
    reserve_weekdays: tuple[Weekday, ...] = ()
    gap_days: Annotated[int, Meta(ge=0, le=30)]
    first_visit_pairs: bool = False
    workers_plan_own: bool = False
    own_absences: bool = False
    tenants_per_worker: Annotated[int, Meta(ge=1, le=100)]
    seen_days: Annotated[int, Meta(ge=1, le=92)] = 14
    share_tolerance_percent: Annotated[int, Meta(ge=0, le=100)] = 10
    carry_weeks: Annotated[int, Meta(ge=0, le=12)] = 4
    carry_cap_minutes: Annotated[int, Meta(ge=0, le=2400)] = 240
    weights_preset: PresetName | None = None

    def draft(self) -> SettingsDraft:
        """What is stored; raises `Invalid` beside hours that cannot be read."""
        faults: dict[str, str] = {}
        opening = _one(self.opening, "opening", faults)
        meetings = self._meetings(faults)
        lunch = None
        if self.lunch:
            start, end = _one(self.lunch, "lunch", faults)
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


async def _fields(_asked: TeamAsked, known: Known) -> tuple[Field, ...]:
    return settings_fields(meetings=int(known.values["meetings"]))


async def _known(asked: TeamAsked) -> Known:
    """The form as the team stands."""
    team = await asked.team()
    policy = team.policy
    values = {"name": team.name, "kind": team.kind.value, **_texts(policy)}
    several = {
        "days_shown": _numbers(policy.days_shown),
        "reserve_weekdays": _numbers(policy.reserve_weekdays),
    }
    for number, meeting in zip(MEETINGS, policy.meetings, strict=False):
        values[f"meeting_{number}"] = hours_text([(meeting.from_minute, meeting.to_minute)])
        several[f"meeting_{number}_days"] = _numbers(meeting.weekdays)
    values["meetings"] = str(len(policy.meetings))
    return Known(values=values, several=several)


def _texts(policy: TeamPolicy) -> dict[str, str]:
    lunch = policy.lunch
    return {name: text(getattr(policy, name)) for name in _PLAIN} | {
        "opening": hours_text([(policy.opening_from, policy.opening_to)]),
        "lunch": hours_text([(lunch.from_minute, lunch.to_minute)]) if lunch else "",
        "lunch_minutes": str(lunch.minutes if lunch else LunchRule().minutes),
        "weights_preset": policy.weights_preset.value if policy.weights_preset else "",
    }


def _numbers(days: Sequence[int]) -> tuple[str, ...]:
    return tuple(str(day) for day in days)


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


async def _seen(asked: TeamAsked) -> str:
    team = await asked.team()
    policy: dict[str, Any] = msgspec.to_builtins(team.policy)
    shown = {name: value for name, value in policy.items() if name not in _ELSEWHERE}
    return values_seen([team.name, team.kind, shown])


async def _save(asked: TeamAsked, form: SettingsForm) -> Edited:
    return await change_settings(
        asked.viewer, asked.code, form.draft(), expected_version=asked.version
    )


async def _judge(asked: TeamAsked, form: SettingsForm) -> None:
    changed_policy((await asked.team()).policy, form.draft())


SETTINGS = Part(
    form=SettingsForm,
    title=lambda _asked: _("Settings"),
    sentence=lambda _asked: _(
        "They hold for plans from now on; weeks that are made stay as they are."
    ),
    may=may_edit_team,
    fields=_fields,
    known=_known,
    save=_save,
    judge=_judge,
    seen=_seen,
    template="teams/settings.html",
)
