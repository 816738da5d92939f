"""The same tables in which changing a published visit costs more: one price for each change."""

from collections.abc import Sequence
from dataclasses import replace

from scheduling.engine import layout as at
from scheduling.engine.compiled import Compiled
from scheduling.engine.kernel import Array, array_of
from scheduling.problem import Placement

TOLERANCE = 30
"""Minutes by which a start may differ from the published one at no cost."""


def dearer(c: Compiled, more: int) -> Compiled:
    """Another worker, day or time of a published visit costs `more` points on top, each.

    Multiplied as the weights say (soon, promised). Only the tables differ; the price of leaving a
    visit out stays.
    """
    if not more or not c.problem.weights.change_worker:
        return c
    t = c.tables[:]
    published = {place.visit: place for place in c.problem.published or ()}
    kept: dict[tuple[int, ...], int] = {}
    for v, visit in enumerate(c.visits):
        if visit.code not in published:
            continue
        for day in range(c.days):
            _dearer_day(c, t, v, day, published[visit.code], more, kept)
    return replace(c, tables=t)


def _dearer_day(
    c: Compiled,
    t: Array,
    v: int,
    day: int,
    was: Placement,
    more: int,
    kept: dict[tuple[int, ...], int],
) -> None:
    """Rewrite what the workers and the starts of a day cost for one visit."""
    visit, price = c.visits[v], c.problem.weights.change_worker
    factors = [cell // price for cell in visit.factor[day]]
    t[t[at.VISIT_FACTOR] + v * c.days + day] = _put(
        t, [cell + more * f for cell, f in zip(visit.factor[day], factors, strict=True)], kept
    )
    here = c.stops[visit.first].start_cost[day] or (0,) * len(factors)
    near = range(was.start - TOLERANCE, was.start + TOLERANCE + 1) if day == was.day else range(0)
    moved = [
        cost if i * c.grid in near else cost + more * f
        for i, (cost, f) in enumerate(zip(here, factors, strict=True))
    ]
    t[t[at.STOP_COST] + visit.first * c.days + day] = _put(t, moved, kept)


def _put(t: Array, values: Sequence[int], kept: dict[tuple[int, ...], int]) -> int:
    """Where these values stand, behind the tables; equal ones stand once."""
    key = tuple(values)
    if key not in kept:
        kept[key] = len(t)
        t.extend(array_of(key))
    return kept[key]
