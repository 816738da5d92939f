"""The first complete plan: pins and published visits, then pairs, then by priority."""

from scheduling.engine import layout as at
from scheduling.engine.clocks import ranges_of
from scheduling.engine.gaps import OPENINGS, detour, fits, opening
from scheduling.engine.insert import insert
from scheduling.engine.kernel import Array, compiled
from scheduling.engine.ledger import bearable, free_at, is_new, place, remove, room, spacing


@compiled
def construct(t: Array, s: Array, w: Array, k: Array, r: Array) -> None:
    """Place every visit that fits, greedily.

    Pinned visits first, so that nothing takes their room; then those of a published plan where they
    were, the hardest first (a repair begins from there); then the rest.
    """
    for pinned in range(1, -1, -1):
        for i in range(t[at.VISITS]):
            v = t[t[at.ORDER] + i]
            held = t[t[at.VISIT_HELD] + v] and s[t[at.S_DAY] + v] == at.OUT
            if held and t[t[at.VISIT_PINNED] + v] == pinned:
                insert(t, s, w, k, r, v, 0, 0)
    for i in range(t[at.VISITS]):
        v = t[t[at.ORDER] + i]
        if s[t[at.S_DAY] + v] == at.OUT and t[t[at.VISIT_WAS_DAY] + v] != at.OUT:
            first = t[t[at.VISIT_CALL] + v]
            for call in range(first, t[t[at.VISIT_CALL] + v + 1]):
                cell = t[at.W_KEEP] + 2 * (call - first)
                w[cell] = t[t[at.CALL_WAS_WORKER] + call]
                w[cell + 1] = t[t[at.CALL_WAS_START] + call]
            keep(t, s, w, r, v, t[t[at.VISIT_WAS_DAY] + v], 1)
    for i in range(t[at.VISITS]):
        v = t[t[at.ORDER] + i]
        if s[t[at.S_DAY] + v] == at.OUT and t[t[at.VISIT_OPTIONS] + v]:
            insert(t, s, w, k, r, v, 0, 0)


@compiled
def keep(t: Array, s: Array, w: Array, r: Array, visit: int, day: int, slide: int) -> int:
    """Put a visit on a day, with the workers and at the starts at W_KEEP, if possible; 1 if done.

    With `slide` a visit whose start is free may move within its cheapest starts (as a rule the
    published half hour), if that is worth it; else starts are kept to the minute, at any cost.
    """
    first = t[t[at.VISIT_CALL] + visit]
    seats, end = t[t[at.VISIT_CALL] + visit + 1] - first, 0
    if spacing(t, s, visit, day) >= at.NO:
        return 0
    for i in range(seats):
        start = w[t[at.W_KEEP] + 2 * i + 1]
        how = start
        if slide and not t[t[at.VISIT_FROZEN] + visit]:
            how = at.NARROW if t[t[at.STOP_NARROW] + first * t[at.DAYS] + day] else at.WIDE
        if not side(t, s, w, visit, i, day, how):
            return 0
        end = max(end, start + t[t[at.STOP_MINUTES] + first + i])
    start = w[t[at.W_KEEP] + 1]
    if t[t[at.VISIT_FROZEN] + visit] and not free_at(t, s, visit, day, start, end):
        return 0
    if not is_crew(t, s, w, visit):
        return 0
    before = s[at.COST]
    w[t[at.W_MOVE] + 1] = day
    place(t, s, w, r, visit, t[at.W_MOVE])
    eaten = (
        t[at.TIED]
        and t[at.RESERVE_PRICE] == at.HARD
        and s[t[at.S_USED] + day] > t[t[at.CAPACITY] + day]
    )
    dear = slide and not t[t[at.VISIT_HELD] + visit] and s[at.COST] >= before
    if eaten or dear:
        remove(t, s, r, visit)
        return 0
    return 1


@compiled
def side(t: Array, s: Array, w: Array, visit: int, i: int, day: int, how: int) -> int:
    """Write the published worker's lane and cheapest position for a seat at W_MOVE; 0: none."""
    call = t[t[at.VISIT_CALL] + visit] + i
    worker, minutes = w[t[at.W_KEEP] + 2 * i], t[t[at.STOP_MINUTES] + call]
    if worker == at.OUT or not t[t[at.CALL_OK] + call * t[at.WORKERS] + worker]:
        return 0
    if room(t, s, visit, worker, day, minutes) >= at.NO:
        return 0
    lanes, best, move = (
        t[t[at.VISIT_LANES] + visit * t[at.DAYS] + day],
        at.NO,
        t[at.W_MOVE] + 2 + 3 * i,
    )
    for j in range(t[lanes]):
        lane = t[lanes + 1 + j]
        if t[t[at.LANE_WORKER] + lane] != worker:
            continue
        for gap in range(s[t[at.S_LEN] + lane] + 1):
            more, to, off = detour(t, s, lane, lane, call, gap)
            if more < best and gap_takes(t, s, lane, call, gap, to, off, how):
                best = more
                w[move], w[move + 1], w[move + 2] = lane, gap, how
    return 1 if best < at.NO else 0


@compiled
def gap_takes(
    t: Array, s: Array, lane: int, call: int, gap: int, to: int, off: int, how: int
) -> int:
    """1 if a call held in a way fits into a gap; a start is looked for among all allowed ones."""
    row, minutes = lane * t[at.STRIDE], t[t[at.STOP_MINUTES] + call]
    ranges = ranges_of(t, call, how, t[t[at.LANE_DAY] + lane])
    if how < 0:
        return fits(t, s, row, gap, to, off, minutes, ranges)
    allowed = 0
    for j in range(t[ranges]):
        if t[ranges + 1 + 2 * j] <= how <= t[ranges + 2 + 2 * j]:
            allowed = 1
    for which in range(OPENINGS):
        low, high = opening(t, s, row, gap, to, off, minutes, which)
        if allowed and low <= how <= high:
            return 1
    return 0


@compiled
def is_crew(t: Array, s: Array, w: Array, visit: int) -> int:
    """1 if the lanes at W_MOVE make a crew: different workers, not all learners, bearable."""
    first, tenant = t[t[at.VISIT_CALL] + visit], t[t[at.VISIT_TENANT] + visit]
    seats, alone, learners, fresh = t[t[at.VISIT_CALL] + visit + 1] - first, 0, 0, 0
    for i in range(seats):
        worker = t[t[at.LANE_WORKER] + w[t[at.W_MOVE] + 2 + 3 * i]]
        for j in range(i):
            if t[t[at.LANE_WORKER] + w[t[at.W_MOVE] + 2 + 3 * j]] == worker:
                return 0
        alone |= t[t[at.WORKER_ALONE] + worker]
        learners += 1 - t[t[at.WORKER_SECOND] + worker]
        fresh += is_new(t, s, tenant, worker)
    if not alone or (seats > 1 and learners > t[t[at.VISIT_LEARNERS] + visit]):
        return 0
    return bearable(t, s, tenant, fresh)
