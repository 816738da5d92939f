"""The exact heart: a lane's sequence of stops walked with two clocks, lunch to come and lunch
taken.

Forward clocks give the earliest end of each stop, backward clocks the latest start that leaves the
rest possible. Earlier is never worse (one may wait), so a sequence can be walked if and only if the
forward clocks reach the base in time, and a visit fits between two stops exactly at the starts
that the clocks on either side leave.

A sequence is a tuple of tokens, `stop * 4096 + how`: how is WIDE (any start in the stop's windows),
NARROW (only the cheapest starts) or FROZEN + start.
"""

from scheduling.engine.compiled import Compiled, Lane, Ranges

SHIFT = 12
WIDE, NARROW, FROZEN = 0, 1, 2
LATE, EARLY = 1 << 20, -(1 << 20)
Tokens = tuple[int, ...]
Gap = tuple[int, int, int, int]
"""(extra cost of the way, position, first start, last start)."""
Single = tuple[int, int, int]
"""A single visit's cheapest place in a route: (cost in the route, token, position)."""


def token(stop: int, how: int) -> int:
    """The token of a stop held in a certain way."""
    return stop << SHIFT | how


def ranges_of(c: Compiled, tok: int, day: int) -> Ranges:
    """Allowed starts of a token on a day."""
    how = tok & 4095
    if how >= FROZEN:
        return ((how - FROZEN, how - FROZEN),)
    stop = c.stops[tok >> SHIFT]
    narrow = stop.narrow[day] if how == NARROW else None
    return narrow if narrow is not None else stop.ranges[day]


def first_at(ranges: Ranges, at: int) -> int:
    """First allowed start not before `at`, LATE if there is none."""
    for low, high in ranges:
        if at <= high:
            return max(low, at)
    return LATE


def last_at(ranges: Ranges, at: int) -> int:
    """Last allowed start not after `at`, EARLY if there is none."""
    for low, high in reversed(ranges):
        if at >= low:
            return min(high, at)
    return EARLY


class Route:
    """A sequence that can be walked: its clocks, its starts, its cost; never changed once built.

    `clock0[i]`, `clock1[i]`: earliest end of the i-th stop (0 is the base) with lunch to come, or
    taken or not due. `limit0[i]`, `limit1[i]`: latest start of stop i (the last is the base).
    `singles` and `spans` keep what `options` finds out about this route, by visit.
    """

    __slots__ = (
        "clock0", "clock1", "cost", "lane", "legs", "limit0", "limit1", "minutes",
        "singles", "spans", "starts", "tokens", "visits", "way",
    )  # fmt: skip

    def __init__(self, c: Compiled, lane: Lane, tokens: Tokens) -> None:
        """Run both clocks; afterwards `starts` is None if the sequence cannot be walked."""
        self.lane, self.tokens = lane, tokens
        count = len(c.visits)
        self.visits = tuple(t >> SHIFT for t in tokens if t >> SHIFT < count)
        self.singles: dict[int, Single | None] = {}
        self.spans: dict[int, list[Gap]] = {}
        stops = [c.stops[t >> SHIFT] for t in tokens]
        allowed = [ranges_of(c, t, lane.day) for t in tokens]
        here, legs = lane.base, []
        for stop in stops:
            legs.append(lane.travel[here][stop.origin])
            here = stop.goal
        legs.append(lane.travel[here][lane.base])
        self.legs = legs
        self.way = sum(legs)
        durations = [stop.minutes for stop in stops]
        taken, via = self._forward(c, durations, allowed)
        self._backward(c, durations, allowed)
        self.starts: tuple[int, ...] | None = self._starts(c, durations, taken, via)
        self.minutes = self.cost = 0
        if not self.visits:
            self.starts = tuple(t[0][0] for t in allowed)
        elif self.starts is not None:
            self.minutes = self.way + sum(c.stops[v].minutes for v in self.visits)
            self.cost = self._price(c, durations)

    def _forward(
        self, c: Compiled, durations: list[int], allowed: list[Ranges]
    ) -> tuple[list[int], list[bool]]:
        """Fill the forward clocks; return starts with lunch taken, and where it was had."""
        lunch_from, lunch_to, lunch = c.lunch
        late0, late1 = (self.lane.start, LATE) if self.lane.lunch else (LATE, self.lane.start)
        self.clock0, self.clock1 = [late0], [late1]
        taken, via = [], []
        for leg, minutes, ranges in zip(self.legs, durations, allowed, strict=False):
            start1 = first_at(ranges, late1 + leg)
            had = False
            if late0 < LATE:
                begin = (max(lunch_from, late0)) + lunch
                if begin <= lunch_to:
                    start = first_at(ranges, max(late0 + leg + lunch, begin))
                    if start < start1:
                        start1, had = start, True
                late0 = min(LATE, first_at(ranges, late0 + leg) + minutes)
            late1 = min(LATE, start1 + minutes)
            self.clock0.append(late0)
            self.clock1.append(late1)
            taken.append(start1)
            via.append(had)
        return taken, via

    def _backward(self, c: Compiled, durations: list[int], allowed: list[Ranges]) -> None:
        lunch_from, lunch_to, lunch = c.lunch
        n = len(durations)
        limit0, limit1 = [EARLY] * (n + 1), [EARLY] * (n + 1)
        limit1[n] = self.lane.end
        for i in range(n - 1, -1, -1):
            leg, minutes, last = self.legs[i + 1], durations[i], limit1[i + 1]
            limit1[i] = last_at(allowed[i], last - leg - minutes)
            if self.lane.lunch:
                end = limit0[i + 1] - leg
                stop = min(lunch_to, last)
                if lunch_from + lunch <= stop:
                    end = max(end, min(last - leg - lunch, stop - lunch))
                limit0[i] = last_at(allowed[i], end - minutes)
        self.limit0, self.limit1 = limit0, limit1

    def _starts(
        self, c: Compiled, durations: list[int], taken: list[int], via: list[bool]
    ) -> tuple[int, ...] | None:
        """Earliest starts: lunch at the very end if it fits there, else where the clock had it."""
        n, lane, leg = len(durations), self.lane, self.legs[-1]
        early = [end - minutes for end, minutes in zip(self.clock0[1:], durations, strict=True)]
        last0, last1 = self.clock0[n], self.clock1[n]
        if lane.lunch and last0 < LATE:
            lunch_from, lunch_to, lunch = c.lunch
            fits = max(last0, lunch_from) + lunch <= min(lane.end, lunch_to)
            if fits and lane.end - last0 >= leg + lunch:
                return tuple(early)
        if last1 + leg > lane.end:
            return None
        starts = list(taken)
        for i in range(n - 1, -1, -1):
            if via[i]:
                starts[:i] = early[:i]
                break
        return tuple(starts)

    def _price(self, c: Compiled, durations: list[int]) -> int:
        """Way, waiting, and what the starts of single visits cost."""
        assert self.starts is not None
        cost = c.travel_weight * self.way
        if c.waiting_weight:
            cost += c.waiting_weight * self._waiting(c, durations)
        day, worker, grid = self.lane.day, 1 << self.lane.worker, c.grid
        for tok, start in zip(self.tokens, self.starts, strict=True):
            stop = tok >> SHIFT
            table = c.stops[stop].start_cost[day]
            if stop >= len(c.visits) or c.visits[stop].frozen:
                continue
            if table is not None:
                cost += table[start // grid]
            visit = c.visits[stop]
            if visit.factor:
                missing = (visit.published_mask & ~worker).bit_count() + visit.published_gone
                cost += missing * visit.factor[day][start // grid]
        return cost

    def _waiting(self, c: Compiled, durations: list[int]) -> int:
        """Minutes between stops that are neither way nor lunch (in the first gap it fits)."""
        assert self.starts is not None
        lunch_from, lunch_to, lunch = c.lunch
        due, end, total = self.lane.lunch, self.lane.start, 0
        for i, start in enumerate(self.starts):
            idle = start - end - self.legs[i]
            had = due and idle >= lunch and max(end, lunch_from) + lunch <= min(start, lunch_to)
            if had:
                due = False
            if i:
                total += idle - lunch * had
            end = start + durations[i]
        return total

    def gaps(self, c: Compiled, stop: int, ranges: Ranges) -> list[Gap]:
        """Where and when a stop with these starts fits: several gaps may share a position."""
        lane = self.lane
        table, new = lane.travel, c.stops[stop]
        minutes, origin, goal = new.minutes, new.origin, new.goal
        lunch_from, lunch_to, lunch = c.lunch
        way = self.way if not self.visits else 0
        found: list[Gap] = []
        here, n = lane.base, len(self.tokens)
        for i in range(n + 1):
            follow = c.stops[self.tokens[i] >> SHIFT] if i < n else None
            to = table[here][origin]
            off = table[goal][follow.origin if follow else lane.base]
            extra = c.travel_weight * (way + to + off - self.legs[i])
            clock0, clock1 = self.clock0[i], self.clock1[i]
            last0, last1 = self.limit0[i] - off - minutes, self.limit1[i] - off - minutes
            spans = []
            if clock1 < LATE:
                spans.append((clock1 + to, last1))
            if clock0 < LATE:
                begin = (max(lunch_from, clock0)) + lunch
                if begin <= lunch_to:
                    spans.append((max(clock0 + to + lunch, begin), last1))
                stop_by = min(self.limit1[i], lunch_to)
                if lunch_from + lunch <= stop_by:
                    last = min(last1 - lunch, stop_by - lunch - minutes)
                    spans.append((clock0 + to, max(last, last0)))
                else:
                    spans.append((clock0 + to, last0))
            for low, high in spans:
                for first, last in ranges:
                    a, b = max(low, first), min(high, last)
                    if a <= b:
                        found.append((extra, i, a, b))
            if follow:
                here = follow.goal
        return found


class Book:
    """All routes met so far, by lane and sequence; forgets them when there are too many."""

    most = 100_000

    def __init__(self, c: Compiled) -> None:
        """Start with empty lanes."""
        self.c = c
        self._known: dict[tuple[int, Tokens], Route] = {}

    def route(self, lane: int, tokens: Tokens) -> Route | None:
        """The route of this sequence; None if it cannot be walked."""
        key = (lane, tokens)
        route = self._known.get(key)
        if route is None:
            if len(self._known) > self.most:
                self._known.clear()
            route = self._known[key] = Route(self.c, self.c.lanes[lane], tokens)
        return route if route.starts is not None else None

    def empty(self, lane: Lane) -> Route:
        """The lane with its busy times only; nobody walks it."""
        stops = self.c.stops
        route = self.route(
            lane.number,
            tuple(token(b, FROZEN + stops[b].ranges[lane.day][0][0]) for b in lane.busy),
        )
        assert route is not None
        return route
