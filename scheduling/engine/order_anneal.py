"""Simulated annealing over orders: propose, look whether the way alone is too dear, decode, decide.

The draw that decides comes first: an exponential number times the temperature is the most a move
may cost. What travel alone adds is known before any start is decoded, and lateness cannot get less
than nothing, so most bad moves are refused early.
"""

from scheduling.engine import order_layout as at
from scheduling.engine.kernel import Array, below, compiled
from scheduling.engine.order_decode import begin, cost, decode, keep, restore
from scheduling.engine.order_moves import hand_over, relocate, swap, undo_relocate, undo_swap
from scheduling.engine.order_outside import add, drop, replace, undo_add, undo_drop, undo_replace
from scheduling.engine.order_stretches import (
    cross,
    pass_on,
    splice,
    undo_cross,
    undo_pass_on,
    undo_splice,
)

# Kinds of move; of those up to DROP the head's table SHARES says how many there are in 256.
RELOCATE, HAND_OVER, SWAP, EXCHANGE, CROSS, SPLICE, PASS_ON, DROP, ADD, REPLACE = range(10)


@compiled
def choose(t: Array, r: Array) -> int:
    """A kind of move."""
    if t[at.OUT] > 0 and (t[at.PLACED] == 0 or below(r, 8) == 0):
        return REPLACE if t[at.PLACED] > 0 and below(r, 2) == 0 else ADD
    n, kind = below(r, 256), 0
    while n >= t[t[at.SHARES] + kind]:
        kind += 1
    return kind


@compiled
def make(t: Array, r: Array, kind: int) -> int:
    """Make a move of a kind; 0 if nothing was changed."""
    if kind == RELOCATE:
        return relocate(t, r)
    if kind == HAND_OVER:
        return hand_over(t, r)
    if kind in (SWAP, EXCHANGE):
        return swap(t, r, int(kind == SWAP))
    if kind == CROSS:
        return cross(t, r)
    if kind == SPLICE:
        return splice(t, r)
    if kind == PASS_ON:
        return pass_on(t, r)
    if kind == DROP:
        return drop(t, r)
    return add(t, r) if kind == ADD else replace(t, r)


@compiled
def undo(t: Array, kind: int) -> None:
    """Take the move in hand back, and the starts."""
    if kind in (RELOCATE, HAND_OVER):
        undo_relocate(t)
    elif kind in (SWAP, EXCHANGE):
        undo_swap(t, int(kind == SWAP))
    elif kind == CROSS:
        undo_cross(t)
    elif kind == SPLICE:
        undo_splice(t)
    elif kind == PASS_ON:
        undo_pass_on(t)
    elif kind == DROP:
        undo_drop(t)
    elif kind == ADD:
        undo_add(t)
    else:
        undo_replace(t)
    restore(t)


@compiled
def anneal(t: Array, r: Array, temperature: int, moves: int) -> None:
    """Try so many moves at a temperature, in thousandths of cost."""
    for _ in range(moves):
        most = temperature * t[t[at.DRAWS] + below(r, 1024)] // 1000000
        kind = choose(t, r)
        begin(t)
        if make(t, r, kind) == 0:
            continue
        hope = (
            t[at.WAY_WEIGHT] * (t[at.WAY] - t[at.OLD_WAY])
            + t[at.LEFT_OUT]
            - t[at.OLD_LEFT_OUT]
            - t[at.LATENESS_WEIGHT] * t[at.OLD_LATENESS]
            - t[at.LARGEST_WEIGHT] * t[at.OLD_LARGEST]
            - t[at.OVERRUN_WEIGHT] * t[at.OLD_OVERRUN]
        )
        if hope <= most:
            decode(t)
            price = cost(t)
            if price <= t[at.COST] + most:
                t[at.COST] = price
                if t[at.OVERRUN] == 0 and price < t[at.BEST_COST]:
                    keep(t)
                continue
        undo(t, kind)
