"""Why this worker, day and time: the next best ones for a placed visit, and what they would cost.

The visit is taken out of the plan and put back elsewhere; everything else stays where it is, or
makes room.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from scheduling.asking import Asked, Asker
from scheduling.desk import Answer, Desk
from scheduling.engine.compiled import Ranges
from scheduling.levers import answer_of
from scheduling.problem import Placement

MOST_WORKERS = 3
MOST_DAYS = 2
LATER = 30
"""Minutes by which another start differs at least: less is no change to people."""


class Other(StrEnum):
    """In what an alternative differs."""

    WORKER = "worker"
    DAY = "day"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another place for a visit; `answer` has the difference by rule, against where it is."""

    other: Other
    placement: Placement
    answer: Answer

    @property
    def cost(self) -> int:
        """Points more than where it is now."""
        return self.answer.cost


def why_here(desk: Desk, code: str) -> tuple[Alternative, ...]:
    """The next best workers, days and times for a placed visit; by kind, then the cheapest first.

    Empty for a visit that is pinned where it is or cannot be taken out. KeyError if it is not
    placed.
    """
    here = desk.placements[code]
    draft, asker = desk.draft.copy(), Asker(desk.draft)
    v = asker.index[code]
    if draft.is_out(v) or not draft.remove(v):
        return ()
    found: list[Alternative] = []
    for kind, most in ((Other.WORKER, MOST_WORKERS), (Other.DAY, MOST_DAYS), (Other.TIME, 1)):
        places = [
            place
            for asked in _questions(desk, asker, here, kind)
            if (place := asker.best(asked, draft)) is not None
        ]
        places.sort(key=lambda place: (place.cost, place.placement.day, place.placement.workers))
        answers = [
            Alternative(kind, place.placement, answer_of(desk, place)) for place in places[:most]
        ]
        found += sorted((one for one in answers if one.answer.works), key=lambda one: one.cost)
    return tuple(found)


def _questions(desk: Desk, asker: Asker, here: Placement, kind: Other) -> Iterator[Asked]:
    about = asker.about(here.visit)
    mine = frozenset(
        lane.number for lane in desk.c.lanes if _name(desk, lane.worker) in here.workers
    )
    if kind is Other.WORKER and len(here.workers) == 1:
        for w, worker in enumerate(desk.c.workers):
            if worker.code not in here.workers:
                lanes = frozenset(lane.number for lane in desk.c.lanes if lane.worker == w)
                yield replace(about, lanes=lanes)
    elif kind is Other.WORKER:
        for code in here.workers:
            lanes = frozenset(
                lane.number for lane in desk.c.lanes if _name(desk, lane.worker) != code
            )
            yield replace(about, lanes=lanes)
    elif kind is Other.DAY:
        for day in range(desk.c.days):
            if day != here.day:
                lanes = frozenset(n for n in mine if desk.c.lanes[n].day == day)
                yield replace(about, lanes=lanes)
    else:
        lanes = frozenset(n for n in mine if desk.c.lanes[n].day == here.day)
        yield replace(about, lanes=lanes, spans=_elsewhen(desk, asker, here))


def _elsewhen(desk: Desk, asker: Asker, here: Placement) -> tuple[Ranges, ...]:
    """The visit's allowed starts without those near to where it is."""
    compiled = desk.c.visits[asker.index[here.visit]]
    low, high = here.start - LATER - desk.c.grid, here.start + LATER + desk.c.grid
    spans: list[Ranges] = []
    for i in range(len(compiled.seats)):
        for day, ranges in enumerate(desk.c.stops[compiled.first + i].ranges):
            if i or day != here.day:
                spans.append(ranges)
                continue
            parts = [(a, min(b, low)) for a, b in ranges] + [(max(a, high), b) for a, b in ranges]
            spans.append(tuple(sorted((a, b) for a, b in parts if a <= b)))
    return tuple(spans)


def _name(desk: Desk, worker: int) -> str:
    return desk.c.workers[worker].code
