"""What tenants' states, stays, agreements and encounters are called on pages."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from babel import Locale

from service.encounters.states import EncounterKind, Outcome, Reason
from service.housing.states import LandlordKind, LeaseKind
from service.people.facts import WeekdayWindow
from service.people.life import LifeState
from service.people.states import AgreementPreset, AppointmentKind, SeriesKind, StayKind, Wish
from service.people.tenant_types import AgreementShown, SeriesShown
from service.teams.states import Gender
from service.web.dates import long_day, minute_time, weekday_name
from service.web.i18n import N_, current_language, gettext, ngettext

_STATES = {
    LifeState.REFERRED: N_("referred"),
    LifeState.ACCEPTED: N_("accepted, not housed yet"),
    LifeState.HOUSED: N_("housed"),
    LifeState.WITHOUT_HOME: N_("without a home"),
    LifeState.PASSED_ON: N_("passed on"),
    LifeState.ENDED: N_("support ended"),
    LifeState.DIED: N_("died"),
}
_STAYS = {
    StayKind.HOME: N_("At home"),
    StayKind.STREET: N_("On the street"),
    StayKind.SHELTER: N_("In a shelter"),
    StayKind.INSTITUTION: N_("In an institution"),
    StayKind.HOSPITAL: N_("In hospital"),
    StayKind.PRISON: N_("In prison"),
}
_PRESETS = {
    AgreementPreset.JUST_MOVED_IN: N_("just moved in"),
    AgreementPreset.ACT: N_("shared caseload"),
    AgreementPreset.ICM: N_("own caseload"),
    AgreementPreset.STABLE: N_("stable"),
    AgreementPreset.CRISIS: N_("crisis"),
    AgreementPreset.CUSTOM: N_("made to measure"),
}
_SERIES = {
    SeriesKind.MEDICATION: N_("Medication"),
    SeriesKind.DEPOT: N_("Depot injection"),
    SeriesKind.GROUP: N_("Group"),
}
_APPOINTMENTS = {
    AppointmentKind.WELFARE_OFFICE: N_("Welfare office"),
    AppointmentKind.HOSPITAL: N_("Hospital"),
    AppointmentKind.COURT: N_("Court"),
    AppointmentKind.OFFICE: N_("Office"),
    AppointmentKind.OTHER: N_("Appointment"),
}
_ENCOUNTERS = {
    EncounterKind.HOME_VISIT: N_("home visit"),
    EncounterKind.ACCOMPANIMENT: N_("accompaniment"),
    EncounterKind.CONSULTATION: N_("consultation"),
    EncounterKind.PHONE: N_("phone"),
    EncounterKind.GROUP: N_("group"),
    EncounterKind.AT_DOOR: N_("at the door"),
}
_OUTCOMES = {
    Outcome.DONE: N_("done"),
    Outcome.SHORTENED: N_("shortened"),
    Outcome.NOT_HOME: N_("not home"),
    Outcome.REFUSED: N_("did not wish it"),
    Outcome.MET_ELSEWHERE: N_("met elsewhere"),
    Outcome.CANCELLED_BY_TENANT: N_("cancelled by the tenant"),
    Outcome.CANCELLED_BY_US: N_("cancelled by us"),
    Outcome.IN_HOSPITAL: N_("in hospital"),
    Outcome.IN_PRISON: N_("in prison"),
    Outcome.UNSAFE: N_("unsafe"),
}
_REASONS = {
    Reason.ADMINISTRATION: N_("administration"),
    Reason.DAILY_MATTERS: N_("daily matters"),
    Reason.HOUSING: N_("housing"),
    Reason.MEDICAL: N_("medical"),
    Reason.NETWORK: N_("network"),
    Reason.SUBSTANCE_USE: N_("substance use"),
    Reason.MENTAL_HEALTH: N_("mental health"),
    Reason.CRISIS: N_("crisis"),
    Reason.CASE_CONFERENCE: N_("case conference"),
}
_LANDLORDS = {
    LandlordKind.PRIVATE: N_("private landlord"),
    LandlordKind.SOCIAL_HOUSING_COMPANY: N_("social housing company"),
    LandlordKind.SOCIAL_RENTAL_AGENCY: N_("social rental agency"),
    LandlordKind.WELFARE_CENTRE: N_("welfare centre"),
    LandlordKind.MUNICIPALITY: N_("municipality"),
    LandlordKind.NON_PROFIT: N_("non-profit"),
    LandlordKind.SERVICE: N_("the service itself"),
}
_LEASES = {
    LeaseKind.MAIN_RESIDENCE: N_("main residence"),
    LeaseKind.SHORT: N_("short lease"),
    LeaseKind.GLISSANT: N_("bail glissant"),
    LeaseKind.SHARED: N_("shared lease"),
    LeaseKind.SOCIAL_HOUSING: N_("social housing lease"),
    LeaseKind.SOCIAL_RENTAL_AGENCY: N_("lease through a social rental agency"),
}
_WISHES = {Wish.WANTED: N_("gladly"), Wish.UNWANTED: N_("rather not")}
_GENDERS = {
    Gender.FEMALE: N_("a woman"),
    Gender.MALE: N_("a man"),
    Gender.OTHER: N_("somebody who is neither woman nor man"),
}
_WORDS: dict[type, dict[Any, str]] = {
    type(next(iter(words))): dict[Any, str](words)
    for words in (
        _STATES, _STAYS, _PRESETS, _SERIES, _APPOINTMENTS, _ENCOUNTERS, _OUTCOMES, _REASONS,
        _LANDLORDS, _LEASES, _WISHES, _GENDERS,
    )
}  # fmt: skip
"""By kind of list: 'hospital' is a stay in one list and an appointment in another."""


def said(value: StrEnum) -> str:
    """A value of one of this folder's closed lists, in the reader's language."""
    return gettext(_WORDS[type(value)][value])


def language(code: str) -> str:
    """'Turkish' of 'tr', in the reader's language; an unknown code as it is."""
    return str(Locale(current_language().value).languages.get(code, code))


def agreed(contacts: int, period_days: int) -> str:
    """'twice a week' of an agreement, in plain words."""
    if period_days == 7:
        return ngettext("once a week", "%(num)s times a week", contacts)
    if period_days == 14:
        return ngettext("once a fortnight", "%(num)s times a fortnight", contacts)
    return ngettext(
        "once in %(days)s days", "%(num)s times in %(days)s days", contacts, days=period_days
    )


def windows(given: Sequence[WeekdayWindow]) -> str:
    """'Monday to Friday 09:00–12:00; Thursday 14:00–17:00'; 'any time' without windows."""
    if not given:
        return gettext("any time")
    by_hours: dict[tuple[int, int], list[int]] = {}
    for one in sorted(given, key=lambda one: (one.weekday, one.from_minute)):
        by_hours.setdefault((one.from_minute, one.to_minute), []).append(one.weekday)
    return "; ".join(
        f"{_weekdays(days)} {minute_time(start)}–{minute_time(end)}"
        for (start, end), days in by_hours.items()
    )


def _weekdays(numbers: Sequence[int]) -> str:
    """'Monday to Friday' where they follow each other, else 'Monday, Thursday'."""
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return gettext("%(first)s to %(last)s", first=weekday_name(first), last=weekday_name(last))
    return ", ".join(weekday_name(number) for number in numbers)


def rhythm(series: SeriesShown) -> str:
    """When a series falls: 'Monday, Thursday' or 'every 28 days (up to 3 days late)'."""
    if series.weekdays:
        days = ", ".join(weekday_name(number) for number in series.weekdays)
    else:
        days = ngettext("every day", "every %(num)s days", series.interval_days or 1)
        if series.tolerance_days:
            late = ngettext("a day late", "%(num)s days late", series.tolerance_days)
            at_most = gettext("at most %(late)s", late=late)
            days = f"{days} ({at_most})"
    if series.from_minute is None or series.to_minute is None:
        return days
    return f"{days}, {minute_time(series.from_minute)}–{minute_time(series.to_minute)}"


def pause(agreement: AgreementShown) -> str:
    """'paused until Monday 30 November', or nothing."""
    if not agreement.paused:
        return ""
    if agreement.paused_until is None:
        return gettext("paused until further notice")
    return gettext("paused until %(day)s", day=long_day(agreement.paused_until))
