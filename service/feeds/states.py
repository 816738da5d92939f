"""How much a feed says, about whom, in which words, and whether it lives."""

from enum import StrEnum


class FeedLevel(StrEnum):
    """What a feed says of a visit; each level adds to the one before."""

    MINIMAL = "minimal"
    STREET = "street"
    INITIALS = "initials"


class FeedState(StrEnum):
    ACTIVE = "active"
    REVOKED = "revoked"


class ScopeKind(StrEnum):
    WORKER = "worker"
    TEAM = "team"
