"""Where a stop fits between the stops of a walked lane: the openings that the clocks leave.

A gap has three openings: lunch had before it, lunch in it before the new stop, and lunch to come
after the new stop, in this gap or later.
"""

from scheduling.engine import layout as at
from scheduling.engine.clocks import price, ranges_of, walk
from scheduling.engine.kernel import Array, compiled

OPENINGS = 3


@compiled
def opening(
    t: Array, s: Array, row: int, i: int, to: int, off: int, minutes: int, which: int
) -> tuple[int, int]:
    """First and last start in gap i by its `which`-th opening; the last before the first: none."""
    clock0, last1 = s[t[at.S_C0] + row + i], s[t[at.S_L1] + row + i]
    if which == 0:
        clock1 = s[t[at.S_C1] + row + i]
        if clock1 >= at.LATE:
            return 1, 0
        return clock1 + to, last1 - off - minutes
    if clock0 >= at.LATE:
        return 1, 0
    lunch_from, lunch_to, lunch = t[at.LUNCH_FROM], t[at.LUNCH_TO], t[at.LUNCH]
    if which == 1:
        eat = max(lunch_from, clock0) + lunch
        if eat > lunch_to:
            return 1, 0
        return max(clock0 + to + lunch, eat), last1 - off - minutes
    last = s[t[at.S_L0] + row + i] - off - minutes
    by = min(last1, lunch_to)
    if lunch_from + lunch <= by:
        last = max(last, min(last1 - off - minutes - lunch, by - lunch - minutes))
    return clock0 + to, last


@compiled
def fits(t: Array, s: Array, row: int, i: int, to: int, off: int, minutes: int, ranges: int) -> int:
    """1 if some allowed start lies in an opening of gap i."""
    for which in range(OPENINGS):
        first, last = opening(t, s, row, i, to, off, minutes, which)
        if first <= last:
            for k in range(t[ranges]):
                if max(first, t[ranges + 1 + 2 * k]) <= min(last, t[ranges + 2 + 2 * k]):
                    return 1
    return 0


@compiled
def detour(t: Array, s: Array, slot: int, lane: int, stop: int, i: int) -> tuple[int, int, int]:
    """(minutes of way added, to the stop, from it) in gap i; a first visit adds the whole way."""
    row, ways, places = slot * t[at.STRIDE], t[t[at.LANE_WAYS] + lane], t[at.PLACES]
    here = there = t[t[at.LANE_BASE] + lane]
    if i:
        here = t[t[at.STOP_TO] + s[t[at.S_SEQ] + row + i - 1]]
    if i < s[t[at.S_LEN] + slot]:
        there = t[t[at.STOP_FROM] + s[t[at.S_SEQ] + row + i]]
    to = t[ways + here * places + t[t[at.STOP_FROM] + stop]]
    off = t[ways + t[t[at.STOP_TO] + stop] * places + there]
    more = to + off - s[t[at.S_LEG] + row + i]
    if not s[t[at.S_VISITS] + slot]:
        more += s[t[at.S_WAY] + slot]
    return more, to, off


@compiled
def cheapest(t: Array, s: Array, k: Array, call: int, lane: int) -> int:
    """Where in k the cheapest place of a single visit's call in a lane stands; found at most once.

    Cells: the lane's version, cost in the lane (NO: fits nowhere), position, how it is held.
    """
    cell = (call * t[at.LANES] + lane) * at.K_STRIDE
    version = s[t[at.S_VERSION] + lane]
    if k[cell] == version:
        return cell
    day = t[t[at.LANE_DAY] + lane]
    exact = (
        t[at.WAIT_WEIGHT] > 0
        or s[t[at.S_PRICED] + lane] > 0
        or t[t[at.STOP_PRICED] + call * t[at.DAYS] + day] > 0
    )
    best, place, held = at.NO, 0, at.WIDE
    hows = 2 if t[t[at.STOP_NARROW] + call * t[at.DAYS] + day] else 1
    for h in range(hows):
        how = at.WIDE if h == 0 else at.NARROW
        cost, i = place_in(t, s, call, lane, how, exact)
        if cost < best:
            best, place, held = cost, i, how
    k[cell], k[cell + 1], k[cell + 2], k[cell + 3] = version, best, place, held
    return cell


@compiled
def place_in(t: Array, s: Array, call: int, lane: int, how: int, exact: bool) -> tuple[int, int]:
    """(cost in the lane, position) of the cheapest gap for a call held in a way; NO: none."""
    row, minutes = lane * t[at.STRIDE], t[t[at.STOP_MINUTES] + call]
    ranges = ranges_of(t, call, how, t[t[at.LANE_DAY] + lane])
    best, place = at.NO, 0
    if not t[ranges]:
        return best, place
    for i in range(s[t[at.S_LEN] + lane] + 1):
        more, to, off = detour(t, s, lane, lane, call, i)
        cost = t[at.WAY_WEIGHT] * more
        if not exact and cost >= best:
            continue
        if not fits(t, s, row, i, to, off, minutes, ranges):
            continue
        if exact:
            cost = exact_cost(t, s, call, lane, how, i)
        if cost < best:
            best, place = cost, i
    return best, place


@compiled
def exact_cost(t: Array, s: Array, call: int, lane: int, how: int, i: int) -> int:
    """What a lane costs more with the call in gap i, by walking it; NO if it cannot be walked."""
    slot = t[at.LANES]
    insert_into(t, s, lane, slot, call, how, i)
    if not walk(t, s, slot, lane, t[t[at.LANE_LUNCH] + lane]):
        return at.NO
    cost: int = price(t, s, slot, lane) - s[t[at.S_COST] + lane]
    return cost


@compiled
def insert_into(t: Array, s: Array, lane: int, slot: int, stop: int, how: int, i: int) -> None:
    """Write a lane's stops with one more at position i into a slot (which may be the lane)."""
    stride = t[at.STRIDE]
    seq, hold, n = t[at.S_SEQ], t[at.S_HOW], s[t[at.S_LEN] + lane]
    a, b = lane * stride, slot * stride
    for j in range(n - 1, i - 1, -1):
        s[seq + b + j + 1], s[hold + b + j + 1] = s[seq + a + j], s[hold + a + j]
    s[seq + b + i], s[hold + b + i] = stop, how
    if slot != lane:
        for j in range(i):
            s[seq + b + j], s[hold + b + j] = s[seq + a + j], s[hold + a + j]
    s[t[at.S_LEN] + slot] = n + 1


@compiled
def dearer(lane: int, salt: int, noise: int) -> int:
    """How many points dearer a lane looks, 0 to `noise` (a power of two less one)."""
    return (salt * (lane + 1)) >> 9 & noise


@compiled
def spans(t: Array, s: Array, w: Array, call: int, lane: int, more: int, count: int) -> int:
    """Write the starts at which a frozen call fits into a lane as spans behind `count`; how many.

    A span: lane, minutes of way added, position, first and last start, `more`.
    """
    row, minutes = lane * t[at.STRIDE], t[t[at.STOP_MINUTES] + call]
    ranges = ranges_of(t, call, at.WIDE, t[t[at.LANE_DAY] + lane])
    if not t[ranges]:
        return count
    for i in range(s[t[at.S_LEN] + lane] + 1):
        way, to, off = detour(t, s, lane, lane, call, i)
        for which in range(OPENINGS):
            first, last = opening(t, s, row, i, to, off, minutes, which)
            if first > last:
                continue
            for j in range(t[ranges]):
                low, high = max(first, t[ranges + 1 + 2 * j]), min(last, t[ranges + 2 + 2 * j])
                if low <= high:
                    cell = t[at.W_SPANS] + count * at.SPAN
                    w[cell], w[cell + 1], w[cell + 2] = lane, way, i
                    w[cell + 3], w[cell + 4], w[cell + 5] = low, high, more
                    count += 1
    return count
