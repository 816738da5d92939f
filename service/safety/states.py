"""Closed lists of the lone-worker check and the no-contact alert."""

from enum import StrEnum


class LoneVisits(StrEnum):
    """Which visits made alone begin a check by themselves when they are planned to begin."""

    EVERY = "every"
    HOMES = "homes"
    CHOSEN = "chosen"


class Rung(StrEnum):
    """A step of the ladder that the clock takes: who hears when nobody says 'safe'."""

    DUE = "due"
    BUDDY = "buddy"
    LEAD = "lead"
    ON_CALL = "on_call"


class CheckStep(StrEnum):
    """What happened to a check, each with its time and who did it."""

    STARTED = "started"
    EXTENDED = "extended"
    DUE = "due"
    BUDDY = "buddy"
    LEAD = "lead"
    ON_CALL = "on_call"
    SAFE = "safe"
    OUTCOME = "outcome"
    BY_CALL = "by_call"
    BY_TEXT = "by_text"
    CANCELLED = "cancelled"


class CheckEnd(StrEnum):
    """How a check ended: by the worker, by what was recorded, or by somebody they reached."""

    SAFE = "safe"
    OUTCOME = "outcome"
    BY_CALL = "by_call"
    BY_TEXT = "by_text"
    CANCELLED = "cancelled"


class NoLadder(StrEnum):
    """What a ladder misses, so that no check can start."""

    BUDDY = "buddy"
    LEAD = "lead"
    ON_CALL = "on_call"


class AlertCause(StrEnum):
    """What opened a no-contact alert."""

    MISSED = "missed"
    GAP = "gap"
    GAP_SOONER = "gap_sooner"


class AlertStep(StrEnum):
    """What was done in a no-contact alert."""

    OPENED = "opened"
    LOOKED = "looked"
    HOSPITALS = "hospitals"
    PRISONS = "prisons"
    NETWORK = "network"
    WELFARE_CHECK = "welfare_check"
    NO_WELFARE_CHECK = "no_welfare_check"
    CLOSED = "closed"


DECISIONS = frozenset({AlertStep.WELFARE_CHECK, AlertStep.NO_WELFARE_CHECK})
"""Steps that a team lead takes."""


class AlertEnd(StrEnum):
    """Why an alert was closed: by what was recorded, or by a lead with one of these reasons."""

    CONTACT = "contact"
    SIGN_OF_LIFE = "sign_of_life"
    HEARD_FROM = "heard_from"
    IN_HOSPITAL = "in_hospital"
    IN_PRISON = "in_prison"
    AWAY = "away"
    SUPPORT_ENDED = "support_ended"
    MISTAKE = "mistake"


LEAD_ENDS = (
    AlertEnd.HEARD_FROM,
    AlertEnd.IN_HOSPITAL,
    AlertEnd.IN_PRISON,
    AlertEnd.AWAY,
    AlertEnd.SUPPORT_ENDED,
    AlertEnd.MISTAKE,
)
"""The reasons a lead may give."""


class RiskKind(StrEnum):
    """A dated fact after which a gap counts sooner."""

    OVERDOSE = "overdose"
