"""Times that do not drift: a searched plan with every visit as near to its published start as can
be."""

from collections.abc import Iterable
from dataclasses import replace

from scheduling.engine.draft import Draft
from scheduling.part import Parts
from scheduling.problem import Placement
from scheduling.sliding import Slider


def steadied(draft: Draft, published: Iterable[Placement]) -> tuple[Placement, ...]:
    """The draft's placements, by code, with starts as published where rounds leave room for that.

    Order and crews stay. A round keeps the draft's own times if the published ones cost more.
    """
    c, slider = draft.c, Slider(draft.c)
    placements = {place.visit: place for place in draft.placements()}
    wishes = {
        was.visit: was.start
        for was in published
        if was.visit in placements and _same(was, placements[was.visit])
    }
    parts: Parts | None = None
    for number, stops in draft.rounds():
        order = [stop for stop, _ in stops]
        starts = slider.wished(c.lanes[number], placements, wishes, order)
        slid = {
            code: replace(placements[code], start=start)
            for code, start in starts.items()
            if start != placements[code].start
        }
        if slid:
            parts = parts or Parts(c.problem)
            change = parts.difference(placements, {**placements, **slid})
            if change.cost <= 0 and not change.breaks:
                placements.update(slid)
    return tuple(placements[code] for code in sorted(placements))


def _same(was: Placement, now: Placement) -> bool:
    """Whether a visit stands on its day with its people."""
    return was.day == now.day and set(was.workers) == set(now.workers)
