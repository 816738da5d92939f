"""The best place for one visit in a plan: the cheapest lane, or crew and start, of all allowed.

A visit of one worker that shares nothing takes the cheapest gap of the cheapest lane, as early as
it can; where starts cost something it also tries being held in its cheapest starts. With noise each
lane looks a few points dearer than it is, so that the second best wins at times (Ropke and Pisinger
2006). A lane's cheapest gap is remembered with the lane's version, so that only lanes that changed
are looked at again.
"""

from scheduling.engine import layout as at
from scheduling.engine.crews import best_crew
from scheduling.engine.gaps import cheapest, dearer, detour
from scheduling.engine.kernel import Array, compiled
from scheduling.engine.ledger import (
    bearable,
    crew_price,
    in_reserve,
    is_new,
    place,
    room,
    spacing,
    tenant_price,
)  # fmt: skip


@compiled
def best_move(t: Array, s: Array, w: Array, k: Array, visit: int, salt: int, noise: int) -> int:
    """Write the cheapest move of an unplaced visit at W_MOVE; what it adds, NO if it fits nowhere.

    The cost is what the plan would cost more, with the price of leaving the visit out not saved
    yet. (The largest lateness of the plan is not looked at.)
    """
    if t[t[at.VISIT_FROZEN] + visit]:
        return best_crew(t, s, w, visit, salt, noise)
    return best_single(t, s, w, k, visit, salt, noise)


@compiled
def best_single(t: Array, s: Array, w: Array, k: Array, visit: int, salt: int, noise: int) -> int:
    """The move of a visit of one worker whose start is free."""
    call, tenant = t[t[at.VISIT_CALL] + visit], t[t[at.VISIT_TENANT] + visit]
    minutes, met = t[t[at.STOP_MINUTES] + call], s[t[at.S_NMET] + tenant]
    fresh_price = tenant_price(t, tenant, met + 1) - tenant_price(t, tenant, met)
    saved = min(0, fresh_price)
    least, best, move = at.NO, at.NO, t[at.W_MOVE]
    for day in range(t[at.DAYS]):
        lanes = t[t[at.VISIT_LANES] + visit * t[at.DAYS] + day]
        if not t[lanes]:
            continue
        apart = spacing(t, s, visit, day)
        if apart >= at.NO:
            continue
        for i in range(t[lanes]):
            lane = t[lanes + 1 + i]
            cell = cheapest(t, s, k, call, lane)
            cost = k[cell + 1] + apart
            if k[cell + 1] >= at.NO or cost + saved >= least:
                continue
            worker = t[t[at.LANE_WORKER] + lane]
            who = visit * t[at.WORKERS] + worker
            cost += t[t[at.VISIT_EXTRA] + who] + crew_price(t, visit, t[t[at.VISIT_BITS] + who])
            fresh = is_new(t, s, tenant, worker)
            if fresh:
                cost += fresh_price
            limits = room(t, s, visit, worker, day, minutes)
            seems = cost + limits + dearer(lane, salt, noise)
            if limits >= at.NO or seems >= least or not bearable(t, s, tenant, fresh):
                continue
            cost += limits
            if t[at.TIED]:
                way, _, _ = detour(t, s, lane, lane, call, k[cell + 2])
                more = in_reserve(t, s, day, minutes + way)
                cost, seems = cost + more, seems + more
                if more >= at.NO or seems >= least:
                    continue
            least, best = seems, cost
            w[move], w[move + 1], w[move + 2] = cost, day, lane
            w[move + 3], w[move + 4] = k[cell + 2], k[cell + 3]
    return best


@compiled
def insert(
    t: Array, s: Array, w: Array, k: Array, r: Array, visit: int, salt: int, noise: int
) -> int:
    """Put a visit in its best place if it is pinned or that is cheaper than leaving it out."""
    cost = best_move(t, s, w, k, visit, salt, noise)
    if cost >= at.NO or (cost >= t[t[at.VISIT_OUT] + visit] and not t[t[at.VISIT_HELD] + visit]):
        return 0
    place(t, s, w, r, visit, t[at.W_MOVE])
    return 1
