"""From prices of rows to a bound that holds: the exact Lagrangian value, all in integers.

Any prices give a valid bound: what the rows promise, plus for each lane its cheapest round under
these prices and for each helper its cheapest value (Lagrangian duality; Farley 1990). Prices are
rounded to 1 / SCALE, and from there on nothing is rounded.
"""

from collections.abc import Callable
from dataclasses import dataclass

from scheduling.engine.bound_rows import Case, Round, Rows
from scheduling.engine.kernel import Array, array, array_of
from scheduling.engine.price import cheapest, price_starts
from scheduling.engine.price_cells import (
    L_FIELDS,
    L_NODE,
    L_PARENT,
    L_START,
    L_WAY,
    NEVER,
    P_DUE,
    P_LAYERS,
    P_NODES,
    P_WAYS,
    P_WORDS,
)  # fmt: skip
from scheduling.engine.price_rest import cell_of, completions

SCALE = 1 << 10
MOST_LABELS = 200_000
FEW = (3_000, 20_000)
"""Labels after which the completions are worth looking at the limit of visits too; quickly."""
NARROW = 40
"""Calls of a lane that quick pricing looks at: those that bring most."""
MOST_FOUND = 30_000
TOPS = 6


@dataclass(frozen=True, slots=True)
class Priced:
    """What prices gave: `value` in 1 / SCALE, rounds that would pay, whether all was seen."""

    value: int
    rounds: list[Round]
    least: list[int]
    complete: bool


class Pricer:
    """Scratch paper for pricing all lanes, used again and again."""

    def __init__(self, rows: Rows, *, labels: int = MOST_LABELS) -> None:
        """Sized for the largest lane."""
        self.rows = rows
        views = rows.views
        cells = max(
            (2 * int(v.p[P_LAYERS]) * (int(v.p[P_NODES]) + 1) * (v.slots + 1) for v in views),
            default=1,
        )
        words = max((int(v.p[P_WORDS]) for v in views), default=1)
        nodes = max((int(v.p[P_NODES]) for v in views), default=1)
        self.deep: tuple[set[int], set[int]] = (set(), set())
        self.f, self.b = array(3 * cells), array(3 * cells)
        self.labels, self.masks = array(labels * L_FIELDS), array(labels * words)
        self.room, self.q = labels, array(cells)
        self.heads, self.queue = array(nodes + 1), array(cells)
        self.out, self.tops = array(2 * MOST_FOUND + 1), array(TOPS)

    def rounded(self, duals: list[float]) -> list[int]:
        """Prices in 1 / SCALE whose sign fits each row's bounds."""
        found = []
        for price, low, high in zip(duals, self.rows.low, self.rows.high, strict=True):
            whole = round(price * SCALE)
            if (whole > 0 and low is None) or (whole < 0 and high is None):
                whole = 0
            found.append(whole)
        return found

    def promised(self, prices: list[int], case: Case) -> int:
        """The part of the bound that rows and helpers give."""
        rows, total = self.rows, self.rows.constant * SCALE
        for price, low, high in zip(prices, rows.low, rows.high, strict=True):
            side = low if price > 0 else high
            if price:
                assert side is not None
                total += price * side
        for i, (cost, most, terms) in enumerate(rows.helpers):
            reduced = cost * SCALE - sum(prices[row] * a for row, a in terms)
            if case.held.get(i, reduced < 0):
                total += reduced * most
        return total

    def price(
        self,
        prices: list[int],
        case: Case,
        *,
        quick: bool = False,
        should_stop: Callable[[], bool],
    ) -> Priced | None:
        """Price every lane; None when stopped. `quick`: some rounds that pay, and no value."""
        total, found, least = self.promised(prices, case), [], []
        complete = True
        for lane in range(len(self.rows.views)):
            if should_stop():
                return None
            low, rounds, whole = self.lane(lane, prices, case, quick=quick)
            least.append(low)
            total += low
            found += rounds
            complete = complete and whole
        return Priced(total, found, least, complete)

    def lane(
        self, lane: int, prices: list[int], case: Case, *, quick: bool = False
    ) -> tuple[int, list[Round], bool]:
        """(least reduced cost, at most 0; rounds that would pay; whether all was seen)."""
        view = self.rows.views[lane]
        p = view.p
        q, way_price, on, threshold = self.prices_of(lane, prices, case, quick=quick)
        nodes, had = int(p[P_NODES]), 1 - int(p[P_DUE])
        deep = int(p[P_LAYERS])
        for layers in (1, deep) if deep > 1 else (1,):
            if layers < deep and lane in self.deep[quick]:
                continue
            completions(p, q, way_price, layers, on, self.f, self.b)
            hope = int(self.b[cell_of(p, nodes + 1, layers - 1, had, nodes, 0)]) - threshold
            if hope >= 0:
                return 0, [], True
            room = FEW[quick] if layers < deep else self.room
            made = cheapest(
                p, q, way_price, threshold, -int(quick), layers, on, self.f, self.labels,
                self.masks, self.heads, self.queue, self.out, self.tops, room, MOST_FOUND, TOPS,
            )  # fmt: skip
            if made >= 0:
                break
            self.deep[quick].add(lane)
        ends = sorted(
            (int(self.out[2 + 2 * i]), int(self.out[1 + 2 * i])) for i in range(self.out[0])
        )[:TOPS]
        rounds = [self.round(lane, label) for _, label in ends]
        if made < 0:
            return hope, rounds, False
        return min(0, ends[0][0] - threshold) if ends else 0, rounds, True

    def all_rounds(self, lane: int, prices: list[int], slack: int) -> list[Round] | None:
        """Every round dearer than the lane's cheapest by at most `slack`; None: too many.

        `slack` counts from the threshold of rounds that pay. Of rounds with the same calls only the
        cheapest is given, and where minutes of way are counted the shorter ones.
        """
        p = self.rows.views[lane].p
        q, way_price, on, threshold = self.prices_of(lane, prices, Case(), all_on=True)
        layers = int(p[P_LAYERS])
        completions(p, q, way_price, layers, on, self.f, self.b)
        exact = 2 if self.rows.ways[lane] else 1
        made = cheapest(
            p, q, way_price, threshold + slack + 1, exact, layers, on, self.f, self.labels,
            self.masks, self.heads, self.queue, self.out, self.tops, self.room, MOST_FOUND, TOPS,
        )  # fmt: skip
        if made < 0:
            return None
        best: dict[tuple[int, ...], list[Round]] = {}
        for i in range(self.out[0]):
            found = self.round(lane, int(self.out[1 + 2 * i]))
            calls = tuple(sorted(node for node, _ in found.stops))
            rivals = best.setdefault(calls, [])
            if exact == 1 and rivals:
                rivals[:] = [min(rivals[0], found, key=lambda one: (one.cost, one.stops))]
            else:
                rivals.append(found)
        return [found for calls in sorted(best) for found in best[calls] if calls]

    def prices_of(
        self,
        lane: int,
        prices: list[int],
        case: Case,
        *,
        all_on: bool = False,
        quick: bool = False,
    ) -> tuple[Array, int, Array, int]:
        """(price of each start, of a slot of way, which nodes may pay at all, what to beat)."""
        rows, view = self.rows, self.rows.views[lane]
        width, fixed, timed = view.slots + 1, rows.fixed[lane], rows.timed[lane]
        way_price = rows.grid * (rows.way_weight * SCALE - sum(prices[r] for r in rows.ways[lane]))
        worth = [sum(prices[row] * a for row, a in terms) for terms in fixed]
        if case.never:
            worth = [
                -NEVER if (lane, node) in case.never else value for node, value in enumerate(worth)
            ]
        off = array_of(worth)
        on = array_of([2 if view.priced[i] or timed[i] else 1 for i in range(len(view.calls))])
        on.extend([1] * len(view.busies))
        given = (view.p, view.own, off, SCALE, way_price, view.detour, on, self.q)
        late = any(timed)
        price_starts(*given, 1, int(not all_on and not late))
        if late:
            for node, terms in enumerate(timed):
                for row, a, first, last in terms:
                    for cell in range(node * width + first, node * width + last + 1):
                        self.q[cell] -= prices[row] * a
            price_starts(*given, 0, int(not all_on))
        if quick and len(view.calls) > NARROW:
            worst = sorted(range(len(view.calls)), key=lambda node: (off[node], node))[NARROW:]
            for node in worst:
                on[node] = 0
        return self.q, way_price, on, prices[rows.lane_row[lane]]

    def round(self, lane: int, label: int) -> Round:
        """The round that a label ends."""
        view, labels = self.rows.views[lane], self.labels
        p, grid = view.p, self.rows.grid
        width = view.slots + 1
        last = int(labels[label * L_FIELDS + L_NODE])
        nodes = int(p[P_NODES])
        home = int(p[int(p[P_WAYS]) + last * (nodes + 1) + nodes])
        way = int(labels[label * L_FIELDS + L_WAY]) + home
        stops = []
        cost = self.rows.way_weight * way * grid
        while labels[label * L_FIELDS + L_PARENT] >= 0:
            node, slot = (
                int(labels[label * L_FIELDS + L_NODE]), int(labels[label * L_FIELDS + L_START])
            )  # fmt: skip
            if node < len(view.calls):
                stops.append((node, slot))
                cost += int(view.own[node * width + slot])
            label = int(labels[label * L_FIELDS + L_PARENT])
        return Round(lane, tuple(reversed(stops)), cost, way * grid)
