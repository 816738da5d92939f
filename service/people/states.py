"""Closed lists about tenants: how they left, where they stay, what they chose."""

from enum import StrEnum


class EndReason(StrEnum):
    """Why support ended."""

    ENDED = "ended"
    PASSED_ON = "passed_on"
    DIED = "died"


class StayKind(StrEnum):
    HOME = "home"
    STREET = "street"
    SHELTER = "shelter"
    INSTITUTION = "institution"
    HOSPITAL = "hospital"
    PRISON = "prison"


class AgreementPreset(StrEnum):
    JUST_MOVED_IN = "just_moved_in"
    ACT = "act"
    ICM = "icm"
    STABLE = "stable"
    CRISIS = "crisis"
    CUSTOM = "custom"


class SeriesKind(StrEnum):
    MEDICATION = "medication"
    DEPOT = "depot"
    GROUP = "group"


class Wish(StrEnum):
    WANTED = "wanted"
    UNWANTED = "unwanted"


class IncomeKind(StrEnum):
    LIVING_WAGE = "living_wage"
    REPLACEMENT_INCOME = "replacement_income"
    DISABILITY_ALLOWANCE = "disability_allowance"
    PENSION = "pension"
    UNEMPLOYMENT = "unemployment"
    WAGE = "wage"
    NONE = "none"


class EthosOccasion(StrEnum):
    """When it was looked at where somebody lives: at entry, at a loss of the home, at exit."""

    ENTRY = "entry"
    LOSS = "loss"
    EXIT = "exit"
    OTHER = "other"


class AppointmentKind(StrEnum):
    WELFARE_OFFICE = "welfare_office"
    HOSPITAL = "hospital"
    COURT = "court"
    OFFICE = "office"
    OTHER = "other"


class AppointmentState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"
