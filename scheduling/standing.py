"""A finished plan as a draft that can be searched on: order and crews kept, free starts loose."""

from collections import defaultdict
from collections.abc import Mapping

from scheduling.engine import layout as at
from scheduling.engine.clocks import ranges_of
from scheduling.engine.draft import Draft, Tools
from scheduling.engine.gauge import Gauge
from scheduling.problem import Placement
from scheduling.sliding import Slider

Stops = list[tuple[int, int, int]]
"""(start, stop, how it is held)."""


def standing_draft(tools: Tools, placements: Mapping[str, Placement]) -> Draft:
    """The placements as a draft; what cannot be walked as it stands is left out of it.

    Visits of one worker that share nothing are held within their hours, or within their cheapest
    hours if they are there now; the order of each round stays.
    """
    whole = _filled(tools, placements)
    if whole is not None:
        return whole
    draft = Draft(tools)
    index = {visit.code: v for v, visit in enumerate(tools.c.visits)}
    for placement in sorted(placements.values(), key=lambda p: (p.day, p.start, p.visit)):
        v = index.get(placement.visit)
        if v is not None and draft.is_out(v) and 0 <= placement.day < tools.c.days:
            draft.keep(v, placement)
    return draft


def _filled(tools: Tools, placements: Mapping[str, Placement]) -> Draft | None:
    """All of it, None if something stands where it cannot be walked."""
    c, slider, gauge = tools.c, Slider(tools.c), Gauge(tools)
    lanes: dict[int, Stops] = defaultdict(list)
    crews = []
    for placement in placements.values():
        v = slider.visit.get(placement.visit)
        if v is None or not 0 <= placement.day < c.days:
            return None
        seats, visit = slider.seats(placement), c.visits[v]
        if len(seats) != len(visit.seats) or len(placement.workers) != len(seats):
            return None
        sides = []
        for call, worker, start in seats:
            lane = slider.lane_at(worker, placement.day, start, c.stops[call].minutes)
            fits = slider.allowed(call, placement.day, start)
            if lane is None or not fits or not visit.seats[call - visit.first] >> worker & 1:
                return None
            how = start if visit.frozen else _held(tools, call, placement.day, start)
            lanes[lane].append((start, call, how))
            sides.append((lane, how))
        if visit.frozen:
            crews.append((v, tuple(sides)))
    rounds = []
    for number, stops in sorted(lanes.items()):
        for busy in c.lanes[number].busy:
            (first, _), *_ = c.stops[busy].ranges[c.lanes[number].day]
            stops.append((first, busy, first))
        if len(stops) >= tools.t[at.CAP]:
            return None
        one = (number, tuple((stop, how) for _, stop, how in sorted(stops)))
        if gauge.round(one) is None:
            return None
        rounds.append(one)
    draft = Draft(tools)
    return draft if draft.fill(rounds, crews) else None


def _held(tools: Tools, call: int, day: int, start: int) -> int:
    """Within the cheapest hours if it stands in them, else anywhere allowed."""
    t = tools.t
    if not t[t[at.STOP_NARROW] + call * t[at.DAYS] + day]:
        return at.WIDE
    narrow = ranges_of(t, call, at.NARROW, day)
    for i in range(t[narrow]):
        if t[narrow + 1 + 2 * i] <= start <= t[narrow + 2 + 2 * i]:
            return at.NARROW
    return at.WIDE
