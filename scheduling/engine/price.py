"""The cheapest rounds of one lane under prices of visits, exactly: labels in order of time.

A label is a way of having reached the end of a stop: which stop, when, lunch had or not, which
visits, at what cost. Labels are extended stop by stop in order of time (Desrochers 1988; Feillet,
Dejax, Gendreau and Gueguen 2004). One that another of the same stop beats in every respect is
dropped, and so is one that the best imaginable rest (`price_rest`) cannot bring below the
threshold. Where the start of a stop has a price, only starts that are cheaper than all earlier ones
are worth waiting for.
"""

from scheduling.engine.kernel import Array, compiled
from scheduling.engine.price_cells import (
    BITS,
    L_COST,
    L_COUNT,
    L_FIELDS,
    L_HAD,
    L_KEPT,
    L_NEXT,
    L_NODE,
    L_PARENT,
    L_START,
    L_TIME,
    L_WAY,
    NEVER,
    P_BUSY,
    P_CALLS,
    P_DONE,
    P_DUE,
    P_FROM,
    P_LAST,
    P_LATEST,
    P_LIMIT,
    P_LIMITED,
    P_LUNCH,
    P_MINUTES,
    P_NEXT,
    P_NODES,
    P_SLOTS,
    P_TO,
    P_VISIT,
    P_VISITS,
    P_WAYS,
    P_WORDS,
)  # fmt: skip
from scheduling.engine.price_rest import cell_of


@compiled
def seen(p: Array, masks: Array, label: int, visit: int) -> int:
    """1 if the label's round holds the visit."""
    bit: int = masks[label * p[P_WORDS] + visit // BITS] >> (visit % BITS) & 1
    return bit


@compiled
def beaten(p: Array, labels: Array, masks: Array, heads: Array, label: int, exact: int) -> int:
    """1 if a kept label of the same node is at least as good in every respect.

    `exact`: -1: the visits held are not looked at, which is quick and may drop the cheapest; 0: who
    holds more cannot be better; 1: only rounds with the same visits are compared, 2: their
    minutes of way as well.
    """
    at, words = label * L_FIELDS, p[P_WORDS]
    cost, time, had, count = (
        labels[at + L_COST], labels[at + L_TIME], labels[at + L_HAD], labels[at + L_COUNT]
    )  # fmt: skip
    gone, late, busies = p[p[P_DONE] + time], p[P_LATEST], p[P_NODES] - p[P_CALLS]
    other = heads[labels[at + L_NODE]]
    while other >= 0:
        o = other * L_FIELDS
        if labels[o + L_COST] > cost:
            return 0
        good = labels[o + L_TIME] <= time and labels[o + L_HAD] >= had
        if good and busies:
            good = p[p[P_DONE] + labels[o + L_TIME]] == gone
        if exact < 0 and good:
            return 1
        if good and exact == 0:
            good = labels[o + L_COUNT] <= count
        if good and exact == 2:
            good = labels[o + L_WAY] <= labels[at + L_WAY]
        w = 0
        while good and w < words:
            theirs, ours = masks[other * words + w], masks[label * words + w]
            apart = theirs ^ ours if exact > 0 else theirs & ~ours & p[late + time * words + w]
            good = apart == 0
            w += 1
        if good:
            return 1
        other = labels[o + L_KEPT]
    return 0


@compiled
def keep(labels: Array, heads: Array, label: int) -> None:
    """Put a label among the kept ones of its node, by cost."""
    at = label * L_FIELDS
    node, cost = labels[at + L_NODE], labels[at + L_COST]
    before, other = -1, heads[node]
    while other >= 0 and labels[other * L_FIELDS + L_COST] <= cost:
        before, other = other, labels[other * L_FIELDS + L_KEPT]
    labels[at + L_KEPT] = other
    if before < 0:
        heads[node] = label
    else:
        labels[before * L_FIELDS + L_KEPT] = label


@compiled
def rest(f: Array, cell: int, p: Array, masks: Array, label: int, mine: int) -> int:
    """The cheapest rest at a cell of `f`, not going on at once with what the round holds."""
    after = f[cell + 1]
    if after >= 0 and after < p[P_VISITS] and (after == mine or seen(p, masks, label, after)):
        worse: int = f[cell + 2]
        return worse
    best: int = f[cell]
    return best


@compiled
def clear(
    p: Array, threshold: int, wanted: int, labels: Array, masks: Array, heads: Array, queue: Array,
    tops: Array,
) -> None:  # fmt: skip
    """The one label at the base, nothing kept, nothing found."""
    for i in range(p[P_NODES] + 1):
        heads[i] = -1
    for t in range(p[P_SLOTS] + 1):
        queue[t] = -1
    for i in range(wanted):
        tops[i] = threshold
    for i in range(L_FIELDS):
        labels[i] = 0
    labels[L_NODE], labels[L_HAD], labels[L_PARENT] = p[P_NODES], 1 - p[P_DUE], -1
    labels[L_NEXT], labels[L_KEPT] = -1, -1
    for w in range(p[P_WORDS]):
        masks[w] = 0
    queue[0] = 0


@compiled
def home(p: Array, labels: Array, label: int, way_price: int) -> int:
    """What a label's round costs once back at the base; NEVER if it cannot get there."""
    at, slots, nodes = label * L_FIELDS, p[P_SLOTS], p[P_NODES]
    node, t = labels[at + L_NODE], labels[at + L_TIME]
    if node == nodes or p[p[P_DONE] + t] < nodes - p[P_CALLS]:
        return NEVER
    leg = p[p[P_WAYS] + node * (nodes + 1) + nodes]
    eat = max(t, p[P_FROM]) + p[P_LUNCH]
    if labels[at + L_HAD]:
        back = t + leg <= slots
    else:
        back = eat <= min(slots, p[P_TO]) and slots - t >= leg + p[P_LUNCH]
    return labels[at + L_COST] + way_price * leg if back else NEVER


@compiled
def note(out: Array, tops: Array, wanted: int, label: int, price: int) -> int:
    """Remember a round; the price of the worst of the wanted ones."""
    n = out[0]
    out[1 + 2 * n], out[2 + 2 * n] = label, price
    out[0] = n + 1
    i = wanted - 1
    while i > 0 and tops[i - 1] > price:
        tops[i] = tops[i - 1]
        i -= 1
    tops[i] = price
    worst: int = tops[wanted - 1]
    return worst


@compiled
def push(
    p: Array, labels: Array, masks: Array, queue: Array, made: int, label: int, i: int, s: int,
    had: int, cost: int,
) -> None:  # fmt: skip
    """Label number `made`: another one gone on to node `i` at slot `s`."""
    n, at, words, nodes = made * L_FIELDS, label * L_FIELDS, p[P_WORDS], p[P_NODES]
    end = s + p[p[P_MINUTES] + i]
    labels[n + L_COST], labels[n + L_NODE], labels[n + L_HAD] = cost, i, had
    labels[n + L_TIME], labels[n + L_PARENT], labels[n + L_START] = end, label, s
    labels[n + L_COUNT] = labels[at + L_COUNT] + p[p[P_LIMITED] + i]
    leg = p[p[P_WAYS] + labels[at + L_NODE] * (nodes + 1) + i]
    labels[n + L_WAY] = labels[at + L_WAY] + leg
    for w in range(words):
        masks[made * words + w] = masks[label * words + w]
    if i < p[P_CALLS]:
        mine = p[p[P_VISIT] + i]
        masks[made * words + mine // BITS] |= 1 << (mine % BITS)
    labels[n + L_NEXT] = queue[end]
    queue[end] = made


@compiled
def go_to(
    p: Array, q: Array, way_price: int, threshold: int, layers: int, fixed: int,
    f: Array, labels: Array, masks: Array, queue: Array, made: int, room: int, label: int, i: int,
    lunching: int,
) -> int:  # fmt: skip
    """Extend a label to node `i`, lunch in between or not; labels made so far, -1: too many."""
    at, nodes, slots = label * L_FIELDS, p[P_NODES], p[P_SLOTS]
    node, t, had = labels[at + L_NODE], labels[at + L_TIME], labels[at + L_HAD]
    gone, width, mine = p[p[P_DONE] + t], slots + 1, p[p[P_VISIT] + i]
    leg = p[p[P_WAYS] + node * (nodes + 1) + i]
    cost, first = labels[at + L_COST] + way_price * leg, t + leg
    if lunching:
        eat = max(t, p[P_FROM]) + p[P_LUNCH]
        if eat > p[P_TO]:
            return made
        first, had = max(first + p[P_LUNCH], eat), 1
    if first > p[p[P_LAST] + i] or p[p[P_DONE] + first] != gone:
        return made
    left = p[P_LIMIT] - labels[at + L_COUNT] if layers > 1 else 0
    cell = cell_of(p, nodes, left, had, i, first)
    if cost + rest(f, cell, p, masks, label, mine) >= threshold:
        return made
    until = min(slots, p[p[P_BUSY] + gone]) if i < p[P_CALLS] else slots
    low, s = NEVER, p[p[P_NEXT] + i * width + first]
    while s + p[p[P_MINUTES] + i] <= until:
        price = q[i * width + s]
        if price < low:
            low = price
            cell = cell_of(p, nodes, left, had, i, s)
            if cost + rest(f, cell, p, masks, label, mine) < threshold:
                if made >= room:
                    return -1
                push(p, labels, masks, queue, made, label, i, s, had, cost + price)
                made += 1
        if fixed:
            break
        s = p[p[P_NEXT] + i * width + s + 1] if s < slots else slots + 1
    return made


@compiled
def cheapest(
    p: Array, q: Array, way_price: int, threshold: int, exact: int, layers: int, on: Array,
    f: Array, labels: Array, masks: Array, heads: Array, queue: Array, out: Array, tops: Array,
    room: int, space: int, wanted: int,
) -> int:  # fmt: skip
    """Search rounds cheaper than `threshold`; their last labels go to `out`: n, label, price ...

    With `exact` -1 or 0 the threshold falls to the worst of the `wanted` cheapest rounds met so
    far; with 1 or 2 it stays and all rounds that differ are found (`beaten`). Returns the number of
    labels made, or -1 if `room` for labels or `space` for rounds was too small: then not all was
    seen.
    """
    clear(p, threshold, wanted, labels, masks, heads, queue, tops)
    out[0], made = 0, 1
    for t in range(p[P_SLOTS] + 1):
        label = queue[t]
        while label >= 0:
            at = label * L_FIELDS
            onward = labels[at + L_NEXT]
            if beaten(p, labels, masks, heads, label, exact):
                label = onward
                continue
            keep(labels, heads, label)
            total = home(p, labels, label, way_price)
            if total < threshold:
                if out[0] >= space:
                    return -1
                worst = note(out, tops, wanted, label, total)
                threshold = worst if exact <= 0 else threshold
            full = labels[at + L_COUNT] >= p[P_LIMIT]
            for i in range(p[P_NODES]):
                held = i < p[P_CALLS] and seen(p, masks, label, p[p[P_VISIT] + i])
                if not on[i] or held or (full and p[p[P_LIMITED] + i]):
                    continue
                for lunching in range(2 - labels[at + L_HAD]):
                    made = go_to(
                        p, q, way_price, threshold, layers, int(on[i] == 1), f, labels,
                        masks, queue, made, room, label, i, lunching,
                    )  # fmt: skip
                    if made < 0:
                        return -1
            label = onward
    return made


@compiled
def price_starts(
    p: Array, own: Array, off: Array, scale: int, way_price: int, detour: Array, on: Array,
    q: Array, first: int, prune: int,
) -> None:  # fmt: skip
    """With `first`: fill `q` with `own` prices scaled less `off` per call. Then see which pay.

    A call is switched off (`on` 0) that costs at each start at least what the way it adds can save:
    a round that holds it is no cheaper than without it. What it brings at best stays in `off`.
    """
    width = p[P_SLOTS] + 1
    for i in range(p[P_NODES]):
        row = i * width
        if first:
            for s in range(width):
                q[row + s] = own[row + s] * scale - (off[i] if i < p[P_CALLS] else 0)
        if prune and i < p[P_CALLS]:
            low, s = NEVER, p[p[P_NEXT] + row]
            while s < width:
                low = min(low, q[row + s])
                s = p[p[P_NEXT] + row + s + 1] if s + 1 < width else width
            off[i] = low + way_price * detour[i]
            if off[i] >= 0 and detour[i] + p[p[P_MINUTES] + i] >= 0:
                on[i] = 0
