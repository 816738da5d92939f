"""Kinds of team, disciplines, ways of travelling."""

from enum import StrEnum


class TeamKind(StrEnum):
    ACT = "act"
    ICM = "icm"
    MOBILE = "mobile"
    HOUSING = "housing"
    SUPPORT = "support"
    MANAGEMENT = "management"


class Discipline(StrEnum):
    SOCIAL_WORKER = "social_worker"
    NURSE = "nurse"
    PSYCHOLOGIST = "psychologist"
    PSYCHIATRIST = "psychiatrist"
    PEER_WORKER = "peer_worker"
    EDUCATOR = "educator"
    HOUSING_OFFICER = "housing_officer"
    COORDINATOR = "coordinator"
    INTERN = "intern"


class TravelMode(StrEnum):
    WALK = "walk"
    BIKE = "bike"
    TRANSIT = "transit"
    CAR = "car"


class Gender(StrEnum):
    FEMALE = "f"
    MALE = "m"
    OTHER = "x"


class AbsenceKind(StrEnum):
    """Why somebody is away, as far as it may be stored: never a medical reason."""

    PLANNED = "planned"
    UNPLANNED = "unplanned"
    TRAINING = "training"


class DutyKind(StrEnum):
    """What somebody on duty does; each kind is shared out on its own."""

    STANDBY = "standby"
    EVENING = "evening"
    WEEKEND = "weekend"
    PHONE = "phone"
    ON_CALL = "on_call"


class DutyState(StrEnum):
    """A duty slot asks for somebody, or was called off."""

    OPEN = "open"
    CALLED_OFF = "called_off"


class ResourceKind(StrEnum):
    """What visits need that exists a few times only."""

    CAR = "car"
    INTERPRETER = "interpreter"
    ROOM = "room"
    OTHER = "other"
