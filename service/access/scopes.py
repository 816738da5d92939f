"""What a personal token may be allowed: for each area of the API nothing, to read, or to change."""

from collections.abc import Iterable
from enum import StrEnum

NEEDS = "needs"
"""The `opt` key under which a route of the API names its area and right."""


class Area(StrEnum):
    """The areas of the API."""

    TENANTS = "tenants"
    AGREEMENTS = "agreements"
    WORKERS = "workers"
    ABSENCES = "absences"
    ROSTERS = "rosters"
    ENCOUNTERS = "encounters"
    FEEDS = "feeds"


class Right(StrEnum):
    """What may be done in an area."""

    READ = "read"
    WRITE = "write"


def scope(area: Area, right: Right) -> str:
    """Return a scope's name: 'tenants:read'."""
    return f"{area.value}:{right.value}"


SCOPES: frozenset[str] = frozenset(scope(area, right) for area in Area for right in Right)


def allows(granted: Iterable[str], area: Area, right: Right) -> bool:
    """Whether scopes allow something: to change an area is also to read it."""
    held = set(granted)
    if right is Right.READ and scope(area, Right.WRITE) in held:
        return True
    return scope(area, right) in held


def in_order(granted: Iterable[str]) -> tuple[str, ...]:
    """Return known scopes in the order of the areas, each once; unknown ones are left out."""
    held = set(granted)
    ordered = (scope(area, right) for area in Area for right in Right)
    return tuple(name for name in ordered if name in held)
