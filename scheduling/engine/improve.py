"""Ruin and recreate with simulated annealing: take a few visits out, put them back, keep or not.

The temperature follows the iteration count and acceptance is in integers, so that a run depends on
nothing but the problem, the seed and the number of iterations. A run goes in cycles that each begin
from the best plan so far.
"""

from dataclasses import dataclass

from scheduling.engine import layout as at
from scheduling.engine.insert import insert
from scheduling.engine.kernel import Array, below, compiled
from scheduling.engine.ledger import remove
from scheduling.engine.pool import remember
from scheduling.engine.ruin import SCARCE, free_list, ruin, shuffle, waiting

HOT = 15
"""First temperature, in points of cost: what a detour or a missed wish costs."""
WARM = 60
"""First temperature of some first searches: which of two visits is left out, when hours are short,
is settled early, and otherwise the same way each time."""
BESIDE = 8
"""Visits left out that are tried in an iteration beside those taken out."""
LARGEST_RUIN = 14
"""Most visits that an iteration takes out, or nearly."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """So many iterations from a temperature (in points) down to zero."""

    iterations: int
    hot: int = HOT


@compiled
def copy_into(t: Array, source: Array, target: Array) -> None:
    """Make one plan like another."""
    for i in range(t[at.S_SIZE]):
        target[i] = source[i]


@compiled
def improve(
    t: Array,
    s: Array,
    x: Array,
    b: Array,
    w: Array,
    k: Array,
    r: Array,
    p: Array,
    n: int,
    left: int,
    total: int,
    hot: int,
    falls: int,
) -> None:
    """n iterations on plan s, of a cycle of `total` with `left` to go; b keeps the best.

    x is a second plan to try things on; p remembers rounds of accepted plans. With `falls` 1 the
    cycle has n less to go afterwards; with 0 the temperature stays.
    """
    copy_into(t, s, x)
    for i in range(n):
        if not step(t, x, w, k, r):
            continue
        now = left - i * falls
        heat = hot * now * now * t[t[at.EXPONENTIAL] + below(r, 1024)] // (total * total)
        if x[at.COST] * 1000 <= s[at.COST] * 1000 + heat and keeps_pins(t, x, b):
            copy_into(t, x, s)
            remember(t, s, p)
            if s[at.COST] < b[at.COST]:
                copy_into(t, s, b)
        else:
            copy_into(t, s, x)


@compiled
def keeps_pins(t: Array, x: Array, b: Array) -> int:
    """1 if visits that people pinned are still placed, whatever leaving them out would save."""
    for v in range(t[at.VISITS]):
        if (
            t[t[at.VISIT_HELD] + v]
            and x[t[at.S_DAY] + v] == at.OUT
            and b[t[at.S_DAY] + v] != at.OUT
        ):
            return 0
    return 1


@compiled
def step(t: Array, x: Array, w: Array, k: Array, r: Array) -> int:
    """Ruin and recreate once, in place; 0 if there was nothing to do."""
    most = 2 + below(r, max(3, min(LARGEST_RUIN, t[at.VISITS] // 4)))
    n, first = ruin(t, x, w, r, most), at.OUT
    if n and x[t[at.S_DAY] + w[t[at.W_LIST]]] == at.OUT:
        first = w[t[at.W_LIST]]
    removed = 0
    for i in range(n):
        v = w[t[at.W_LIST] + i]
        if x[t[at.S_DAY] + v] != at.OUT and remove(t, x, r, v):
            w[t[at.W_REMOVED] + removed] = v
            removed += 1
    count = to_place(t, x, w, r, removed, first)
    if not count:
        return 0
    arrange(t, w, r, count)
    if first != at.OUT:
        to_front(t, w, first)
    noise = (1 << (2 + below(r, 4))) - 1
    if noise == 3:
        noise = 0
    for i in range(count):
        salt = below(r, 1 << 20) * 2 + 1
        insert(t, x, w, k, r, w[t[at.W_LIST] + i], salt, noise)
    return 1


@compiled
def to_place(t: Array, x: Array, w: Array, r: Array, removed: int, first: int) -> int:
    """Write at W_LIST the visits taken out and a few others left out; how many."""
    free, mark, n = free_list(t), t[at.W_MARK], 0
    for v in range(t[at.VISITS]):
        w[mark + v] = 0
    for i in range(removed):
        w[t[at.W_LIST] + n] = w[t[at.W_REMOVED] + i]
        w[mark + w[t[at.W_REMOVED] + i]] = 1
        n += 1
    if first != at.OUT:
        w[t[at.W_LIST] + n] = first
        w[mark + first] = 1
        n += 1
    left = waiting(t, x, w, free)
    if left > removed + BESIDE:
        shuffle(w, r, free, left)
    beside = 0
    for i in range(left):
        v = w[free + i]
        if not w[mark + v] and beside < BESIDE:
            w[t[at.W_LIST] + n] = v
            n += 1
            beside += 1
    return n


@compiled
def arrange(t: Array, w: Array, r: Array, n: int) -> None:
    """One of seven orders, ties in random order.

    Random, hardest, dearest if left out, longest, pairs, those with few choices, and of these the
    dearest by the minute.
    """
    shuffle(w, r, t[at.W_LIST], n)
    kind = below(r, 7)
    if kind == 0:
        return
    for i in range(n):
        v = w[t[at.W_LIST] + i]
        seats = t[t[at.VISIT_CALL] + v + 1] - t[t[at.VISIT_CALL] + v]
        if kind == 1:
            key = t[t[at.RANK] + v]
        elif kind == 2:
            key = -t[t[at.VISIT_OUT] + v]
        elif kind == 3:
            key = -t[t[at.STOP_MINUTES] + t[t[at.VISIT_CALL] + v]] * seats
        elif kind == 4:
            key = -seats
        else:
            key = 0 if t[t[at.VISIT_OPTIONS] + v] <= SCARCE else 1
            if kind == 6:
                minutes = t[t[at.STOP_MINUTES] + t[t[at.VISIT_CALL] + v]] * seats
                key = key * 1000000 - t[t[at.VISIT_OUT] + v] * 10 // minutes
        j = i
        while j > 0 and w[t[at.W_KEY] + j - 1] > key:
            w[t[at.W_KEY] + j] = w[t[at.W_KEY] + j - 1]
            w[t[at.W_LIST] + j] = w[t[at.W_LIST] + j - 1]
            j -= 1
        w[t[at.W_KEY] + j], w[t[at.W_LIST] + j] = key, v


@compiled
def to_front(t: Array, w: Array, visit: int) -> None:
    """Move a visit of the list to its front."""
    i = 0
    while w[t[at.W_LIST] + i] != visit:
        i += 1
    for j in range(i, 0, -1):
        w[t[at.W_LIST] + j] = w[t[at.W_LIST] + j - 1]
    w[t[at.W_LIST]] = visit
