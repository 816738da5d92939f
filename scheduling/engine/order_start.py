"""The first order of a search: visits by the middle of their window, to whoever is free first."""

from scheduling.engine import order_layout as at
from scheduling.engine.kernel import Array, compiled
from scheduling.engine.order_decode import begin, cost, decode, keep, link, restore, unlink
from scheduling.engine.order_moves import adopt, apart, propose


@compiled
def construct(t: Array) -> None:
    """Append the visits left out, in the order of that list, where their hard ends allow."""
    i = 0
    for _ in range(t[at.OUT]):
        v = t[t[at.OUTSIDE] + i]
        propose(t, v)
        fits = 1
        for c in range(t[v + at.CALL], t[v + at.CALL] + t[v + at.SEATS] * at.RECORD, at.RECORD):
            t[c + at.WANT] = _soonest(t, v, c)
            if t[c + at.WANT] == 0:
                fits = 0
        if fits == 0 or apart(t, v) == 0:
            i += 1
            continue
        begin(t)
        adopt(t, v)
        t[at.PLACED] += 1
        t[v + at.PLACE] = t[at.PLACED] - 1
        t[t[at.ORDER] + t[at.PLACED] - 1] = v
        link(t, v)
        decode(t)
        if t[at.OVERRUN] > t[at.OLD_OVERRUN]:
            unlink(t, v)
            restore(t)
            t[at.PLACED] -= 1
            t[v + at.PLACE] = -1
            i += 1
            continue
        t[at.LEFT_OUT] -= t[v + at.PRICE]
        t[at.OUT] -= 1
        for j in range(i, t[at.OUT]):
            t[t[at.OUTSIDE] + j] = t[t[at.OUTSIDE] + j + 1]
    t[at.COST] = cost(t)
    keep(t)


@compiled
def _soonest(t: Array, v: int, c: int) -> int:
    """The able worker who can begin the call first, then the shortest way; 0 if there is none."""
    found, soonest, shortest = 0, 0, 0
    for k in range(t[t[c + at.ABLE]]):
        w = t[t[c + at.ABLE] + 1 + k]
        taken = 0
        for d in range(t[v + at.CALL], c, at.RECORD):
            if t[d + at.WANT] == w:
                taken = 1
        if taken == 1:
            continue
        a = t[w + at.PREV]
        way = t[t[a + at.ROW] + t[w + at.MODE] + t[c + at.COLUMN]]
        start = max(t[c + at.OPEN], t[a + at.END] + way)
        if found == 0 or start < soonest or (start == soonest and way < shortest):
            found, soonest, shortest = w, start, way
    return found
