"""The master: CP-SAT composes the cheapest week out of remembered rounds, all rules kept.

Columns are rounds; each lane walks at most one. A visit of one worker is in exactly one chosen
round or left out. A frozen visit is in exactly one of its crews (lane and start of each seat) or
left out, and each lane of the crew walks a round that holds the seat's call at that start. Set
partitioning over routes that a search has met is the second phase of many matheuristics (Foster and
Ryan 1976; Subramanian, Uchoa and Ochi 2013).
"""

from collections.abc import Callable

from scheduling.engine.compiled import Compiled
from scheduling.engine.draft import Draft
from scheduling.engine.gauge import Gauge
from scheduling.engine.master_rows import Builder, Master
from scheduling.engine.pool import Crew, Round

MOST_ROUNDS = 1200
MOST_CREWS = 400
PIECE = 100
"""Rounds weighed between two questions whether to stop."""

Priced = list[tuple[int, Round]]
PricedCrews = list[tuple[int, Crew]]


def build_master(
    best: Draft,
    gauge: Gauge,
    rounds: Priced,
    crews: PricedCrews,
    should_stop: Callable[[], bool] = lambda: False,
) -> Master | None:
    """The model over these and the best plan's own, with that plan as complete hint.

    None once `should_stop` is true; it is asked several times, for a large week takes a moment.
    """
    own_rounds, own_crews = best.rounds(), best.crews()
    few_rounds = sorted({*own_rounds, *(one for _, one in rounds[:MOST_ROUNDS])})
    few_crews = sorted({*own_crews, *(crew for _, crew in crews[:MOST_CREWS])})
    sides = {
        (best.c.visits[v].first + i, lane, start)
        for v, seats in few_crews
        for i, (lane, start) in enumerate(seats)
    }
    weighed = []
    for number, one in enumerate(few_rounds):
        if number % PIECE == 0 and should_stop():
            return None
        found = gauge.round(one)
        if found is not None and all(
            not _frozen(best.c, call) or (call, found.lane, how) in sides
            for call, how in found.calls
        ):
            weighed.append(found)
    ready = {(call, found.lane, how) for found in weighed for call, how in found.calls}
    kept = [
        (v, seats) for v, seats in few_crews
        if all((best.c.visits[v].first + i, *side) in ready for i, side in enumerate(seats))
    ]  # fmt: skip
    return Builder(best, gauge, weighed, kept).build(should_stop)


def _frozen(c: Compiled, call: int) -> bool:
    return c.visits[c.stops[call].visit].frozen
