"""What a morning meeting asks of the day."""

from enum import StrEnum


class DayWishKind(StrEnum):
    """Somebody goes today, or nobody does."""

    GO = "go"
    NOT = "not"


class DayPart(StrEnum):
    """When somebody goes."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"
