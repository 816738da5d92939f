"""The cheapest rest of a round from each stop, slot and lunch state: backwards over time.

What a round may still save bounds it from below. Here a visit may come again, though not at once
(the 2-cycles of Christofides, Mingozzi and Toth 1981), so this is quick and never too dear.
"""

from scheduling.engine.kernel import Array, compiled
from scheduling.engine.price_cells import (
    NEVER,
    P_BUSY,
    P_CALLS,
    P_DONE,
    P_DUE,
    P_FROM,
    P_LAST,
    P_LIMITED,
    P_LUNCH,
    P_MINUTES,
    P_NEXT,
    P_NODES,
    P_SLOTS,
    P_SOONEST,
    P_TO,
    P_VISIT,
    P_WAYS,
)  # fmt: skip


@compiled
def completions(
    p: Array, q: Array, way_price: int, layers: int, on: Array, f: Array, b: Array
) -> None:
    """Fill `f` and `b`: the cheapest rest from each stop, slot and lunch state.

    `f` at `cell_of(p, nodes, left, had, node, slot)`: the rest that begins with the node at that
    slot or later, with `left` more calls that count for the limit; `b`, with nodes + 1 for nodes:
    after the node ended at that slot. Each is (cheapest, the visit it goes on with, cheapest that
    goes on with another). With one layer the limit is not looked at. What cannot be reached in a
    round is left NEVER.
    """
    nodes, slots, due = p[P_NODES], p[P_SLOTS], p[P_DUE]
    lunch_from, lunch_to, lunch = p[P_FROM], p[P_TO], p[P_LUNCH]
    for t in range(slots, -1, -1):
        gone = p[p[P_DONE] + t]
        for left in range(layers):
            for had in range(1 - due, 2):
                hopeless = 0
                if due:
                    hopeless = (
                        t < lunch_from + lunch if had else max(t, lunch_from) + lunch > lunch_to
                    )
                for i in range(nodes):
                    if on[i]:
                        begin_with(p, q, f, b, layers, left, had, i, t, gone)
                for j in range(nodes + 1):
                    if j < nodes and not on[j]:
                        continue
                    early = 0
                    if j < nodes:
                        early = t < p[p[P_SOONEST] + j]
                    elif t or had == due or left < layers - 1:
                        early = 1
                    cell = cell_of(p, nodes + 1, left, had, j, t)
                    b[cell], b[cell + 1], b[cell + 2] = NEVER, -2, NEVER
                    if not hopeless and not early:
                        go_on(p, way_price, on, f, b, left, had, j, t, gone)


@compiled
def cell_of(p: Array, nodes: int, left: int, had: int, node: int, slot: int) -> int:
    """Where three cells stand in `f` (`nodes` as they are) or `b` (one more)."""
    cell: int = 3 * (((left * 2 + had) * nodes + node) * (p[P_SLOTS] + 1) + slot)
    return cell


@compiled
def begin_with(
    p: Array, q: Array, f: Array, b: Array, layers: int, left: int, had: int, i: int, t: int,
    gone: int,
) -> None:  # fmt: skip
    """One cell of `f`: node `i` at slot `t` or, as remembered, later."""
    nodes, calls, width = p[P_NODES], p[P_CALLS], p[P_SLOTS] + 1
    cell = cell_of(p, nodes, left, had, i, t)
    x1, xn, x2 = NEVER, -2, NEVER
    if t + 1 < width and p[p[P_DONE] + t + 1] == gone:
        x1, xn, x2 = f[cell + 3], f[cell + 4], f[cell + 5]
    end = t + p[p[P_MINUTES] + i]
    fits = p[p[P_NEXT] + i * width + t] == t and end < width
    if fits and i >= calls:
        fits = i - calls == gone
    elif fits:
        fits = end <= p[p[P_BUSY] + gone]
    after = left
    if fits and layers > 1 and p[p[P_LIMITED] + i]:
        after -= 1
    if fits and after >= 0:
        here = cell_of(p, nodes + 1, after, had, i, end)
        price = q[i * width + t]
        y1, yn, y2 = b[here] + price, b[here + 1], b[here + 2] + price
        if y1 < x1:
            x2 = min(x1, y2) if yn != xn else min(x2, y2)
            x1, xn = y1, yn
        else:
            x2 = min(x2, y1) if yn != xn else min(x2, y2)
    f[cell], f[cell + 1], f[cell + 2] = x1, xn, x2


@compiled
def onward(p: Array, f: Array, layer: int, i: int, at: int, gone: int, mine: int) -> int:
    """The cheapest rest that begins with node `i` from slot `at` on and then leaves `mine` be."""
    if at > p[p[P_LAST] + i] or p[p[P_DONE] + at] != gone:
        return NEVER
    cell = layer + 3 * (i * (p[P_SLOTS] + 1) + at)
    found: int = f[cell + 2] if f[cell + 1] == mine else f[cell]
    return found


@compiled
def go_on(
    p: Array, way_price: int, on: Array, f: Array, b: Array, left: int, had: int, j: int, t: int,
    gone: int,
) -> None:  # fmt: skip
    """One cell triple of `b`: back to the base, or to the next node."""
    nodes, slots = p[P_NODES], p[P_SLOTS]
    lunch_to, lunch, last = p[P_TO], p[P_LUNCH], p[P_LAST]
    ways, visit_of = p[P_WAYS] + j * (nodes + 1), p[P_VISIT]
    mine = p[visit_of + j] if j < nodes else -3
    eat = max(t, p[P_FROM]) + lunch
    x1, xn, x2 = NEVER, -2, NEVER
    if j < nodes and gone == nodes - p[P_CALLS]:
        leg = p[ways + nodes]
        if t + leg <= slots if had else eat <= min(slots, lunch_to) and t + leg + lunch <= slots:
            x1, xn = way_price * leg, -1
    stay = cell_of(p, nodes, left, had, 0, 0)
    fed = cell_of(p, nodes, left, 1, 0, 0)
    for i in range(nodes):
        if not on[i] or p[visit_of + i] == mine:
            continue
        leg = p[ways + i]
        at = t + leg
        if at > p[last + i]:
            continue
        y = onward(p, f, stay, i, at, gone, mine)
        if not had and eat <= lunch_to:
            y = min(y, onward(p, f, fed, i, max(at + lunch, eat), gone, mine))
        y += way_price * leg
        to = p[visit_of + i]
        if y < x1:
            if to != xn:
                x2 = x1
            x1, xn = y, to
        elif to != xn and y < x2:
            x2 = y
    cell = cell_of(p, nodes + 1, left, had, j, t)
    b[cell], b[cell + 1], b[cell + 2] = x1, xn, x2
