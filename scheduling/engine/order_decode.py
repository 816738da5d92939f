"""From an order of visits to starts: each visit is appended to its workers' rounds, as early as can
be.

A visit starts when all its workers can be there, its windows are open and the gaps between its
calls hold; a gap that would be too long delays the first call. Only what a move has touched is
decoded again: visits are taken in their order, and a visit whose start has changed passes on to the
next in each of its rounds. The order makes rounds that wait for each other in a circle impossible.
The representation is that of S. Ceschia, L. Di Gaspero, R. M. Rosati and A. Schaerf,
'Multi-neighborhood simulated annealing for the home healthcare routing and scheduling problem'
(International Transactions in Operational Research, 2024).
"""

from scheduling.engine import order_layout as at
from scheduling.engine.kernel import Array, compiled


@compiled
def begin(t: Array) -> None:
    """A new move: nothing waits, nothing is logged, the totals are remembered."""
    t[at.STAMP] += 1
    t[at.WAITING] = 0
    t[at.FROM] = t[at.VISITS]
    t[at.BASES] = 0
    t[at.LOGGED] = 0
    t[at.FALLING] = 0
    t[at.OLD_WAY] = t[at.WAY]
    t[at.OLD_LATENESS] = t[at.LATENESS]
    t[at.OLD_LARGEST] = t[at.LARGEST]
    t[at.OLD_OVERRUN] = t[at.OVERRUN]
    t[at.OLD_LEFT_OUT] = t[at.LEFT_OUT]


@compiled
def touch(t: Array, c: int) -> None:
    """Let the call's visit, or the base, wait to be decoded."""
    v = t[c + at.VISIT]
    if v == 0:
        t[t[at.BASE_LIST] + t[at.BASES]] = c
        t[at.BASES] += 1
        return
    if t[v + at.FLAG] != t[at.STAMP]:
        t[v + at.FLAG] = t[at.STAMP]
        t[at.WAITING] += 1
    if t[v + at.PLACE] < t[at.FROM]:
        t[at.FROM] = t[v + at.PLACE]


@compiled
def unlink_call(t: Array, c: int) -> None:
    """Take a call out of its round."""
    a, b, mode = t[c + at.PREV], t[c + at.NEXT], t[t[c + at.WORKER] + at.MODE]
    from_a, from_c = t[a + at.ROW] + mode, t[c + at.ROW] + mode
    to_b, to_c = t[b + at.COLUMN], t[c + at.COLUMN]
    t[at.WAY] += t[from_a + to_b] - t[from_a + to_c] - t[from_c + to_b]
    t[a + at.NEXT] = b
    t[b + at.PREV] = a
    touch(t, b)


@compiled
def unlink(t: Array, v: int) -> None:
    """Take the visit's calls out of their rounds; it keeps its place in the order."""
    for c in range(t[v + at.CALL], t[v + at.CALL] + t[v + at.SEATS] * at.RECORD, at.RECORD):
        unlink_call(t, c)


@compiled
def before(t: Array, w: int, place: int) -> int:
    """The last stop of worker `w`'s round whose visit stands before `place` in the order."""
    if 2 * place < t[at.PLACED]:
        a = w
        b = t[a + at.NEXT]
        while b != w and t[t[b + at.VISIT] + at.PLACE] < place:
            a = b
            b = t[a + at.NEXT]
        return a
    a = t[w + at.PREV]
    while a != w and t[t[a + at.VISIT] + at.PLACE] >= place:
        a = t[a + at.PREV]
    return a


@compiled
def link_call(t: Array, c: int) -> None:
    """Put a call into the round of its worker, where its visit's place in the order says."""
    w = t[c + at.WORKER]
    a = before(t, w, t[t[c + at.VISIT] + at.PLACE])
    b, mode = t[a + at.NEXT], t[w + at.MODE]
    from_a, from_c = t[a + at.ROW] + mode, t[c + at.ROW] + mode
    to_b, to_c = t[b + at.COLUMN], t[c + at.COLUMN]
    t[at.WAY] += t[from_a + to_c] + t[from_c + to_b] - t[from_a + to_b]
    t[a + at.NEXT] = c
    t[c + at.PREV] = a
    t[c + at.NEXT] = b
    t[b + at.PREV] = c
    touch(t, b)
    touch(t, c)


@compiled
def link(t: Array, v: int) -> None:
    """Put the visit's calls into the rounds of their workers."""
    for c in range(t[v + at.CALL], t[v + at.CALL] + t[v + at.SEATS] * at.RECORD, at.RECORD):
        link_call(t, c)


@compiled
def log(t: Array, c: int) -> None:
    """Write down a call or base before it changes."""
    line = t[at.LOG] + t[at.LOGGED]
    t[line], t[line + 1], t[line + 2] = c, t[c + at.START], t[c + at.END]
    t[line + 3], t[line + 4] = t[c + at.LATE], t[c + at.OVER]
    t[at.LOGGED] += at.LOG_LINE


@compiled
def set_start(t: Array, c: int, start: int) -> None:
    """Move a call's start; whoever comes next in its round waits to be decoded."""
    log(t, c)
    late, over = max(0, start - t[c + at.DUE]), max(0, start - t[c + at.LAST])
    t[at.LATENESS] += late - t[c + at.LATE]
    t[at.OVERRUN] += over - t[c + at.OVER]
    if late > t[at.LARGEST]:
        t[at.LARGEST] = late
    if late < t[c + at.LATE] and t[c + at.LATE] == t[at.OLD_LARGEST]:
        t[at.FALLING] = 1
    t[c + at.START], t[c + at.END] = start, start + t[c + at.MINUTES]
    t[c + at.LATE], t[c + at.OVER] = late, over
    touch(t, t[c + at.NEXT])


@compiled
def ready(t: Array, c: int) -> int:
    """When the call's worker can be there and its window is open."""
    a = t[c + at.PREV]
    arrives = t[a + at.END] + t[t[a + at.ROW] + t[t[c + at.WORKER] + at.MODE] + t[c + at.COLUMN]]
    return max(arrives, t[c + at.OPEN])


@compiled
def decode(t: Array) -> None:
    """Decode all that waits; afterwards the totals are those of the order in hand."""
    # since they were touched, places may have closed up by one, twice at most
    p = t[at.ORDER] + max(0, t[at.FROM] - 2)
    while t[at.WAITING] > 0:
        v = t[p]
        p += 1
        if t[v + at.FLAG] != t[at.STAMP]:
            continue
        t[v + at.FLAG] = 0
        t[at.WAITING] -= 1
        c = t[v + at.CALL]
        first = ready(t, c)
        if t[v + at.SEATS] == 1:
            if first != t[c + at.START]:
                set_start(t, c, first)
            continue
        end = c + t[v + at.SEATS] * at.RECORD
        for d in range(c + at.RECORD, end, at.RECORD):
            first = max(first, ready(t, d) - t[d + at.MOST])
        if first != t[c + at.START]:
            set_start(t, c, first)
        for d in range(c + at.RECORD, end, at.RECORD):
            start = max(first + t[d + at.LEAST], ready(t, d))
            if start != t[d + at.START]:
                set_start(t, d, start)
    for i in range(t[at.BASES]):
        _decode_base(t, t[t[at.BASE_LIST] + i])
    if t[at.FALLING] == 1 and t[at.LARGEST] == t[at.OLD_LARGEST]:
        t[at.LARGEST] = 0
        c = t[at.FIRST_CALL]
        for _ in range(t[at.CALLS]):
            t[at.LARGEST] = max(t[at.LARGEST], t[c + at.LATE])
            c += at.RECORD


@compiled
def _decode_base(t: Array, w: int) -> None:
    """How far the worker's way back ends after the lane; a lane without visits is not walked."""
    a, over = t[w + at.PREV], 0
    if a != w:
        back = t[t[a + at.ROW] + t[w + at.MODE] + t[w + at.COLUMN]]
        over = max(0, t[a + at.END] + back - t[w + at.LAST])
    if over != t[w + at.OVER]:
        log(t, w)
        t[at.OVERRUN] += over - t[w + at.OVER]
        t[w + at.OVER] = over


@compiled
def restore(t: Array) -> None:
    """Take back what decoding has changed; rounds and order are the move's own to take back."""
    for line in range(t[at.LOG] + t[at.LOGGED] - at.LOG_LINE, t[at.LOG] - 1, -at.LOG_LINE):
        c = t[line]
        t[c + at.START], t[c + at.END] = t[line + 1], t[line + 2]
        t[c + at.LATE], t[c + at.OVER] = t[line + 3], t[line + 4]
    t[at.WAY], t[at.LEFT_OUT] = t[at.OLD_WAY], t[at.OLD_LEFT_OUT]
    t[at.LATENESS], t[at.LARGEST] = t[at.OLD_LATENESS], t[at.OLD_LARGEST]
    t[at.OVERRUN] = t[at.OLD_OVERRUN]


@compiled
def cost(t: Array) -> int:
    """What the order in hand costs, overrun included."""
    return int(
        t[at.WAY_WEIGHT] * t[at.WAY]
        + t[at.LATENESS_WEIGHT] * t[at.LATENESS]
        + t[at.LARGEST_WEIGHT] * t[at.LARGEST]
        + t[at.OVERRUN_WEIGHT] * t[at.OVERRUN]
        + t[at.LEFT_OUT]
    )


@compiled
def keep(t: Array) -> None:
    """Remember the order in hand as the best."""
    t[at.BEST_COST] = t[at.COST]
    line = t[at.BEST]
    t[line] = t[at.PLACED]
    for i in range(t[at.PLACED]):
        t[line + 1 + i] = t[t[at.ORDER] + i]
    line += 1 + t[at.VISITS]
    for i in range(t[at.CALLS]):
        t[line + i] = t[t[at.FIRST_CALL] + i * at.RECORD + at.WORKER]


@compiled
def load(t: Array) -> None:
    """Take up the best order: rounds, starts and totals from nothing."""
    for i in range(t[at.WORKERS]):
        w = t[at.FIRST_BASE] + i * at.RECORD
        t[w + at.PREV], t[w + at.NEXT], t[w + at.OVER] = w, w, 0
    line = t[at.BEST] + 1 + t[at.VISITS]
    for i in range(t[at.CALLS]):
        c = t[at.FIRST_CALL] + i * at.RECORD
        t[c + at.START], t[c + at.END], t[c + at.LATE], t[c + at.OVER] = -1, -1, 0, 0
        t[c + at.WORKER] = t[line + i]
    for i in range(t[at.VISITS]):
        t[t[at.FIRST_VISIT] + i * at.VISIT_RECORD + at.PLACE] = -1
    t[at.WAY], t[at.LATENESS], t[at.LARGEST], t[at.OVERRUN], t[at.LEFT_OUT] = 0, 0, 0, 0, 0
    t[at.PLACED], t[at.OUT] = 0, 0
    begin(t)
    for i in range(t[t[at.BEST]]):
        v = t[t[at.BEST] + 1 + i]
        t[t[at.ORDER] + i] = v
        t[v + at.PLACE] = i
        t[at.PLACED] += 1
        link(t, v)
        decode(t)
        begin(t)
    for i in range(t[at.VISITS]):
        v = t[at.FIRST_VISIT] + i * at.VISIT_RECORD
        if t[v + at.PLACE] < 0:
            t[t[at.OUTSIDE] + t[at.OUT]] = v
            t[at.OUT] += 1
            t[at.LEFT_OUT] += t[v + at.PRICE]
    t[at.COST] = cost(t)
