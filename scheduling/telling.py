"""What a repair changed, visit by visit, and who must be told of it.

Workers are told of every change to their own visits. A tenant is told where a visit was promised,
or where it was to be within a day, or is now.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from scheduling.changes import Aspect, Change, changes
from scheduling.changes import Kind as Differs
from scheduling.plan import Reason
from scheduling.problem import Placement, Problem, Visit
from scheduling.rules.base import DAY_NAMES, clock
from scheduling.weeks import DAY_MINUTES


class Became(StrEnum):
    """What became of a visit."""

    GIVEN = "given"
    MOVED = "moved"
    DROPPED = "dropped"
    CALLED_OFF = "called_off"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Told:
    """One visit's change: `given` to others (and perhaps moved too), `moved` in day or time,
    `dropped` with the reasons, `called_off` by an event, `new` in the plan.

    `workers` to tell, by code; `tenant` to tell, None where nobody was counting on it.
    """

    visit: str
    became: Became
    before: Placement | None
    after: Placement | None
    workers: tuple[str, ...]
    tenant: str | None
    reasons: tuple[Reason, ...] = ()


def told(
    before: Problem,
    published: Iterable[Placement],
    after: Iterable[Placement],
    *,
    now: int | None,
    called_off: Iterable[str] = (),
    new: Problem | None = None,
    reasons: Mapping[str, tuple[Reason, ...]] | None = None,
) -> tuple[Told, ...]:
    """Everything that changed, by visit code. `before` and `new` know the visits."""
    weeks = (before, new) if new is not None else (before,)
    visits = {visit.code: visit for week in weeks for visit in week.visits}
    found = changes({p.visit: p for p in published}, {p.visit: p for p in after})
    off = set(called_off)
    return tuple(
        Told(
            change.visit,
            _became(change, off),
            change.before,
            change.after,
            change.tell,
            _counting(visits.get(change.visit), change, now),
            (reasons or {}).get(change.visit, ()),
        )
        for change in found
    )


def _counting(visit: Visit | None, change: Change[Placement], now: int | None) -> str | None:
    """The tenant, if they count on the visit."""
    counts = visit is not None and (visit.promised or _soon(change, now))
    return visit.tenant if visit is not None and counts else None


def _became(change: Change[Placement], called_off: set[str]) -> Became:
    if change.kind is Differs.NEW:
        return Became.NEW
    if change.kind is Differs.CANCELLED:
        return Became.CALLED_OFF if change.visit in called_off else Became.DROPPED
    return Became.GIVEN if Aspect.WORKERS in change.aspects else Became.MOVED


def _soon(change: Change[Placement], now: int | None) -> bool:
    """Whether it was to be within a day, or is now."""
    places = (place for place in (change.before, change.after) if place is not None)
    first = min(place.day * DAY_MINUTES + place.start for place in places)
    return now is not None and first < now + DAY_MINUTES


def line_of(one: Told) -> str:
    """A change in one line of English, codes as they are."""
    places = [_where(place) for place in (one.before, one.after) if place is not None]
    tell = [*one.workers, *([f"tenant {one.tenant}"] if one.tenant else [])]
    why = ", ".join(f"{reason.code} {reason.left}" for reason in one.reasons[-1:])
    because = f" ({why})" if why else ""
    return f"{one.visit} {one.became}: {' -> '.join(places)}{because}; tell {', '.join(tell)}"


def _where(place: Placement) -> str:
    return f"{DAY_NAMES[place.day]} {clock(place.start)} {' '.join(place.workers)}"
