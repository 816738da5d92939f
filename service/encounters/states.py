"""Closed lists of what an encounter was, how it went and why it took place."""

from enum import StrEnum


class EncounterKind(StrEnum):
    HOME_VISIT = "home_visit"
    ACCOMPANIMENT = "accompaniment"
    CONSULTATION = "consultation"
    PHONE = "phone"
    GROUP = "group"


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
