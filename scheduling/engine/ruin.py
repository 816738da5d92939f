"""What to take out: the removals of ruin and recreate.

Random, radial (near in place and time) and route removals are those of Schrimpf, Schneider,
Stamm-Wilbrandt and Dueck, 'Record breaking optimization results using the ruin and recreate
principle' (2000); removal of related requests those of Ropke and Pisinger, 'An adaptive large
neighborhood search heuristic for the pickup and delivery problem with time windows' (2006).

Each writes the visits it chose at W_LIST and returns how many; it takes nothing out itself.
"""

from scheduling.engine import layout as at
from scheduling.engine.kernel import Array, below, compiled

SCARCE = 8
"""Lanes that a visit could go to, up to which all of them are emptied at times."""


@compiled
def ruin(t: Array, s: Array, w: Array, r: Array, most: int) -> int:
    """Choose up to so many visits by one of the ways, drawn by lot."""
    lot = below(r, 100)
    if lot < 25:
        left = waiting(t, s, w, free_list(t))
        if left:
            return make_room(t, s, w, r, left)
        return near_visits(t, s, w, r, most)
    if lot < 37:
        return random_visits(t, s, w, r, most)
    if lot < 60:
        return near_visits(t, s, w, r, most)
    if lot < 71:
        return one_day(t, s, w, r, most)
    if lot < 82:
        return lane_visits(t, s, w, r, most)
    if lot < 91:
        return worker_visits(t, s, w, r, most)
    return tenant_visits(t, s, w, r, most)


@compiled
def free_list(t: Array) -> int:
    """Where the second list of W stands."""
    place: int = t[at.W_LIST] + t[at.VISITS] + 1
    return place


@compiled
def placed(t: Array, s: Array, w: Array, to: int) -> int:
    """Write the placed visits that nobody pinned; how many."""
    n = 0
    for v in range(t[at.VISITS]):
        if s[t[at.S_DAY] + v] != at.OUT and not t[t[at.VISIT_PINNED] + v]:
            w[to + n] = v
            n += 1
    return n


@compiled
def waiting(t: Array, s: Array, w: Array, to: int) -> int:
    """Write the visits left out that have at least one choice by the static chain; how many."""
    n = 0
    for v in range(t[at.VISITS]):
        if s[t[at.S_DAY] + v] == at.OUT and t[t[at.VISIT_OPTIONS] + v]:
            w[to + n] = v
            n += 1
    return n


@compiled
def shuffle(w: Array, r: Array, first: int, n: int) -> None:
    """Fisher and Yates, in place."""
    for i in range(n - 1, 0, -1):
        j = below(r, i + 1)
        w[first + i], w[first + j] = w[first + j], w[first + i]


@compiled
def nearest(t: Array, w: Array, n: int, most: int) -> int:
    """Keep at W_LIST the visits of the free list with the smallest keys, in order; how many."""
    free, key, to = free_list(t), t[at.W_KEY], t[at.W_LIST]
    most = min(most, n)
    for i in range(most):
        best = i
        for j in range(i + 1, n):
            if w[key + j] < w[key + best]:
                best = j
        w[free + i], w[free + best] = w[free + best], w[free + i]
        w[key + i], w[key + best] = w[key + best], w[key + i]
        w[to + i] = w[free + i]
    return most


@compiled
def start_of(t: Array, s: Array, call: int) -> int:
    """Start of a placed call."""
    row = s[t[at.S_LANE] + call] * t[at.STRIDE]
    i = 0
    while s[t[at.S_SEQ] + row + i] != call:
        i += 1
    start: int = s[t[at.S_TIME] + row + i]
    return start


@compiled
def random_visits(t: Array, s: Array, w: Array, r: Array, most: int) -> int:
    """Any."""
    n, free = placed(t, s, w, free_list(t)), free_list(t)
    most = min(most, n)
    for i in range(most):
        j = i + below(r, n - i)
        w[free + i], w[free + j] = w[free + j], w[free + i]
        w[t[at.W_LIST] + i] = w[free + i]
    return most


@compiled
def near_visits(t: Array, s: Array, w: Array, r: Array, most: int) -> int:
    """A seed and those near it: minutes of the way, half an hour for each day apart."""
    free = free_list(t)
    n = placed(t, s, w, free)
    if not n:
        return 0
    seed = w[free + below(r, n)]
    call, day = t[t[at.VISIT_CALL] + seed], s[t[at.S_DAY] + seed]
    ways = t[t[at.LANE_WAYS] + s[t[at.S_LANE] + call]] + t[t[at.STOP_FROM] + call] * t[at.PLACES]
    for i in range(n):
        v = w[free + i]
        apart = min(2, abs(s[t[at.S_DAY] + v] - day))
        way = t[ways + t[t[at.STOP_FROM] + t[t[at.VISIT_CALL] + v]]]
        w[t[at.W_KEY] + i] = -1 if v == seed else way + 30 * apart + below(r, 15)
    return nearest(t, w, n, most)


@compiled
def one_day(t: Array, s: Array, w: Array, r: Array, most: int) -> int:
    """Visits of one day around a seed's start."""
    free = free_list(t)
    n = placed(t, s, w, free)
    if not n:
        return 0
    seed = w[free + below(r, n)]
    day, start, m = s[t[at.S_DAY] + seed], start_of(t, s, t[t[at.VISIT_CALL] + seed]), 0
    for i in range(n):
        v = w[free + i]
        if s[t[at.S_DAY] + v] == day:
            w[free + m] = v
            w[t[at.W_KEY] + m] = abs(start_of(t, s, t[t[at.VISIT_CALL] + v]) - start) + below(r, 60)
            m += 1
    return nearest(t, w, m, most)


@compiled
def add_lane(t: Array, s: Array, w: Array, lane: int, n: int) -> int:
    """Add a lane's visits to the list, pinned ones and those there aside; the list's length."""
    row = lane * t[at.STRIDE]
    for i in range(s[t[at.S_LEN] + lane]):
        v = t[t[at.STOP_VISIT] + s[t[at.S_SEQ] + row + i]]
        if v < 0 or t[t[at.VISIT_PINNED] + v]:
            continue
        if not is_listed(t, w, n, v):
            w[t[at.W_LIST] + n] = v
            n += 1
    return n


@compiled
def lane_visits(t: Array, s: Array, w: Array, r: Array, most: int) -> int:
    """Whole worker-days, until there are enough."""
    walked, n = 0, 0
    for lane in range(t[at.LANES]):
        if s[t[at.S_VISITS] + lane]:
            w[t[at.W_MARK] + walked] = lane
            walked += 1
    while walked and 2 * n < most:
        j = below(r, walked)
        lane = w[t[at.W_MARK] + j]
        walked -= 1
        w[t[at.W_MARK] + j] = w[t[at.W_MARK] + walked]
        n = add_lane(t, s, w, lane, n)
    return min(n, most + 4)


@compiled
def worker_visits(t: Array, s: Array, w: Array, r: Array, most: int) -> int:
    """Visits of one worker, over the whole week."""
    if not t[at.WORKERS]:
        return 0
    worker, free, n = below(r, t[at.WORKERS]), t[at.W_LIST], 0
    for lane in range(t[at.LANES]):
        if t[t[at.LANE_WORKER] + lane] == worker:
            n = add_lane(t, s, w, lane, n)
    shuffle(w, r, free, n)
    return min(n, most)


@compiled
def tenant_visits(t: Array, s: Array, w: Array, r: Array, most: int) -> int:
    """All visits of a few tenants who have several."""
    m, n = 0, 0
    for tenant in range(t[at.TENANTS]):
        if t[t[t[at.TENANT_VISITS] + tenant]] > 1:
            w[t[at.W_KEY] + m] = tenant
            m += 1
    if not m:
        return random_visits(t, s, w, r, most)
    while n < most // 2 + 1 and m:
        j = below(r, m)
        mine = t[t[at.TENANT_VISITS] + w[t[at.W_KEY] + j]]
        m -= 1
        w[t[at.W_KEY] + j] = w[t[at.W_KEY] + m]
        for i in range(t[mine]):
            v = t[mine + 1 + i]
            if s[t[at.S_DAY] + v] != at.OUT and not t[t[at.VISIT_PINNED] + v]:
                w[t[at.W_LIST] + n] = v
                n += 1
    return n


@compiled
def is_listed(t: Array, w: Array, n: int, visit: int) -> int:
    """1 if a visit is among the first n of the list."""
    for i in range(n):
        if w[t[at.W_LIST] + i] == visit:
            return 1
    return 0


@compiled
def open_lanes(t: Array, w: Array, r: Array, visit: int) -> int:
    """Write at W_MARK lanes to be emptied for a visit; how many.

    As many as it needs, or one more, of a day drawn by lot; where it could go to few lanes only, as
    often all of them: whoever can take it is in demand, and who is seen by them is settled anew.
    """
    days, total = 0, 0
    for day in range(t[at.DAYS]):
        lanes = t[t[at.VISIT_LANES] + visit * t[at.DAYS] + day]
        if t[lanes]:
            w[t[at.W_KEY] + days] = lanes
            days += 1
            total += t[lanes]
    n = 0
    if total <= SCARCE and below(r, 2):
        for d in range(days):
            lanes = w[t[at.W_KEY] + d]
            for i in range(t[lanes]):
                w[t[at.W_MARK] + n] = t[lanes + 1 + i]
                n += 1
        return n
    lanes = w[t[at.W_KEY] + below(r, days)]
    for i in range(t[lanes]):
        w[t[at.W_MARK] + i] = t[lanes + 1 + i]
    shuffle(w, r, t[at.W_MARK], t[lanes])
    seats = t[t[at.VISIT_CALL] + visit + 1] - t[t[at.VISIT_CALL] + visit]
    return min(t[lanes], seats + (1 if seats > 1 else 0))


@compiled
def make_room(t: Array, s: Array, w: Array, r: Array, left: int) -> int:
    """A visit left out, and everything in a few lanes that it could go to.

    Being left out costs so much that annealing alone does not cross it: here the visit is tried
    first, into emptied lanes. `left`: how many are left out, in the free list.
    """
    visit = w[free_list(t) + below(r, left)]
    empty = open_lanes(t, w, r, visit)
    day = t[t[at.LANE_DAY] + w[t[at.W_MARK]]]
    w[t[at.W_LIST]] = visit
    n = 1
    for i in range(empty):
        n = add_lane(t, s, w, w[t[at.W_MARK] + i], n)
    others = t[t[at.TENANT_VISITS] + t[t[at.VISIT_TENANT] + visit]]
    for i in range(t[others]):
        v = t[others + 1 + i]
        when = s[t[at.S_DAY] + v]
        if when == at.OUT or t[t[at.VISIT_PINNED] + v] or abs(when - day) > 1:
            continue
        if not is_listed(t, w, n, v):
            w[t[at.W_LIST] + n] = v
            n += 1
    return n
