"""The published figures of one Housing First service's year, which the last full year reproduces.

Definitions. A person is supported in the year if support and year share a day. Ages are whole years
on 31 December, the dead included. A day counts from when a tenancy starts to its last day, so the
home left on 31 December still counts on that day, and the one entered on 1 January already does:
67 and 72 homes on those two days, 27 entries and 22 exits in between. 80 people held a home at some
time; the 8 who left one for the street or an institution were not rehoused in the year, so 72 kept
theirs; two homes ended by death, and the other five who died had none at the time.
"""

from collections.abc import Mapping

from service.encounters.states import EncounterKind, Reason
from service.people.states import IncomeKind
from service.teams.states import Gender

PEOPLE = 87
GENDERS: Mapping[Gender, int] = {Gender.MALE: 56, Gender.FEMALE: 31}
FUNDERS: Mapping[str, int] = {"cocom": 83, "federal": 1, "internee_path": 3}
YOUNGEST, OLDEST, MEAN_AGE = 24, 72, 48

INCOMES: Mapping[IncomeKind, int] = {
    IncomeKind.LIVING_WAGE: 48,
    IncomeKind.REPLACEMENT_INCOME: 17,
    IncomeKind.DISABILITY_ALLOWANCE: 16,
    IncomeKind.PENSION: 5,
    IncomeKind.UNEMPLOYMENT: 3,
    IncomeKind.WAGE: 3,
    IncomeKind.NONE: 1,
}

MEETINGS: Mapping[EncounterKind, int] = {
    EncounterKind.HOME_VISIT: 1859,
    EncounterKind.ACCOMPANIMENT: 627,
    EncounterKind.CONSULTATION: 56,
}

REASONS: Mapping[Reason, int] = {
    Reason.ADMINISTRATION: 1803,
    Reason.DAILY_MATTERS: 1653,
    Reason.HOUSING: 1651,
    Reason.MEDICAL: 646,
    Reason.NETWORK: 610,
    Reason.SUBSTANCE_USE: 274,
    Reason.MENTAL_HEALTH: 257,
    Reason.CRISIS: 225,
    Reason.CASE_CONFERENCE: 90,
}

HOME_SHARES: Mapping[str, int] = {
    "21004": 16,
    "21015": 13,
    "21001": 11,
    "21012": 10,
    "21013": 8,
    "21009": 7,
    "21007": 5,
    "21010": 4,
    "21014": 4,
    "21006": 3,
    "21005": 3,
    "21008": 2,
    "21003": 2,
    "21016": 2,
    "21018": 2,
}
"""The 15 municipalities with homes, by REFNIS, and how often a home is found in each."""

# What happens in the year. People who are not named stay in their home, or without one.
HOME_BEFORE = 65
"""In a home since before the year."""
HOME_TO_HOME = 12
LOST = 8
"""Homes left for the street or an institution; two of them on 31 December."""
LOST_ON_LAST_DAY = 2
DIED_AT_HOME = 2
BACK_INTO_HOME = 6
BACK_ON_FIRST_DAY = 2
WITHOUT_HOME = 7
"""Supported, and in no home at any time of the year."""
DIED_WITHOUT_HOME = 5
FIRST_MOVE_INS = 9
