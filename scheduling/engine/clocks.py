"""The exact heart: a lane walked with two clocks, lunch to come and lunch taken, both ways.

Forward clocks give the earliest end of each stop, backward clocks the latest start that leaves the
rest possible. Earlier is never worse (one may wait), so a sequence can be walked if and only if the
forward clocks reach the base in time, and a visit fits between two stops exactly at the starts that
the clocks on either side leave.

Row i of C0 and C1 is the end of the i-th stop (row 0: leaving the base), with lunch to come, and
taken or not due; row i of L0 and L1 the latest start of stop i (the last row: being back).
"""

from scheduling.engine import layout as at
from scheduling.engine.kernel import Array, compiled


@compiled
def ranges_of(t: Array, stop: int, how: int, day: int) -> int:
    """Where the list of allowed starts of a stop stands that is held WIDE or NARROW."""
    if how == at.NARROW:
        narrow: int = t[t[at.STOP_NARROW] + stop * t[at.DAYS] + day]
        if narrow:
            return narrow
    wide: int = t[t[at.STOP_RANGES] + stop * t[at.DAYS] + day]
    return wide


@compiled
def first_at(t: Array, stop: int, how: int, day: int, moment: int) -> int:
    """First allowed start not before `at`, LATE if there is none."""
    if how >= 0:
        return how if moment <= how else at.LATE
    ranges = ranges_of(t, stop, how, day)
    for i in range(t[ranges]):
        if moment <= t[ranges + 2 + 2 * i]:
            return max(moment, t[ranges + 1 + 2 * i])
    return at.LATE


@compiled
def last_at(t: Array, stop: int, how: int, day: int, moment: int) -> int:
    """Last allowed start not after `at`, EARLY if there is none."""
    if how >= 0:
        return how if moment >= how else at.EARLY
    ranges = ranges_of(t, stop, how, day)
    for i in range(t[ranges] - 1, -1, -1):
        if moment >= t[ranges + 1 + 2 * i]:
            return min(moment, t[ranges + 2 + 2 * i])
    return at.EARLY


@compiled
def legs(t: Array, s: Array, slot: int, lane: int) -> int:
    """Fill the minutes of each leg; their sum."""
    row = slot * t[at.STRIDE]
    ways, places = t[t[at.LANE_WAYS] + lane], t[at.PLACES]
    base = here = t[t[at.LANE_BASE] + lane]
    n, total = s[s_len(t, slot)], 0
    for i in range(n):
        stop = s[t[at.S_SEQ] + row + i]
        leg = t[ways + here * places + t[t[at.STOP_FROM] + stop]]
        s[t[at.S_LEG] + row + i] = leg
        total += leg
        here = t[t[at.STOP_TO] + stop]
    leg = t[ways + here * places + base]
    s[t[at.S_LEG] + row + n] = leg
    return total + leg


@compiled
def s_len(t: Array, slot: int) -> int:
    """Where the number of stops of a slot stands."""
    place: int = t[at.S_LEN] + slot
    return place


@compiled
def walk(t: Array, s: Array, slot: int, lane: int, lunch_due: int) -> int:
    """Run both clocks over a slot's stops in a lane; 1 if they can be walked, then with starts."""
    row, day = slot * t[at.STRIDE], t[t[at.LANE_DAY] + lane]
    seq, how = t[at.S_SEQ] + row, t[at.S_HOW] + row
    time, leg = t[at.S_TIME] + row, t[at.S_LEG] + row
    c0, c1, l0, l1 = t[at.S_C0] + row, t[at.S_C1] + row, t[at.S_L0] + row, t[at.S_L1] + row
    lunch_from, lunch_to, lunch = t[at.LUNCH_FROM], t[at.LUNCH_TO], t[at.LUNCH]
    begin, end = t[t[at.LANE_START] + lane], t[t[at.LANE_END] + lane]
    n = s[s_len(t, slot)]
    s[t[at.S_WAY] + slot] = legs(t, s, slot, lane)
    late0 = begin if lunch_due else at.LATE
    late1 = at.LATE if lunch_due else begin
    s[c0], s[c1] = late0, late1
    had_at = -1
    for i in range(n):
        stop, hold, way = s[seq + i], s[how + i], s[leg + i]
        minutes = t[t[at.STOP_MINUTES] + stop]
        start1 = first_at(t, stop, hold, day, late1 + way)
        if late0 < at.LATE:
            eat = max(lunch_from, late0) + lunch
            if eat <= lunch_to:
                start = first_at(t, stop, hold, day, max(late0 + way + lunch, eat))
                if start < start1:
                    start1, had_at = start, i
            late0 = min(at.LATE, first_at(t, stop, hold, day, late0 + way) + minutes)
        late1 = min(at.LATE, start1 + minutes)
        s[c0 + i + 1], s[c1 + i + 1] = late0, late1
        s[time + i] = start1
    s[l0 + n], s[l1 + n] = at.EARLY, end
    last0, last1 = at.EARLY, end
    for i in range(n - 1, -1, -1):
        stop, hold, way = s[seq + i], s[how + i], s[leg + i + 1]
        minutes = t[t[at.STOP_MINUTES] + stop]
        if lunch_due:
            last = last0 - way
            by = min(lunch_to, last1)
            if lunch_from + lunch <= by:
                last = max(last, min(last1 - way - lunch, by - lunch))
            last0 = last_at(t, stop, hold, day, last - minutes)
        last1 = last_at(t, stop, hold, day, last1 - way - minutes)
        s[l0 + i], s[l1 + i] = last0, last1
    way = s[leg + n]
    if late0 < at.LATE and lunch_due:
        eat = max(late0, lunch_from) + lunch
        if eat <= min(end, lunch_to) and end - late0 >= way + lunch:
            had_at = n
    if had_at < n and late1 + way > end:
        return 0
    for i in range(min(n, had_at)):
        s[time + i] = s[c0 + i + 1] - t[t[at.STOP_MINUTES] + s[seq + i]]
    return 1


@compiled
def price(t: Array, s: Array, slot: int, lane: int) -> int:
    """Price a walked slot: ways, waiting, and what the starts of single visits cost.

    Of one that cannot be walked, what no moment was found for is priced as if it had none.
    """
    row, day, n = slot * t[at.STRIDE], t[t[at.LANE_DAY] + lane], s[s_len(t, slot)]
    worker = t[t[at.LANE_WORKER] + lane]
    visits, minutes, priced, latest, cost = 0, s[t[at.S_WAY] + slot], 0, 0, 0
    for i in range(n):
        stop, moment = s[t[at.S_SEQ] + row + i], s[t[at.S_TIME] + row + i]
        v = t[t[at.STOP_VISIT] + stop]
        if v < 0:
            continue
        visits += 1
        minutes += t[t[at.STOP_MINUTES] + stop]
        latest = max(latest, moment - t[t[at.STOP_UNTIL] + stop])
        if moment < at.LATE and t[t[at.STOP_PRICED] + stop * t[at.DAYS] + day]:
            priced += 1
            cost += start_price(t, stop, day, moment)
            factor = t[t[at.VISIT_FACTOR] + v * t[at.DAYS] + day]
            if factor:
                gone = t[t[at.VISIT_WERE] + v]
                gone -= t[t[at.VISIT_BITS] + v * t[at.WORKERS] + worker] // at.WAS
                cost += gone * t[factor + moment // t[at.GRID]]
    if visits:
        cost += t[at.WAY_WEIGHT] * s[t[at.S_WAY] + slot]
        if t[at.WAIT_WEIGHT]:
            cost += t[at.WAIT_WEIGHT] * waiting(t, s, slot, lane)
    else:
        minutes = 0
    s[t[at.S_VISITS] + slot], s[t[at.S_MINUTES] + slot] = visits, minutes
    s[t[at.S_PRICED] + slot], s[t[at.S_LATE] + slot] = priced, latest
    s[t[at.S_COST] + slot] = cost
    return cost


@compiled
def start_price(t: Array, stop: int, day: int, moment: int) -> int:
    """What a start costs by preferred hours, lateness and the published day and time."""
    table = t[t[at.STOP_COST] + stop * t[at.DAYS] + day]
    if not table:
        return 0
    cost: int = t[table + moment // t[at.GRID]]
    return cost


@compiled
def waiting(t: Array, s: Array, slot: int, lane: int) -> int:
    """Minutes between stops that are neither way nor lunch (had in the first gap where it fits)."""
    row, n, total = slot * t[at.STRIDE], s[s_len(t, slot)], 0
    due, end = t[t[at.LANE_LUNCH] + lane], t[t[at.LANE_START] + lane]
    lunch_from, lunch_to, lunch = t[at.LUNCH_FROM], t[at.LUNCH_TO], t[at.LUNCH]
    for i in range(n):
        start = s[t[at.S_TIME] + row + i]
        idle = start - end - s[t[at.S_LEG] + row + i]
        had = 0
        if due and idle >= lunch and max(end, lunch_from) + lunch <= min(start, lunch_to):
            due, had = 0, lunch
        if i:
            total += idle - had
        end = start + t[t[at.STOP_MINUTES] + s[t[at.S_SEQ] + row + i]]
    return total
