"""The moves of an order search that are about one visit or two.

A move takes visits out of their rounds, gives them other workers or other places in the order, and
links them again. Its function returns 0 where chance has proposed nothing that can be done, and has
then changed nothing; else `undo` can take it back. Starts are decoded, and put back, by
`order_decode`. The neighbourhoods are those of Ceschia, Di Gaspero, Rosati and Schaerf (2024, see
there): a visit moves, workers change, two visits change places.
"""

from scheduling.engine import order_layout as at
from scheduling.engine.kernel import Array, below, compiled
from scheduling.engine.order_decode import link, unlink


@compiled
def shift(t: Array, v: int, goal: int) -> None:
    """Move a visit to another place in the order; those in between close up."""
    order, p = t[at.ORDER], t[v + at.PLACE]
    while p < goal:
        u = t[order + p + 1]
        t[order + p] = u
        t[u + at.PLACE] = p
        p += 1
    while p > goal:
        u = t[order + p - 1]
        t[order + p] = u
        t[u + at.PLACE] = p
        p -= 1
    t[order + p] = v
    t[v + at.PLACE] = p


@compiled
def propose(t: Array, v: int) -> None:
    """Begin from the workers a visit has."""
    for c in range(t[v + at.CALL], t[v + at.CALL] + t[v + at.SEATS] * at.RECORD, at.RECORD):
        t[c + at.WANT] = t[c + at.WORKER]


@compiled
def adopt(t: Array, v: int) -> None:
    """Give an unlinked visit the workers proposed."""
    for c in range(t[v + at.CALL], t[v + at.CALL] + t[v + at.SEATS] * at.RECORD, at.RECORD):
        t[c + at.WAS] = t[c + at.WORKER]
        t[c + at.WORKER] = t[c + at.WANT]


@compiled
def recall(t: Array, v: int) -> None:
    """Give an unlinked visit the workers it had."""
    for c in range(t[v + at.CALL], t[v + at.CALL] + t[v + at.SEATS] * at.RECORD, at.RECORD):
        t[c + at.WORKER] = t[c + at.WAS]


@compiled
def apart(t: Array, v: int) -> int:
    """1 if the workers proposed are all different."""
    c = t[v + at.CALL]
    for j in range(1, t[v + at.SEATS]):
        for k in range(j):
            if t[c + j * at.RECORD + at.WANT] == t[c + k * at.RECORD + at.WANT]:
                return 0
    return 1


@compiled
def may(t: Array, c: int, w: int) -> int:
    """1 if the worker may take the call."""
    return int(t[t[c + at.MAY] + t[w + at.NUMBER]])


@compiled
def any_placed(t: Array, r: Array) -> int:
    """Any visit that stands in the order."""
    return int(t[t[at.ORDER] + below(r, t[at.PLACED])])


@compiled
def any_call(t: Array, r: Array, v: int) -> int:
    """Any call of a visit."""
    if t[v + at.SEATS] == 1:
        return int(t[v + at.CALL])
    return int(t[v + at.CALL] + below(r, t[v + at.SEATS]) * at.RECORD)


@compiled
def any_able(t: Array, r: Array, c: int) -> int:
    """Any worker who may take the call."""
    line = t[c + at.ABLE]
    return int(t[line + 1 + below(r, t[line])])


@compiled
def any_beside(t: Array, r: Array, v: int) -> int:
    """A visit that goes well beside `v`, or now and then any: twice the record, plus 1 for 'before
    that one'; 0 if it is not placed.
    """
    if t[v + at.NEARS] == 0 or below(r, 8) == 0:
        u = any_placed(t, r)
        return 0 if u == v else 2 * u + below(r, 2)
    entry = t[t[v + at.NEAR] + below(r, t[v + at.NEARS])]
    return 0 if t[entry // 2 + at.PLACE] < 0 else int(entry)


@compiled
def propose_crew(t: Array, r: Array, v: int, u: int) -> int:
    """Propose a worker of visit `u` if one fits, else another; 1 if the crew is possible."""
    propose(t, v)
    c = any_call(t, r, v)
    w = t[any_call(t, r, u) + at.WORKER]
    if may(t, c, w) == 0 or below(r, 8) == 0:
        w = any_able(t, r, c)
    t[c + at.WANT] = w
    if t[v + at.SEATS] > 1 and below(r, 2) == 0:
        d = any_call(t, r, v)
        if d != c:
            t[d + at.WANT] = any_able(t, r, d)
    return apart(t, v)


@compiled
def relocate(t: Array, r: Array) -> int:
    """Put a visit beside one that it goes well with, mostly with a worker of that one."""
    v = any_placed(t, r)
    entry = any_beside(t, r, v)
    u = entry // 2
    if u == 0 or propose_crew(t, r, v, u) == 0:
        return 0
    goal = t[u + at.PLACE] + 1 - entry % 2
    if goal > t[v + at.PLACE]:
        goal -= 1
    if goal == t[v + at.PLACE]:
        changed = 0
        for c in range(t[v + at.CALL], t[v + at.CALL] + t[v + at.SEATS] * at.RECORD, at.RECORD):
            if t[c + at.WANT] != t[c + at.WORKER]:
                changed = 1
        if changed == 0:
            return 0
    t[at.ONE], t[at.ONE_PLACE] = v, t[v + at.PLACE]
    unlink(t, v)
    adopt(t, v)
    shift(t, v, goal)
    link(t, v)
    return 1


@compiled
def undo_relocate(t: Array) -> None:
    """Back to its place and its workers; also undoes `hand_over`."""
    v = t[at.ONE]
    unlink(t, v)
    recall(t, v)
    shift(t, v, t[at.ONE_PLACE])
    link(t, v)


@compiled
def hand_over(t: Array, r: Array) -> int:
    """Give one call to another worker; the order stays."""
    v = any_placed(t, r)
    c = any_call(t, r, v)
    w = any_able(t, r, c)
    if w == t[c + at.WORKER]:
        return 0
    propose(t, v)
    t[c + at.WANT] = w
    if apart(t, v) == 0:
        return 0
    t[at.ONE], t[at.ONE_PLACE] = v, t[v + at.PLACE]
    unlink(t, v)
    adopt(t, v)
    link(t, v)
    return 1


@compiled
def swap(t: Array, r: Array, places: int) -> int:
    """Two calls change workers, and their visits places in the order if `places` is 1."""
    v = any_placed(t, r)
    u = any_beside(t, r, v) // 2
    if u == 0:
        return 0
    c, d = any_call(t, r, v), any_call(t, r, u)
    w, x = t[c + at.WORKER], t[d + at.WORKER]
    if (w == x and places == 0) or may(t, c, x) == 0 or may(t, d, w) == 0:
        return 0
    propose(t, v)
    propose(t, u)
    t[c + at.WANT], t[d + at.WANT] = x, w
    if apart(t, v) == 0 or apart(t, u) == 0:
        return 0
    t[at.ONE], t[at.OTHER] = v, u
    unlink(t, v)
    unlink(t, u)
    adopt(t, v)
    adopt(t, u)
    if places == 1:
        trade(t, v, u)
    link(t, v)
    link(t, u)
    return 1


@compiled
def undo_swap(t: Array, places: int) -> None:
    """Change back."""
    v, u = t[at.ONE], t[at.OTHER]
    unlink(t, v)
    unlink(t, u)
    recall(t, v)
    recall(t, u)
    if places == 1:
        trade(t, v, u)
    link(t, v)
    link(t, u)


@compiled
def trade(t: Array, v: int, u: int) -> None:
    """Two unlinked visits change places in the order."""
    p, q = t[v + at.PLACE], t[u + at.PLACE]
    t[v + at.PLACE], t[u + at.PLACE] = q, p
    t[t[at.ORDER] + q], t[t[at.ORDER] + p] = v, u
