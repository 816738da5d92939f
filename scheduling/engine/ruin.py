"""What to take out: the removals of ruin and recreate.

Random, radial (near in place and time) and route removals are those of Schrimpf, Schneider,
Stamm-Wilbrandt and Dueck, 'Record breaking optimization results using the ruin and recreate
principle' (2000); removal of related requests those of Ropke and Pisinger, 'An adaptive large
neighborhood search heuristic for the pickup and delivery problem with time windows' (2006).
"""

from collections.abc import Callable

from scheduling.engine.rng import Rng
from scheduling.engine.state import OUT, State

Ruin = Callable[[State, Rng, int], list[int]]
"""Chooses up to so many visits to take out; may also name unplaced ones, to be tried first."""


def placed(state: State) -> list[int]:
    """Placed visits that nobody pinned."""
    visits = state.c.visits
    return [v for v, day in enumerate(state.day) if day != OUT and not visits[v].pinned]


def unplaced(state: State) -> list[int]:
    """Visits left out that have at least one choice by the static chain."""
    visits = state.c.visits
    return [v for v, day in enumerate(state.day) if day == OUT and visits[v].options]


def random_visits(state: State, rng: Rng, most: int) -> list[int]:
    """Any."""
    free = placed(state)
    rng.shuffle(free)
    return free[:most]


def near_visits(state: State, rng: Rng, most: int) -> list[int]:
    """A seed and those near it: minutes of the way, half an hour for each day apart."""
    free = placed(state)
    if not free:
        return []
    seed = rng.choice(free)
    stops, table = state.c.stops, state.c.lanes[state.crew[seed][0]].travel
    at = stops[seed].origin

    def far(v: int) -> int:
        apart = abs(state.day[v] - state.day[seed])
        return table[at][stops[v].origin] + 30 * min(apart, 2) + rng.below(15)

    return sorted(free, key=lambda v: (far(v), v))[:most]


def one_day(state: State, rng: Rng, most: int) -> list[int]:
    """Visits of one day around a seed's start."""
    free = placed(state)
    if not free:
        return []
    seed = rng.choice(free)
    day, start = state.day[seed], state.start(seed)
    same = [v for v in free if state.day[v] == day]
    return sorted(same, key=lambda v: (abs(state.start(v) - start) + rng.below(60), v))[:most]


def lane_visits(state: State, rng: Rng, most: int) -> list[int]:
    """Whole worker-days, until there are enough."""
    walked = [route.lane.number for route in state.routes if route.visits]
    rng.shuffle(walked)
    out: dict[int, None] = {}
    for number in walked:
        for v in state.routes[number].visits:
            if not state.c.visits[v].pinned:
                out[v] = None
        if len(out) * 2 >= most:
            break
    return list(out)[: most + 4]


def worker_visits(state: State, rng: Rng, most: int) -> list[int]:
    """Visits of one worker, over the whole week."""
    worker = rng.below(len(state.c.workers))
    mine = [v for v in placed(state) if state.mask[v] >> worker & 1]
    rng.shuffle(mine)
    return mine[:most]


def tenant_visits(state: State, rng: Rng, most: int) -> list[int]:
    """All visits of a few tenants who have several."""
    several = [t.visits for t in state.c.tenants if len(t.visits) > 1]
    if not several:
        return random_visits(state, rng, most)
    free = set(placed(state))
    out: list[int] = []
    while len(out) < most // 2 + 1 and several:
        out += [v for v in several.pop(rng.below(len(several))) if v in free]
    return out


def make_room(state: State, rng: Rng, most: int) -> list[int]:
    """An unplaced visit and everything in a few lanes of one day it could go to.

    Being left out costs so much that annealing alone does not cross it: here the visit is tried
    first, into emptied lanes.
    """
    left = unplaced(state)
    if not left:
        return near_visits(state, rng, most)
    visit = rng.choice(left)
    days: list[tuple[int, ...]] = [numbers for numbers in state.c.visits[visit].lanes if numbers]
    numbers = list(rng.choice(days))
    rng.shuffle(numbers)
    need = len(state.c.visits[visit].seats)
    out: dict[int, None] = {visit: None}
    for number in numbers[: need + (need > 1)]:
        for v in state.routes[number].visits:
            if not state.c.visits[v].pinned:
                out[v] = None
    day = state.c.lanes[numbers[0]].day
    for v in state.c.tenants[state.c.visits[visit].tenant].visits:
        if state.day[v] != OUT and abs(state.day[v] - day) < 3 and not state.c.visits[v].pinned:
            out[v] = None
    return list(out)


RUINS: tuple[tuple[int, Ruin], ...] = (
    (30, random_visits),
    (40, near_visits),
    (10, one_day),
    (6, lane_visits),
    (4, worker_visits),
    (4, tenant_visits),
    (6, make_room),
)
"""(share in a hundred, removal)."""


def choose(rng: Rng) -> Ruin:
    """One of the removals by its share."""
    roll = rng.below(100)
    for share, ruin in RUINS:
        roll -= share
        if roll < 0:
            return ruin
    return random_visits
