"""Closed lists of what an encounter was, how it went and why it took place."""

from enum import StrEnum


class EncounterKind(StrEnum):
    """What an encounter was. `AT_DOOR`: a few words at the door, which is no home visit."""

    HOME_VISIT = "home_visit"
    ACCOMPANIMENT = "accompaniment"
    CONSULTATION = "consultation"
    PHONE = "phone"
    GROUP = "group"
    AT_DOOR = "at_door"


WHERE_THEY_STAY = frozenset({EncounterKind.HOME_VISIT, EncounterKind.AT_DOOR})
"""Kinds that take place where the tenant stays: its kind is written down with them."""


class Outcome(StrEnum):
    DONE = "done"
    SHORTENED = "shortened"
    NOT_HOME = "not_home"
    REFUSED = "refused"
    MET_ELSEWHERE = "met_elsewhere"
    CANCELLED_BY_TENANT = "cancelled_by_tenant"
    CANCELLED_BY_US = "cancelled_by_us"
    IN_HOSPITAL = "in_hospital"
    IN_PRISON = "in_prison"
    UNSAFE = "unsafe"


FACE_TO_FACE = frozenset({Outcome.DONE, Outcome.SHORTENED, Outcome.MET_ELSEWHERE})
"""Outcomes in which somebody saw the tenant: they end the gap of an agreement."""


SIGNS_OF_LIFE = FACE_TO_FACE | {Outcome.REFUSED, Outcome.CANCELLED_BY_TENANT}
"""Outcomes in which the tenant was seen or heard, if only through the door."""

BEFOREHAND = frozenset(
    {
        Outcome.CANCELLED_BY_TENANT,
        Outcome.CANCELLED_BY_US,
        Outcome.IN_HOSPITAL,
        Outcome.IN_PRISON,
        Outcome.MET_ELSEWHERE,
    }
)
"""What can be said of a visit on a day that is still to come."""

FOUND = frozenset({Outcome.IN_HOSPITAL, Outcome.IN_PRISON})
"""Nobody was met, but it is known where the tenant is."""

MISSED = frozenset(Outcome) - FACE_TO_FACE - {Outcome.REFUSED}
"""A planned visit with such an outcome is asked again; a refusal is the tenant's choice."""


class Supply(StrEnum):
    """What is handed out, counted by piece."""

    FOOD_PARCEL = "food_parcel"
    HYGIENE_KIT = "hygiene_kit"
    CLOTHES = "clothes"
    CONDOMS = "condoms"
    SYRINGES = "syringes"
    NALOXONE = "naloxone"
    TRANSPORT_TICKET = "transport_ticket"
    PHONE_CREDIT = "phone_credit"


class MarkKind(StrEnum):
    """What a worker says on the way, before the outcome."""

    ON_MY_WAY = "on_my_way"
    ARRIVED = "arrived"


class DayPart(StrEnum):
    """When to try again."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Reason(StrEnum):
    ADMINISTRATION = "administration"
    DAILY_MATTERS = "daily_matters"
    HOUSING = "housing"
    MEDICAL = "medical"
    NETWORK = "network"
    SUBSTANCE_USE = "substance_use"
    MENTAL_HEALTH = "mental_health"
    CRISIS = "crisis"
    CASE_CONFERENCE = "case_conference"
