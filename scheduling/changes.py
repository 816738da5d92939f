"""What changed between two plans, visit by visit, and who must be told.

Works on anything that has a day, a start and workers: the planner's placements (day index and
minutes) as well as published visits (date and instant). Only equality of days and starts is asked:
whoever has lengths or places that can change too puts them into `start`. Placements of visits whose
workers come one after the other differ in time too when their `offsets` do.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar


class Held(Protocol):
    """A visit in its place."""

    @property
    def day(self) -> object:
        """Day index or date."""
        ...

    @property
    def start(self) -> object:
        """Minutes after midnight or an instant."""
        ...

    @property
    def workers(self) -> Collection[str]:
        """Codes; their order does not matter."""
        ...


P = TypeVar("P", bound=Held)


class Kind(StrEnum):
    """What happened to a visit."""

    NEW = "new"
    MOVED = "moved"
    CANCELLED = "cancelled"


class Aspect(StrEnum):
    """In what a moved visit differs; a visit on another day has no `time` of its own."""

    WORKERS = "workers"
    DAY = "day"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Change(Generic[P]):
    """One visit's change. `before` is None for a new visit, `after` for a cancelled one.

    `aspects` is empty unless moved. `tell` are the codes of all workers who must be told, sorted:
    whoever had or has the visit. `tell_tenant`: the visit was promised and is moved or cancelled.
    """

    visit: str
    kind: Kind
    aspects: frozenset[Aspect]
    before: P | None
    after: P | None
    tell: tuple[str, ...]
    tell_tenant: bool


def changes(
    before: Mapping[str, P], after: Mapping[str, P], *, promised: Collection[str] = ()
) -> tuple[Change[P], ...]:
    """Changes by visit code; visits that stay as they are give none.

    `promised`: codes of the visits a tenant counts on.
    """
    found = []
    for code in sorted({*before, *after}):
        old, new = before.get(code), after.get(code)
        kind, aspects = _kind(old, new), frozenset[Aspect]()
        if old is not None and new is not None:
            aspects = _aspects(old, new)
            if not aspects:
                continue
        people = {*(old.workers if old else ()), *(new.workers if new else ())}
        tell_tenant = code in promised and kind is not Kind.NEW
        found.append(Change(code, kind, aspects, old, new, tuple(sorted(people)), tell_tenant))
    return tuple(found)


def _kind(old: Held | None, new: Held | None) -> Kind:
    if old is None:
        return Kind.NEW
    return Kind.CANCELLED if new is None else Kind.MOVED


def _aspects(old: Held, new: Held) -> frozenset[Aspect]:
    differs = {
        Aspect.WORKERS: set(old.workers) != set(new.workers),
        Aspect.DAY: old.day != new.day,
        Aspect.TIME: old.day == new.day and _starts(old) != _starts(new),
    }
    return frozenset(aspect for aspect, yes in differs.items() if yes)


def _starts(held: Held) -> tuple[object, tuple[int, ...]]:
    """The first start, and how much later the others come; all at once is no offsets."""
    offsets: tuple[int, ...] = getattr(held, "offsets", ())
    return held.start, offsets if any(offsets) else ()
