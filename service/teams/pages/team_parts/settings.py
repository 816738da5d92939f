"""The form of a team's settings, duties and presets aside."""

from collections.abc import Sequence
from typing import Any

import msgspec

from service.access.policy import may_edit_team
from service.teams.actions import change_settings
from service.teams.changes.settings import changed_policy
from service.teams.hours_text import hours_text
from service.teams.pages.settings_fields import settings_fields
from service.teams.pages.settings_form import MEETINGS, SettingsForm
from service.teams.pages.team_part import TeamAsked
from service.teams.policy import LunchRule, TeamPolicy
from service.undo.said import Edited
from service.undo.seen import values_seen
from service.web.fields import Field
from service.web.i18n import gettext as _
from service.web.parts import Known, Part, text

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
