"""The flat array `T` of an order search, built from a day's visits, workers and travel minutes."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from scheduling.engine import order_layout as at
from scheduling.engine.kernel import Array, array_of

EXPONENTIAL = tuple(round(-1000 * math.log((i + 0.5) / 1024)) for i in range(1024))
"""-ln(u) in thousandths c the middles of equal parts of (0, 1): exponential draws in integers."""

NEIGHBOURS = 24
"""Length of the list of what goes well beside a visit."""

SHARE = (88, 120, 160, 190, 220, 236, 252, 256)
"""Of 256 moves: relocate, hand over, swap, exchange, cross, the rest dropping (summed up)."""


class DayCall(NamedTuple):
    """One seat: minutes, window, gap to the first call, and the numbers of its able workers."""

    minutes: int
    open: int
    due: int
    last: int
    least: int
    most: int
    able: tuple[int, ...]


class DayVisit(NamedTuple):
    """One visit: where workers arrive and leave, what leaving it out costs, its calls."""

    origin: int
    goal: int
    price: int
    calls: tuple[DayCall, ...]


class DayWorker(NamedTuple):
    """One worker's lane: from the base and back, in the travel minutes of a mode."""

    base: int
    mode: int
    start: int
    end: int


class DayWeights(NamedTuple):
    """What a minute costs."""

    way: int
    lateness: int
    largest: int
    overrun: int


def build(
    visits: Sequence[DayVisit],
    workers: Sequence[DayWorker],
    travel: Sequence[Sequence[Sequence[int]]],
    weights: DayWeights,
) -> Array:
    """t with every visit left out; `travel[mode][i][j]` in minutes, zero from a base to itself."""
    n, m, places = len(visits), len(workers), len(travel[0])
    calls = sum(len(visit.calls) for visit in visits)
    t = [0] * at.HEAD

    def room(size: int) -> int:
        t.extend([0] * size)
        return len(t) - size

    t[at.VISITS], t[at.CALLS], t[at.WORKERS] = n, calls, m
    t[at.FIRST_VISIT], t[at.FIRST_CALL] = room(n * at.VISIT_RECORD), room(calls * at.RECORD)
    t[at.FIRST_BASE] = room(m * at.RECORD)
    t[at.ORDER], t[at.OUTSIDE], t[at.BEST] = room(n + 1), room(n + 1), room(1 + n + calls)
    t[at.MOVED] = room(calls)
    t[at.BASE_LIST] = room(6 * calls + 4 * m + 8)
    t[at.LOG] = room((6 * calls + 4 * m + 8) * at.LOG_LINE)
    t[at.WAY_WEIGHT], t[at.LATENESS_WEIGHT], t[at.LARGEST_WEIGHT], t[at.OVERRUN_WEIGHT] = weights

    def table(values: Sequence[int]) -> int:
        t.extend(values)
        return len(t) - len(values)

    t[at.DRAWS], t[at.SHARES] = table(EXPONENTIAL), table(SHARE)
    tables = [table([x for row in mode for x in row]) for mode in travel]
    bases = [t[at.FIRST_BASE] + i * at.RECORD for i in range(m)]
    for i, worker in enumerate(workers):
        w = bases[i]
        t[w + at.PREV], t[w + at.NEXT], t[w + at.WORKER], t[w + at.NUMBER] = w, w, w, i
        t[w + at.END], t[w + at.LAST] = worker.start, worker.end
        t[w + at.ROW], t[w + at.COLUMN] = tables[0] + worker.base * places, worker.base
        t[w + at.MODE] = tables[worker.mode] - tables[0]
    c = t[at.FIRST_CALL]
    for i, visit in enumerate(visits):
        v = t[at.FIRST_VISIT] + i * at.VISIT_RECORD
        t[v + at.PLACE], t[v + at.CALL], t[v + at.SEATS] = -1, c, len(visit.calls)
        t[v + at.PRICE], t[v + at.CODE] = visit.price, i
        for call in visit.calls:
            t[c + at.START], t[c + at.END], t[c + at.VISIT] = -1, -1, v
            t[c + at.ROW], t[c + at.COLUMN] = tables[0] + visit.goal * places, visit.origin
            t[c + at.MINUTES], t[c + at.OPEN], t[c + at.DUE] = call.minutes, call.open, call.due
            t[c + at.LAST], t[c + at.LEAST], t[c + at.MOST] = call.last, call.least, call.most
            t[c + at.NUMBER] = (c - t[at.FIRST_CALL]) // at.RECORD
            t[c + at.ABLE] = table([len(call.able), *(bases[w] for w in call.able)])
            t[c + at.MAY] = table([int(w in call.able) for w in range(m)])
            if call.able:
                t[c + at.WORKER] = bases[call.able[0]]
            c += at.RECORD
    for i, beside in enumerate(_beside(visits, travel[0])):
        v = t[at.FIRST_VISIT] + i * at.VISIT_RECORD
        t[v + at.NEAR] = table(
            [2 * (t[at.FIRST_VISIT] + j * at.VISIT_RECORD) + side for j, side in beside]
        )
        t[v + at.NEARS] = len(beside)
    t[at.OUT] = n
    for i in range(n):
        t[t[at.OUTSIDE] + i] = t[at.FIRST_VISIT] + i * at.VISIT_RECORD
        t[at.LEFT_OUT] += visits[i].price
    t[at.COST] = t[at.BEST_COST] = t[at.LEFT_OUT]
    return array_of(t)


def _beside(
    visits: Sequence[DayVisit], travel: Sequence[Sequence[int]]
) -> list[list[tuple[int, int]]]:
    """For each visit the others that go well beside it, and 1 where it would come before that one:
    little travel, little waiting, little lateness, with a worker in common.

    The measure is that of T. Vidal, T. G. Crainic, M. Gendreau and C. Prins, 'A hybrid genetic
    algorithm with adaptive diversity management' (Computers & Operations Research 40, 2013).
    """

    def after(a: DayVisit, b: DayVisit) -> int:
        first, second = a.calls[0], b.calls[0]
        way = travel[a.goal][b.origin]
        waiting = max(0, second.open - way - first.minutes - first.due)
        late = max(0, first.open + first.minutes + way - second.due)
        return 5 * way + waiting + 5 * late

    able = [{w for call in visit.calls for w in call.able} for visit in visits]
    result = []
    for i, visit in enumerate(visits):
        found = []
        for j, other in enumerate(visits):
            if j != i and able[i] & able[j]:
                found.append((after(other, visit), j, 0))
                found.append((after(visit, other), j, 1))
        found.sort()
        result.append([(j, side) for _, j, side in found[:NEIGHBOURS]])
    return result
