"""The moves of an order search that are about a stretch of a worker's round.

Two workers change rounds from one place in the order on (the 2-opt* of J.-Y. Potvin and J.-M.
Rousseau, 1995) or between two places, or one passes calls on, which fall in where the order says.
"""

from scheduling.engine import order_layout as at
from scheduling.engine.kernel import Array, below, compiled
from scheduling.engine.order_decode import before, link_call, touch, unlink_call
from scheduling.engine.order_moves import (
    any_able,
    any_beside,
    any_call,
    any_placed,
    apart,
    may,
    propose,
)


@compiled
def cross(t: Array, r: Array) -> int:
    """From one place in the order on, two workers of one mode change rounds."""
    v = any_placed(t, r)
    u = any_beside(t, r, v) // 2
    if u == 0:
        return 0
    b = any_call(t, r, v)
    w, x = t[b + at.WORKER], t[any_call(t, r, u) + at.WORKER]
    if w == x or t[w + at.MODE] != t[x + at.MODE]:
        return 0
    y = t[before(t, x, t[v + at.PLACE]) + at.NEXT]
    t[at.ONE], t[at.OTHER], t[at.ONE_PLACE] = w, x, t[v + at.PLACE]
    while b != w:
        if may(t, b, x) == 0:
            return 0
        b = t[b + at.NEXT]
    while y != x:
        if may(t, y, w) == 0:
            return 0
        y = t[y + at.NEXT]
    change_rounds(t, w, x, t[v + at.PLACE])
    return 1


@compiled
def undo_cross(t: Array) -> None:
    """Change back."""
    change_rounds(t, t[at.ONE], t[at.OTHER], t[at.ONE_PLACE])


@compiled
def splice(t: Array, r: Array) -> int:
    """Between two places in the order, two workers of one mode change rounds."""
    v = any_placed(t, r)
    b = any_call(t, r, v)
    w, x = t[b + at.WORKER], any_able(t, r, b)
    if w == x or t[w + at.MODE] != t[x + at.MODE]:
        return 0
    end, length = b, 1 + below(r, 6)
    while end != w and length > 0:
        if may(t, end, x) == 0:
            return 0
        end = t[end + at.NEXT]
        length -= 1
    place, last = t[v + at.PLACE], t[at.PLACED]
    if end != w:
        last = t[t[end + at.VISIT] + at.PLACE]
    y = t[before(t, x, place) + at.NEXT]
    while y != x and t[t[y + at.VISIT] + at.PLACE] < last:
        if may(t, y, w) == 0:
            return 0
        y = t[y + at.NEXT]
    t[at.ONE], t[at.OTHER], t[at.ONE_PLACE], t[at.OTHER_PLACE] = w, x, place, last
    change_rounds(t, w, x, last)
    change_rounds(t, w, x, place)
    return 1


@compiled
def undo_splice(t: Array) -> None:
    """Change back, the other way round."""
    change_rounds(t, t[at.ONE], t[at.OTHER], t[at.ONE_PLACE])
    change_rounds(t, t[at.ONE], t[at.OTHER], t[at.OTHER_PLACE])


@compiled
def change_rounds(t: Array, w: int, x: int, place: int) -> None:
    """Two workers of one mode change rounds from `place` on; its own inverse."""
    a, z, mode = before(t, w, place), before(t, x, place), t[w + at.MODE]
    b, y, last_w, last_x = t[a + at.NEXT], t[z + at.NEXT], t[w + at.PREV], t[x + at.PREV]
    t[at.WAY] -= (
        t[t[a + at.ROW] + mode + t[b + at.COLUMN]] + t[t[z + at.ROW] + mode + t[y + at.COLUMN]]
    )
    if b != w:
        t[at.WAY] -= t[t[last_w + at.ROW] + mode + t[w + at.COLUMN]]
    if y != x:
        t[at.WAY] -= t[t[last_x + at.ROW] + mode + t[x + at.COLUMN]]
    c = b
    while c != w:
        t[c + at.WORKER] = x
        c = t[c + at.NEXT]
    c = y
    while c != x:
        t[c + at.WORKER] = w
        c = t[c + at.NEXT]
    _join(t, a, y, x, w, last_x)
    _join(t, z, b, w, x, last_w)


@compiled
def _join(t: Array, a: int, y: int, old: int, new: int, last: int) -> None:
    """After `a` in the round of `new` comes `y` to `last`, the end of the round of `old`."""
    mode = t[new + at.MODE]
    if y == old:
        y, last = new, a
    else:
        t[last + at.NEXT] = new
        t[at.WAY] += t[t[last + at.ROW] + mode + t[new + at.COLUMN]]
    t[a + at.NEXT] = y
    t[y + at.PREV] = a
    t[new + at.PREV] = last
    t[at.WAY] += t[t[a + at.ROW] + mode + t[y + at.COLUMN]]
    touch(t, y)
    touch(t, new)


@compiled
def pass_on(t: Array, r: Array) -> int:
    """Calls in a row of one round go to another worker, or to whoever is able; the order stays."""
    b = any_call(t, r, any_placed(t, r))
    w, x = t[b + at.WORKER], any_able(t, r, b)
    if w == x:
        return 0
    if below(r, 3) == 0:
        b = t[w + at.NEXT]
    length = 1 + below(r, 10)
    t[at.MOVES] = 0
    c = b
    while c != w and length > 0:
        to = x
        if may(t, c, x) == 0:
            to = any_able(t, r, c)
        v = t[c + at.VISIT]
        propose(t, v)
        t[c + at.WANT] = to
        if to != w and apart(t, v) == 1:
            t[t[at.MOVED] + t[at.MOVES]] = c
            t[at.MOVES] += 1
        c = t[c + at.NEXT]
        length -= 1
    if t[at.MOVES] == 0:
        return 0
    for i in range(t[at.MOVES]):
        c = t[t[at.MOVED] + i]
        unlink_call(t, c)
        t[c + at.WAS] = w
        t[c + at.WORKER] = t[c + at.WANT]
        link_call(t, c)
    return 1


@compiled
def undo_pass_on(t: Array) -> None:
    """Give the calls back."""
    for i in range(t[at.MOVES]):
        c = t[t[at.MOVED] + i]
        unlink_call(t, c)
        t[c + at.WORKER] = t[c + at.WAS]
        link_call(t, c)
