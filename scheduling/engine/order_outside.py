"""The moves of an order search that leave visits out, or take them in."""

from scheduling.engine import order_layout as at
from scheduling.engine.kernel import Array, below, compiled
from scheduling.engine.order_decode import link, log, unlink
from scheduling.engine.order_moves import (
    adopt,
    any_able,
    any_beside,
    any_call,
    any_placed,
    apart,
    may,
    propose,
    shift,
)


@compiled
def forget(t: Array, v: int) -> None:
    """A visit that leaves the order has no start and is not late."""
    for c in range(t[v + at.CALL], t[v + at.CALL] + t[v + at.SEATS] * at.RECORD, at.RECORD):
        log(t, c)
        t[at.LATENESS] -= t[c + at.LATE]
        t[at.OVERRUN] -= t[c + at.OVER]
        if t[c + at.LATE] > 0 and t[c + at.LATE] == t[at.OLD_LARGEST]:
            t[at.FALLING] = 1
        t[c + at.START], t[c + at.LATE], t[c + at.OVER] = -1, 0, 0


@compiled
def leave(t: Array, v: int) -> None:
    """An unlinked visit goes from the order to the end of those left out."""
    shift(t, v, t[at.PLACED] - 1)
    t[at.PLACED] -= 1
    t[v + at.PLACE] = -1
    t[t[at.OUTSIDE] + t[at.OUT]] = v
    t[at.OUT] += 1
    t[at.LEFT_OUT] += t[v + at.PRICE]


@compiled
def enter(t: Array, i: int, place: int) -> int:
    """The i-th of the visits left out goes to a place in the order, not linked yet."""
    v = t[t[at.OUTSIDE] + i]
    t[at.OUT] -= 1
    t[t[at.OUTSIDE] + i] = t[t[at.OUTSIDE] + t[at.OUT]]
    t[at.LEFT_OUT] -= t[v + at.PRICE]
    t[v + at.PLACE] = t[at.PLACED]
    t[t[at.ORDER] + t[at.PLACED]] = v
    t[at.PLACED] += 1
    shift(t, v, place)
    return int(v)


@compiled
def drop(t: Array, r: Array) -> int:
    """Leave a visit out."""
    v = any_placed(t, r)
    t[at.ONE], t[at.ONE_PLACE] = v, t[v + at.PLACE]
    unlink(t, v)
    forget(t, v)
    leave(t, v)
    return 1


@compiled
def undo_drop(t: Array) -> None:
    """Take it in again where it was."""
    enter(t, t[at.OUT] - 1, t[at.ONE_PLACE])
    link(t, t[at.ONE])


@compiled
def add(t: Array, r: Array) -> int:
    """Take in a visit that is left out, beside one that it goes well with."""
    i = below(r, t[at.OUT])
    v = t[t[at.OUTSIDE] + i]
    place = below(r, t[at.PLACED] + 1)
    propose(t, v)
    for c in range(t[v + at.CALL], t[v + at.CALL] + t[v + at.SEATS] * at.RECORD, at.RECORD):
        t[c + at.WANT] = any_able(t, r, c)
    if t[at.PLACED] > 0:
        entry = any_beside(t, r, v)
        u = entry // 2
        if u > 0:
            place = t[u + at.PLACE] + 1 - entry % 2
            c, w = any_call(t, r, v), t[any_call(t, r, u) + at.WORKER]
            if may(t, c, w) == 1 and below(r, 2) == 0:
                t[c + at.WANT] = w
    if apart(t, v) == 0:
        return 0
    t[at.ONE] = v
    adopt(t, v)
    enter(t, i, place)
    link(t, v)
    return 1


@compiled
def undo_add(t: Array) -> None:
    """Leave it out again."""
    unlink(t, t[at.ONE])
    leave(t, t[at.ONE])


@compiled
def replace(t: Array, r: Array) -> int:
    """A visit that is left out takes the place of another, with its workers where they fit."""
    i = below(r, t[at.OUT])
    v, u = t[t[at.OUTSIDE] + i], any_placed(t, r)
    for k in range(t[v + at.SEATS]):
        c = t[v + at.CALL] + k * at.RECORD
        t[c + at.WANT] = any_able(t, r, c)
        if k < t[u + at.SEATS]:
            w = t[t[u + at.CALL] + k * at.RECORD + at.WORKER]
            if may(t, c, w) == 1:
                t[c + at.WANT] = w
    if apart(t, v) == 0:
        return 0
    t[at.ONE], t[at.OTHER], t[at.OTHER_PLACE] = v, u, t[u + at.PLACE]
    unlink(t, u)
    forget(t, u)
    adopt(t, v)
    enter(t, i, t[u + at.PLACE])
    leave(t, u)
    link(t, v)
    return 1


@compiled
def undo_replace(t: Array) -> None:
    """Change back."""
    unlink(t, t[at.ONE])
    enter(t, t[at.OUT] - 1, t[at.OTHER_PLACE])
    leave(t, t[at.ONE])
    link(t, t[at.OTHER])
