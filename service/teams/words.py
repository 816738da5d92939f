"""What disciplines and kinds of team are called on pages."""

from datetime import datetime, time, timedelta

from scheduling.presets import PresetName
from scheduling.weeks import DAY_MINUTES
from service import clock
from service.teams.duty_rules import DutyRule, OnHolidays
from service.teams.states import (
    AbsenceKind,
    Discipline,
    DutyKind,
    Gender,
    ResourceKind,
    TeamKind,
    TravelMode,
)
from service.web.dates import clock_time, day_time, minute_time, short_day, weekday_name
from service.web.i18n import N_, gettext, pgettext

_DISCIPLINES = {
    Discipline.SOCIAL_WORKER: N_("social worker"),
    Discipline.NURSE: N_("nurse"),
    Discipline.PSYCHOLOGIST: N_("psychologist"),
    Discipline.PSYCHIATRIST: N_("psychiatrist"),
    Discipline.PEER_WORKER: N_("peer worker"),
    Discipline.EDUCATOR: N_("educator"),
    Discipline.HOUSING_OFFICER: N_("housing officer"),
    Discipline.COORDINATOR: N_("coordinator"),
    Discipline.INTERN: N_("intern"),
}
_TEAM_KINDS = {
    TeamKind.ACT: N_("shared caseload, seven days"),
    TeamKind.ICM: N_("own caseload"),
    TeamKind.MOBILE: N_("mobile outreach"),
    TeamKind.HOUSING: N_("housing"),
    TeamKind.SUPPORT: N_("support"),
    TeamKind.MANAGEMENT: N_("management"),
}
_DUTIES = {
    DutyKind.STANDBY: N_("Standby"),
    DutyKind.EVENING: N_("Evening duty"),
    DutyKind.WEEKEND: N_("Weekend duty"),
    DutyKind.PHONE: N_("Phone duty"),
    DutyKind.ON_CALL: N_("On call"),
}

_ON_HOLIDAYS = {
    OnHolidays.AS_USUAL: N_("as on any such day"),
    OnHolidays.ALSO: N_("also on every public holiday"),
    OnHolidays.NEVER: N_("not on a public holiday"),
}
_WEIGHTS = {
    PresetName.ACT: N_("shared caseload: rotation first"),
    PresetName.ICM: N_("own caseload: continuity first"),
    PresetName.OUTREACH: N_("outreach: whom was seen least"),
    PresetName.CRISIS: N_("crisis: who is most urgent first"),
    PresetName.OUTPOST: N_("outpost: fixed times at fixed places"),
    PresetName.SUPPORT: N_("support at home: few changes"),
}
_RESOURCES = {
    ResourceKind.CAR: N_("Car"),
    ResourceKind.INTERPRETER: N_("Interpreter"),
    ResourceKind.ROOM: N_("Room"),
    ResourceKind.OTHER: N_("Something else"),
}
_TRAVEL = {
    TravelMode.WALK: N_("on foot"),
    TravelMode.BIKE: N_("by bicycle"),
    TravelMode.TRANSIT: N_("by public transport"),
    TravelMode.CAR: N_("by car"),
}
_ABSENCES = {
    AbsenceKind.PLANNED: N_("planned"),
    AbsenceKind.UNPLANNED: N_("unplanned"),
    AbsenceKind.TRAINING: N_("training"),
}


def discipline(value: Discipline | str) -> str:
    """'nurse', in the reader's language."""
    return gettext(_DISCIPLINES[Discipline(value)])


def team_kind(value: TeamKind | str) -> str:
    """'own caseload', in the reader's language."""
    return gettext(_TEAM_KINDS[TeamKind(value)])


def duty(value: DutyKind | str) -> str:
    """'Evening duty', in the reader's language."""
    return gettext(_DUTIES[DutyKind(value)])


def weights_preset(value: PresetName | str) -> str:
    """'own caseload: continuity first', in the reader's language."""
    return gettext(_WEIGHTS[PresetName(value)])


def duty_days(rule: DutyRule) -> str:
    """'Mon, Wed 17:00–22:00'."""
    days = ", ".join(weekday_name(one, short=True) for one in rule.weekdays)
    ends = minute_time(rule.to_minute % DAY_MINUTES)
    return f"{days} {minute_time(rule.from_minute)}–{ends}"


def duty_for(rule: DutyRule) -> str:
    """'nurse, psychiatrist; visits go on meanwhile; not on a public holiday'."""
    who = [discipline(one) for one in rule.disciplines]
    who += [skill.replace("_", " ") for skill in rule.skills]
    said = [", ".join(who) or gettext("anybody of the team")]
    if rule.visits:
        said.append(gettext("visits go on meanwhile"))
    if rule.on_holidays is not OnHolidays.AS_USUAL:
        said.append(on_holidays(rule.on_holidays))
    return "; ".join(said)


def on_holidays(value: OnHolidays | str) -> str:
    """'not on a public holiday', in the reader's language."""
    return gettext(_ON_HOLIDAYS[OnHolidays(value)])


def resource_kind(value: ResourceKind | str) -> str:
    """'Car', in the reader's language."""
    return gettext(_RESOURCES[ResourceKind(value)])


def travel_mode(value: TravelMode | str) -> str:
    """'by bicycle', in the reader's language."""
    return gettext(_TRAVEL[TravelMode(value)])


def absence_kind(value: AbsenceKind | str) -> str:
    """'planned', in the reader's language; why somebody is ill is stored nowhere."""
    return gettext(_ABSENCES[AbsenceKind(value)])


def gender(value: Gender | str) -> str:
    """'woman', 'man', 'X'."""
    if value == Gender.FEMALE:
        return pgettext("gender", "woman")
    return pgettext("gender", "man") if value == Gender.MALE else "X"


def away(starts_at: datetime, ends_at: datetime) -> str:
    """'Tue 22 Dec – Sun 27 Dec' of whole days, else with the times; the last day is included."""
    first, last = (at.astimezone(clock.BRUSSELS) for at in (starts_at, ends_at))
    if first.time() != time() or last.time() != time():
        same = first.date() == last.date()
        return f"{day_time(starts_at)} – {clock_time(ends_at) if same else day_time(ends_at)}"
    days = short_day(first.date()), short_day(last.date() - timedelta(days=1))
    return days[0] if days[0] == days[1] else f"{days[0]} – {days[1]}"


def away_edge(at: datetime) -> str:
    """When somebody goes or is back: the day, with the time where it is not midnight."""
    local = at.astimezone(clock.BRUSSELS)
    return short_day(local.date()) if local.time() == time() else day_time(at)
