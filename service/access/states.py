"""The roles an account can hold."""

from enum import StrEnum


class Role(StrEnum):
    WORKER = "worker"
    TEAM_LEAD = "team_lead"
    HOUSING_OFFICER = "housing_officer"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Language(StrEnum):
    DUTCH = "nl"
    FRENCH = "fr"
    ENGLISH = "en"
