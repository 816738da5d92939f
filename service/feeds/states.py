"""How much a feed says, and whether it lives."""

from enum import StrEnum


class FeedLevel(StrEnum):
    MINIMAL = "minimal"
    STREET = "street"
    INITIALS = "initials"


class FeedState(StrEnum):
    ACTIVE = "active"
    REVOKED = "revoked"
