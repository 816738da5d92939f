"""Keeps a plan's exact cost while visits come and go: loads, meetings, spacing, reserve."""

from scheduling.engine import layout as at
from scheduling.engine.clocks import price, start_price, walk
from scheduling.engine.gaps import insert_into
from scheduling.engine.kernel import Array, compiled

DAY = 1440


@compiled
def tenant_price(t: Array, tenant: int, met: int) -> int:
    """Rotation still missing, and workers above the cap where that is soft, for so many met."""
    cost = t[at.ROTATION_WEIGHT] * max(0, t[t[at.TENANT_DISTINCT] + tenant] - met)
    if t[at.DISTINCT_PRICE] > 0 and met > t[t[at.TENANT_KNOWN] + tenant]:
        cost += t[at.DISTINCT_PRICE] * max(0, met - t[t[at.TENANT_CAP] + tenant])
    return cost


@compiled
def worker_price(t: Array, worker: int, load: int) -> int:
    """Overload, and minutes above the visiting limit where that is soft, for a week's load."""
    cost = t[at.OVERLOAD_WEIGHT] * max(0, load - t[t[at.WORKER_OVER] + worker]) // 5
    if t[at.VISITING_PRICE] > 0:
        own = load - t[t[at.WORKER_CARRIED] + worker]
        cost += t[at.VISITING_PRICE] * max(0, own - t[t[at.WORKER_LIMIT] + worker])
    return cost


@compiled
def day_price(t: Array, s: Array, day: int) -> int:
    """What the reserve eaten of a day costs, where that is soft."""
    if t[at.RESERVE_PRICE] <= 0 or not s[t[at.S_BUSYDAY] + day]:
        return 0
    cost: int = t[at.RESERVE_PRICE] * max(0, s[t[at.S_USED] + day] - t[t[at.CAPACITY] + day])
    return cost


@compiled
def room(t: Array, s: Array, visit: int, worker: int, day: int, minutes: int) -> int:
    """What the worker's limits of day and week ask for so many minutes more; NO: refused."""
    load, cost = s[t[at.S_LOAD] + worker], 0
    count = s[t[at.S_COUNT] + worker * t[at.DAYS] + day]
    if t[t[at.VISIT_LIMITED] + visit] and count >= t[t[at.WORKER_VISITS] + worker]:
        if t[at.LIMIT_PRICE] == at.HARD:
            return at.NO
        cost += t[at.LIMIT_PRICE]
    own = load - t[t[at.WORKER_CARRIED] + worker] + minutes
    if t[at.VISITING_PRICE] == at.HARD and own > t[t[at.WORKER_LIMIT] + worker]:
        return at.NO
    return cost + worker_price(t, worker, load + minutes) - worker_price(t, worker, load)


@compiled
def spacing(t: Array, s: Array, visit: int, day: int) -> int:
    """What the tenant's other placed visits ask for this day; NO: too close."""
    if not t[t[at.VISIT_SPACED] + visit]:
        return 0
    others, cost = t[t[at.TENANT_VISITS] + t[t[at.VISIT_TENANT] + visit]], 0
    for i in range(t[others]):
        other = t[others + 1 + i]
        when = s[t[at.S_DAY] + other]
        if when == at.OUT or other == visit or not t[t[at.VISIT_SPACED] + other]:
            continue
        gap = max(t[t[at.VISIT_GAP] + visit], t[t[at.VISIT_GAP] + other]) - abs(when - day)
        if gap > 0:
            if t[at.SPACING_PRICE] == at.HARD:
                return at.NO
            cost += t[at.SPACING_PRICE] * gap
    return cost


@compiled
def is_new(t: Array, s: Array, tenant: int, worker: int) -> int:
    """1 if the tenant has neither met the worker lately nor is placed with them."""
    cell = tenant * t[at.WORKERS] + worker
    return 1 if not t[t[at.TENANT_SEEN] + cell] and not s[t[at.S_MET] + cell] else 0


@compiled
def bearable(t: Array, s: Array, tenant: int, fresh: int) -> int:
    """1 if the tenant's cap of different workers leaves so many new ones."""
    met = s[t[at.S_NMET] + tenant] + fresh
    if t[at.DISTINCT_PRICE] != at.HARD or met == t[t[at.TENANT_KNOWN] + tenant]:
        return 1
    return 1 if met <= t[t[at.TENANT_CAP] + tenant] else 0


@compiled
def in_reserve(t: Array, s: Array, day: int, minutes: int) -> int:
    """What so many planned minutes more ask of the day's reserve; NO: it would be eaten."""
    if not t[at.TIED]:
        return 0
    used = s[t[at.S_USED] + day] + minutes - t[t[at.CAPACITY] + day]
    if t[at.RESERVE_PRICE] == at.HARD:
        return at.NO if used > 0 else 0
    cost: int = t[at.RESERVE_PRICE] * max(0, used) - day_price(t, s, day)
    return cost


@compiled
def hull_end(t: Array, s: Array, visit: int) -> int:
    """Last end of the seats of a frozen visit that is placed."""
    end = 0
    for call in range(t[t[at.VISIT_CALL] + visit], t[t[at.VISIT_CALL] + visit + 1]):
        end = max(end, s[t[at.S_AT] + call] + t[t[at.STOP_MINUTES] + call])
    return end


@compiled
def covers(t: Array, s: Array, user: int, visit: int, moment: int) -> int:
    """1 if another placed user of something shared holds it at a moment of the week."""
    day = s[t[at.S_DAY] + user]
    if user == visit or day == at.OUT:
        return 0
    start = s[t[at.S_AT] + t[t[at.VISIT_CALL] + user]]
    if day * DAY + start > moment:
        return 0
    return 1 if moment < day * DAY + hull_end(t, s, user) else 0


@compiled
def free_at(t: Array, s: Array, visit: int, day: int, start: int, end: int) -> int:
    """1 if all that the visit shares with others is free from start to end."""
    shared = t[t[at.VISIT_SHARED] + visit]
    first, last = day * DAY + start, day * DAY + end
    for i in range(t[shared]):
        thing = t[shared + 1 + i]
        users, most = t[t[at.SHARED_VISITS] + thing], t[t[at.SHARED_COUNT] + thing]
        for j in range(-1, t[users]):
            moment = first
            if j >= 0:
                user = t[users + 1 + j]
                if s[t[at.S_DAY] + user] == at.OUT:
                    continue
                moment = s[t[at.S_DAY] + user] * DAY + s[t[at.S_AT] + t[t[at.VISIT_CALL] + user]]
                if moment <= first or moment >= last:
                    continue
            held = 0
            for m in range(t[users]):
                held += covers(t, s, t[users + 1 + m], visit, moment)
            if held >= most:
                return 0
    return 1


@compiled
def crew_price(t: Array, visit: int, bits: int) -> int:
    """What a crew costs that meets these wishes together."""
    cost: int = t[t[at.VISIT_CREW] + visit * at.WISHES + (bits & (at.WISHES - 1))]
    return cost


@compiled
def change_price(t: Array, visit: int, day: int, start: int, kept: int) -> int:
    """What the published workers who are not in the crew cost at this start."""
    factor = t[t[at.VISIT_FACTOR] + visit * t[at.DAYS] + day]
    if not factor:
        return 0
    cost: int = (t[t[at.VISIT_WERE] + visit] - kept) * t[factor + start // t[at.GRID]]
    return cost


@compiled
def standing(t: Array, s: Array, visit: int) -> int:
    """What a placed visit costs beside its lanes: crew, and the starts of a frozen one."""
    first, last = t[t[at.VISIT_CALL] + visit], t[t[at.VISIT_CALL] + visit + 1]
    day, bits, kept, cost = s[t[at.S_DAY] + visit], 0, 0, 0
    for call in range(first, last):
        worker = t[t[at.LANE_WORKER] + s[t[at.S_LANE] + call]]
        mine = t[t[at.VISIT_BITS] + visit * t[at.WORKERS] + worker]
        bits |= mine
        kept += mine // at.WAS
        cost += t[t[at.VISIT_EXTRA] + visit * t[at.WORKERS] + worker]
        if t[t[at.VISIT_FROZEN] + visit]:
            cost += start_price(t, call, day, s[t[at.S_AT] + call])
    if t[t[at.VISIT_FROZEN] + visit]:
        cost += change_price(t, visit, day, s[t[at.S_AT] + first], kept)
    return cost + crew_price(t, visit, bits)


@compiled
def rewalk(t: Array, s: Array, r: Array, lane: int) -> int:
    """Walk a lane whose stops changed and book its cost; 0 if it cannot be walked."""
    day = t[t[at.LANE_DAY] + lane]
    cost, minutes = s[t[at.S_COST] + lane], s[t[at.S_MINUTES] + lane]
    walked = walk(t, s, lane, lane, t[t[at.LANE_LUNCH] + lane])
    s[at.COST] += price(t, s, lane, lane) - cost
    s[t[at.S_USED] + day] += s[t[at.S_MINUTES] + lane] - minutes
    r[at.STAMP] += 1
    s[t[at.S_VERSION] + lane] = r[at.STAMP]
    return 1 if walked or not s[t[at.S_VISITS] + lane] else 0


@compiled
def book(t: Array, s: Array, visit: int, day: int, sign: int) -> None:
    """Count a visit's workers in (1) or out (-1): loads, limits, meetings; their cost."""
    tenant, days = t[t[at.VISIT_TENANT] + visit], t[at.DAYS]
    met = s[t[at.S_NMET] + tenant]
    for call in range(t[t[at.VISIT_CALL] + visit], t[t[at.VISIT_CALL] + visit + 1]):
        worker = t[t[at.LANE_WORKER] + s[t[at.S_LANE] + call]]
        minutes, load = sign * t[t[at.STOP_MINUTES] + call], s[t[at.S_LOAD] + worker]
        s[at.COST] += worker_price(t, worker, load + minutes) - worker_price(t, worker, load)
        s[t[at.S_LOAD] + worker] = load + minutes
        cell, pair = worker * days + day, tenant * t[at.WORKERS] + worker
        if t[t[at.VISIT_LIMITED] + visit]:
            most, n = t[t[at.WORKER_VISITS] + worker], s[t[at.S_COUNT] + cell]
            if t[at.LIMIT_PRICE] > 0:
                s[at.COST] += t[at.LIMIT_PRICE] * (max(0, n + sign - most) - max(0, n - most))
            s[t[at.S_COUNT] + cell] = n + sign
        if not t[t[at.TENANT_SEEN] + pair]:
            before = s[t[at.S_MET] + pair]
            s[t[at.S_MET] + pair] = before + sign
            s[t[at.S_NMET] + tenant] += (1 if before + sign else 0) - (1 if before else 0)
    s[at.COST] += tenant_price(t, tenant, s[t[at.S_NMET] + tenant]) - tenant_price(t, tenant, met)


@compiled
def latest(t: Array, s: Array) -> None:
    """Book the largest lateness of all lanes, where that costs anything."""
    if not t[at.LATEST_WEIGHT]:
        return
    most = 0
    for lane in range(t[at.LANES]):
        most = max(most, s[t[at.S_LATE] + lane])
    s[at.COST] += t[at.LATEST_WEIGHT] * (most - s[at.LATEST])
    s[at.LATEST] = most


@compiled
def settle(t: Array, s: Array, visit: int, day: int) -> None:
    """Book a visit whose calls already stand in their lanes."""
    s[at.COST] += spacing(t, s, visit, day)
    s[t[at.S_DAY] + visit] = day
    book(t, s, visit, day, 1)
    s[at.COST] += standing(t, s, visit) - t[t[at.VISIT_OUT] + visit]
    latest(t, s)


@compiled
def place(t: Array, s: Array, w: Array, r: Array, visit: int, move: int) -> None:
    """Make the move that stands in w: cost, day, then lane, position and how for each seat."""
    day, first = w[move + 1], t[t[at.VISIT_CALL] + visit]
    before = day_price(t, s, day)
    for k in range(t[t[at.VISIT_CALL] + visit + 1] - first):
        lane, i, how = w[move + 2 + 3 * k], w[move + 3 + 3 * k], w[move + 4 + 3 * k]
        insert_into(t, s, lane, lane, first + k, how, i)
        s[t[at.S_LANE] + first + k], s[t[at.S_AT] + first + k] = lane, how
        rewalk(t, s, r, lane)
    s[t[at.S_BUSYDAY] + day] += 1
    s[at.COST] += day_price(t, s, day) - before
    settle(t, s, visit, day)


@compiled
def take_out(t: Array, s: Array, lane: int, call: int) -> int:
    """Take a call out of its lane's row; its position."""
    row, n, found = lane * t[at.STRIDE], s[t[at.S_LEN] + lane], 0
    seq, hold = t[at.S_SEQ] + row, t[at.S_HOW] + row
    while s[seq + found] != call:
        found += 1
    for j in range(found, n - 1):
        s[seq + j], s[hold + j] = s[seq + j + 1], s[hold + j + 1]
    s[t[at.S_LEN] + lane] = n - 1
    return found


@compiled
def remove(t: Array, s: Array, r: Array, visit: int) -> int:
    """Take a placed visit out; 0 and no change if a way would then be too long to walk.

    (Only travel in which a detour is shorter than the way itself can cause that.)
    """
    day, first = s[t[at.S_DAY] + visit], t[t[at.VISIT_CALL] + visit]
    last = t[t[at.VISIT_CALL] + visit + 1]
    before, cost = day_price(t, s, day), standing(t, s, visit)
    for call in range(first, last):
        lane = s[t[at.S_LANE] + call]
        s[t[at.S_PLACE] + call] = take_out(t, s, lane, call)
        if not rewalk(t, s, r, lane):
            for back in range(call, first - 1, -1):
                lane = s[t[at.S_LANE] + back]
                i = s[t[at.S_PLACE] + back]
                insert_into(t, s, lane, lane, back, s[t[at.S_AT] + back], i)
                rewalk(t, s, r, lane)
            return 0
    s[t[at.S_DAY] + visit] = at.OUT
    s[t[at.S_BUSYDAY] + day] -= 1
    s[at.COST] += day_price(t, s, day) - before
    book(t, s, visit, day, -1)
    s[at.COST] += t[t[at.VISIT_OUT] + visit] - cost - spacing(t, s, visit, day)
    for call in range(first, last):
        s[t[at.S_LANE] + call] = at.OUT
    latest(t, s)
    return 1
