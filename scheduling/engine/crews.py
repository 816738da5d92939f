"""The best crew and start for a frozen visit: one of several workers, or that shares something.

Tried are the starts at which a gap begins or ends, so that the visit abuts what stands on either
side; at each, crews of the cheapest few workers for each seat.
"""

from scheduling.engine import layout as at
from scheduling.engine.clocks import start_price
from scheduling.engine.gaps import dearer, detour, exact_cost, spans
from scheduling.engine.kernel import Array, compiled
from scheduling.engine.ledger import (
    bearable,
    change_price,
    crew_price,
    free_at,
    in_reserve,
    is_new,
    room,
    spacing,
    tenant_price,
)  # fmt: skip

MOST_COMBINATIONS = 3000


@compiled
def best_crew(t: Array, s: Array, w: Array, visit: int, salt: int, noise: int) -> int:
    """Write the cheapest move of a frozen visit at W_MOVE; its cost, NO if it fits nowhere."""
    first, tenant = t[t[at.VISIT_CALL] + visit], t[t[at.VISIT_TENANT] + visit]
    seats, met = t[t[at.VISIT_CALL] + visit + 1] - first, s[t[at.S_NMET] + tenant]
    saved = tenant_price(t, tenant, met + seats) - tenant_price(t, tenant, met)
    best = at.NO
    for day in range(t[at.DAYS]):
        if not t[t[t[at.VISIT_LANES] + visit * t[at.DAYS] + day]]:
            continue
        apart = spacing(t, s, visit, day)
        if apart >= at.NO:
            continue
        least = gather(t, s, w, visit, day, salt, noise)
        if least >= at.NO or least + apart + min(0, saved) >= best:
            continue
        starts = candidates(t, w, visit)
        for i in range(starts):
            start = w[t[at.W_STARTS] + i]
            if not offers(t, w, visit, start):
                continue
            cost = choose(t, s, w, visit, day, start, best - apart) + apart
            if cost < best:
                best = cost
                w[t[at.W_MOVE]], w[t[at.W_MOVE] + 1] = cost, day
    if best < at.NO and noise:
        for c in range(seats):
            best -= dearer(w[t[at.W_MOVE] + 2 + 3 * c], salt, noise)
        w[t[at.W_MOVE]] = best
    return best


@compiled
def gather(t: Array, s: Array, w: Array, visit: int, day: int, salt: int, noise: int) -> int:
    """Write the spans of each seat in the day's lanes; a lower bound of a crew's ways, NO: none.

    Seats that are alike share their spans.
    """
    first, last = t[t[at.VISIT_CALL] + visit], t[t[at.VISIT_CALL] + visit + 1]
    lanes = t[t[at.VISIT_LANES] + visit * t[at.DAYS] + day]
    count, total = 0, 0
    for call in range(first, last):
        seat = t[at.W_SPAN_OF] + 2 * (call - first)
        if t[t[at.VISIT_ALIKE] + visit] and call > first:
            w[seat], w[seat + 1] = w[t[at.W_SPAN_OF]], w[t[at.W_SPAN_OF] + 1]
        else:
            w[seat] = count
            for i in range(t[lanes]):
                lane = t[lanes + 1 + i]
                worker = t[t[at.LANE_WORKER] + lane]
                if (
                    not t[t[at.VISIT_ALIKE] + visit]
                    and not t[t[at.CALL_OK] + call * t[at.WORKERS] + worker]
                ):
                    continue
                more = room(t, s, visit, worker, day, t[t[at.STOP_MINUTES] + call])
                if more < at.NO:
                    more += dearer(lane, salt, noise)
                    count = spans(t, s, w, call, lane, more, count)
            w[seat + 1] = count
        least = at.NO
        for j in range(w[seat], w[seat + 1]):
            cell = t[at.W_SPANS] + j * at.SPAN
            least = min(least, t[at.WAY_WEIGHT] * w[cell + 1] + w[cell + 5])
        if least >= at.NO:
            return at.NO
        total += least
    return total


@compiled
def candidates(t: Array, w: Array, visit: int) -> int:
    """Write the starts to try for the first seat, in order; how many (thinned out if too many)."""
    first, last = t[t[at.VISIT_CALL] + visit], t[t[at.VISIT_CALL] + visit + 1]
    starts, n = t[at.W_STARTS], 0
    for call in range(first, last):
        seat = t[at.W_SPAN_OF] + 2 * (call - first)
        if call > first and t[t[at.VISIT_ALIKE] + visit]:
            break
        for j in range(w[seat], w[seat + 1]):
            cell = t[at.W_SPANS] + j * at.SPAN
            for end in range(3, 5):
                n = keep_start(w, starts, n, w[cell + end] - t[t[at.CALL_LEAST] + call])
                if t[t[at.CALL_MOST] + call] > t[t[at.CALL_LEAST] + call]:
                    n = keep_start(w, starts, n, w[cell + end] - t[t[at.CALL_MOST] + call])
    if n > at.MOST_STARTS:
        for i in range(at.MOST_STARTS):
            w[starts + i] = w[starts + i * n // at.MOST_STARTS]
        n = at.MOST_STARTS
    return n


@compiled
def keep_start(w: Array, starts: int, n: int, start: int) -> int:
    """Add a start to the ordered list unless it is there; the list's length."""
    if start < 0:
        return n
    low, high = 0, n
    while low < high:
        middle = (low + high) // 2
        if w[starts + middle] < start:
            low = middle + 1
        else:
            high = middle
    if low < n and w[starts + low] == start:
        return n
    for i in range(n, low, -1):
        w[starts + i] = w[starts + i - 1]
    w[starts + low] = start
    return n + 1


@compiled
def offers(t: Array, w: Array, visit: int, start: int) -> int:
    """Write for each seat the cheapest few workers who can be there; 0 if a seat has none.

    W_BEST, for seat and worker: cost, lane, position, start. W_CAND, for each seat: how many, then
    workers, the cheapest first, with the cheapest who may go alone among them.
    """
    first, workers = t[t[at.VISIT_CALL] + visit], t[at.WORKERS]
    seats = t[t[at.VISIT_CALL] + visit + 1] - first
    for k in range(seats):
        for worker in range(workers):
            w[t[at.W_BEST] + (k * workers + worker) * 4] = at.NO
        low, high = start + t[t[at.CALL_LEAST] + first + k], start + t[t[at.CALL_MOST] + first + k]
        seat = t[at.W_SPAN_OF] + 2 * k
        for j in range(w[seat], w[seat + 1]):
            cell = t[at.W_SPANS] + j * at.SPAN
            moment = max(low, w[cell + 3])
            if moment > high or moment > w[cell + 4]:
                continue
            worker = t[t[at.LANE_WORKER] + w[cell]]
            if not t[t[at.CALL_OK] + (first + k) * workers + worker]:
                continue
            cost = t[at.WAY_WEIGHT] * w[cell + 1] + w[cell + 5]
            best = t[at.W_BEST] + (k * workers + worker) * 4
            if cost < w[best]:
                w[best], w[best + 1], w[best + 2], w[best + 3] = cost, w[cell], w[cell + 2], moment
        if not shortlist(t, w, k):
            return 0
    return 1


@compiled
def shortlist(t: Array, w: Array, k: int) -> int:
    """Write the cheapest workers of a seat to W_CAND; how many."""
    workers, mine = t[at.WORKERS], t[at.W_CAND] + k * (at.MOST_PER_SEAT + 2)
    n, alone = 0, 0
    while n < at.MOST_PER_SEAT + 1:
        chosen, least = -1, at.NO
        for worker in range(workers):
            cost = w[t[at.W_BEST] + (k * workers + worker) * 4]
            if cost >= least or (n == at.MOST_PER_SEAT and not t[t[at.WORKER_ALONE] + worker]):
                continue
            taken = 0
            for i in range(n):
                if w[mine + 1 + i] == worker:
                    taken = 1
            if not taken:
                chosen, least = worker, cost
        if chosen < 0 or (n == at.MOST_PER_SEAT and alone):
            break
        w[mine + 1 + n] = chosen
        alone |= t[t[at.WORKER_ALONE] + chosen]
        n += 1
    w[mine] = n
    return n


@compiled
def choose(t: Array, s: Array, w: Array, visit: int, day: int, start: int, below: int) -> int:
    """Write the cheapest crew at this start at W_MOVE, if it costs less than `below`; its cost."""
    first, workers = t[t[at.VISIT_CALL] + visit], t[at.WORKERS]
    seats, met = (
        t[t[at.VISIT_CALL] + visit + 1] - first,
        s[t[at.S_NMET] + t[t[at.VISIT_TENANT] + visit]],
    )
    tenant = t[t[at.VISIT_TENANT] + visit]
    saved = min(0, tenant_price(t, tenant, met + seats) - tenant_price(t, tenant, met))
    total = 1
    for k in range(seats):
        total *= w[t[at.W_CAND] + k * (at.MOST_PER_SEAT + 2)]
    best = below
    for number in range(min(total, MOST_COMBINATIONS)):
        rest, cost, end, ok = number, 0, 0, 1
        for k in range(seats):
            mine = t[at.W_CAND] + k * (at.MOST_PER_SEAT + 2)
            worker = w[mine + 1 + rest % w[mine]]
            rest //= w[mine]
            found = t[at.W_BEST] + (k * workers + worker) * 4
            cost += w[found]
            move = t[at.W_TRY] + 2 + 3 * k
            for j in range(k):
                if t[t[at.LANE_WORKER] + w[t[at.W_TRY] + 2 + 3 * j]] == worker:
                    ok = 0
            w[move], w[move + 1], w[move + 2] = w[found + 1], w[found + 2], w[found + 3]
            end = max(end, w[found + 3] + t[t[at.STOP_MINUTES] + first + k])
        if not ok or cost + saved >= best:
            continue
        cost = with_crew(t, s, w, visit, day, cost, best)
        if cost < best and free_at(t, s, visit, day, start, end):
            best = cost
            for c in range(3 * seats):
                w[t[at.W_MOVE] + 2 + c] = w[t[at.W_TRY] + 2 + c]
    return best if best < below else at.NO


@compiled
def with_crew(t: Array, s: Array, w: Array, visit: int, day: int, ways: int, below: int) -> int:
    """The full cost of the crew at W_TRY, whose ways and limits cost `ways`; NO if it is none."""
    first, tenant = t[t[at.VISIT_CALL] + visit], t[t[at.VISIT_TENANT] + visit]
    seats = t[t[at.VISIT_CALL] + visit + 1] - first
    bits, kept, alone, learners, fresh, cost = 0, 0, 0, 0, 0, ways
    for k in range(seats):
        lane, moment = w[t[at.W_TRY] + 2 + 3 * k], w[t[at.W_TRY] + 4 + 3 * k]
        worker = t[t[at.LANE_WORKER] + lane]
        who = visit * t[at.WORKERS] + worker
        bits |= t[t[at.VISIT_BITS] + who]
        kept += t[t[at.VISIT_BITS] + who] // at.WAS
        cost += t[t[at.VISIT_EXTRA] + who] + start_price(t, first + k, day, moment)
        alone |= t[t[at.WORKER_ALONE] + worker]
        learners += 1 - t[t[at.WORKER_SECOND] + worker]
        fresh += is_new(t, s, tenant, worker)
    if not alone or (seats > 1 and learners > t[t[at.VISIT_LEARNERS] + visit]):
        return at.NO
    if not bearable(t, s, tenant, fresh):
        return at.NO
    met = s[t[at.S_NMET] + tenant]
    cost += tenant_price(t, tenant, met + fresh) - tenant_price(t, tenant, met)
    cost += crew_price(t, visit, bits) + change_price(t, visit, day, w[t[at.W_TRY] + 4], kept)
    if cost >= below:
        return at.NO
    return exactly(t, s, w, visit, day, cost)


@compiled
def exactly(t: Array, s: Array, w: Array, visit: int, day: int, cost: int) -> int:
    """The cost of the crew at W_TRY with what the other visits' starts and the reserve add."""
    first, minutes = t[t[at.VISIT_CALL] + visit], 0
    for k in range(t[t[at.VISIT_CALL] + visit + 1] - first):
        lane, i, moment = (
            w[t[at.W_TRY] + 2 + 3 * k],
            w[t[at.W_TRY] + 3 + 3 * k],
            w[t[at.W_TRY] + 4 + 3 * k],
        )
        way, _, _ = detour(t, s, lane, lane, first + k, i)
        minutes += way + t[t[at.STOP_MINUTES] + first + k]
        if t[at.WAIT_WEIGHT] or s[t[at.S_PRICED] + lane]:
            exact = exact_cost(t, s, first + k, lane, moment, i)
            if exact >= at.NO:
                return at.NO
            cost += exact - t[at.WAY_WEIGHT] * way
    more = in_reserve(t, s, day, minutes)
    return at.NO if more >= at.NO else cost + more
