"""The best place for one visit in a state: the cheapest lane, or crew and start, of all allowed.

A visit of one worker that shares nothing takes the cheapest position of the cheapest lane, as early
as it can; where starts cost something it also tries being held in its cheapest starts (NARROW). A
frozen visit tries event-driven starts: the first and last start of every gap of every lane of the
day, so that it abuts what is there on either side.
"""

from itertools import combinations

from scheduling.engine.crew import seated
from scheduling.engine.state import Move, State
from scheduling.engine.walk import FROZEN, NARROW, WIDE, Book, Gap, Route, Single, ranges_of, token

MOST_PER_SEAT = 4
MOST_STARTS = 40
Jitter = tuple[int, int]
"""(salt, mask): lane n looks ((salt * (n + 1)) >> 9) & mask points dearer."""
NO_JITTER = (0, 0)
Offer = tuple[int, int, int, int]
"""(cost in route and load, lane, position, cost in route): one worker at one start."""


def best_move(state: State, visit: int, jitter: Jitter = NO_JITTER) -> Move | None:
    """The cheapest move for an unplaced visit, None if it fits nowhere. Ties: first lane, start.

    With jitter each lane looks a few points dearer than it is, so that the second best wins at
    times (the noise of Ropke and Pisinger); the move's cost is the true one all the same.
    """
    if state.c.visits[visit].frozen:
        return _best_frozen(state, visit, jitter)
    return _best_single(state, visit, jitter)


def _best_single(state: State, visit: int, jitter: Jitter) -> Move | None:
    c, v = state.c, state.c.visits[visit]
    best: Move | None = None
    least = 1 << 60
    tenant = c.tenants[v.tenant]
    rotation = state.rotation(v.tenant, 0)
    minutes, routes, lanes = v.minutes, state.routes, c.lanes
    salt, noise = jitter
    for day, numbers in enumerate(v.lanes):
        if not numbers or not state.allowed_day(visit, day):
            continue
        for number in numbers:
            route = routes[number]
            found = (
                route.singles[visit] if visit in route.singles else single(state.book, route, visit)
            )
            if found is None or found[0] - rotation >= least:
                continue
            worker = lanes[number].worker
            mask = 1 << worker
            load = state.load[worker]
            cost = found[0] + state.crews.cost(visit, mask)
            cost += state.overload(worker, load + minutes) - state.overload(worker, load)
            if rotation:
                cost += state.rotation(v.tenant, mask) - rotation
            seems = cost + ((salt * (number + 1)) >> 9 & noise)
            if seems >= least or not state.has_room(visit, worker, day):
                continue
            if tenant.cap < tenant.strangers + len(c.workers) and not state.bearable(visit, mask):
                continue
            if not _in_reserve(state, day, [(number, found[1], found[2])]):
                continue
            least = seems
            best = Move(cost, day, found[1], (number,), (found[2],))
    return best


def single(book: Book, route: Route, visit: int) -> Single | None:
    """Cheapest (cost, token, position) of a single visit in a route; remembered on the route."""
    c, day = book.c, route.lane.day
    best: Single | None = None
    exact = needs_exact(book, route, visit)
    hows = (WIDE, NARROW) if c.stops[visit].narrow[day] is not None else (WIDE,)
    for how in hows:
        tok = token(visit, how)
        tried = set()
        for extra, position, _, _ in sorted(route.gaps(c, visit, ranges_of(c, tok, day))):
            if not exact:
                if best is None or extra < best[0]:
                    best = (extra, tok, position)
                break
            if position not in tried:
                tried.add(position)
                cost = _exact(book, route, tok, position)
                if cost is not None and (best is None or cost < best[0]):
                    best = (cost, tok, position)
    route.singles[visit] = best
    return best


def needs_exact(book: Book, route: Route, visit: int) -> bool:
    """Whether a start in this route costs anything: then a move's price needs the whole walk."""
    c = book.c
    return bool(c.waiting_weight) or any(
        c.stops[v].start_cost[route.lane.day] is not None or c.visits[v].factor
        for v in (visit, *route.visits)
    )


def _exact(book: Book, route: Route, tok: int, position: int) -> int | None:
    new = book.route(route.lane.number, (*route.tokens[:position], tok, *route.tokens[position:]))
    return None if new is None else new.cost - route.cost


def _in_reserve(state: State, day: int, parts: list[tuple[int, int, int]]) -> bool:
    """Whether the day's reserve stays free; parts are (lane, token, position)."""
    capacity = state.c.capacity[day]
    if capacity >= 1 << 20:
        return True
    minutes = state.used[day]
    for number, tok, position in parts:
        route = state.routes[number]
        tokens = (*route.tokens[:position], tok, *route.tokens[position:])
        new = state.book.route(number, tokens)
        if new is None:
            return False
        minutes += new.minutes - route.minutes
    return minutes <= capacity


def _best_frozen(state: State, visit: int, jitter: Jitter) -> Move | None:
    best: Move | None = None
    for day, numbers in enumerate(state.c.visits[visit].lanes):
        if numbers and state.allowed_day(visit, day):
            best = _frozen_on(state, visit, day, best, jitter)
    if best is None or not jitter[1]:
        return best
    salt, noise = jitter
    seemed = sum((salt * (n + 1)) >> 9 & noise for n in best.lanes)
    return best._replace(cost=best.cost - seemed)


def _frozen_on(
    state: State, visit: int, day: int, best: Move | None, jitter: Jitter
) -> Move | None:
    """The better of `best` and the cheapest crew and start on this day."""
    c, v = state.c, state.c.visits[visit]
    offers: list[tuple[int, int, list[Gap]]] = []
    salt, noise = jitter
    for number in v.lanes[day]:
        worker = c.lanes[number].worker
        if state.has_room(visit, worker, day):
            gaps = gaps_of(state, state.routes[number], visit)
            if gaps:
                load = state.load[worker]
                more = state.overload(worker, load + v.minutes) - state.overload(worker, load)
                more += (salt * (number + 1)) >> 9 & noise
                offers.append((number, more, gaps))
    if len({c.lanes[number].worker for number, _, _ in offers}) < len(v.seats):
        return best
    if best is not None and _least(state, visit, offers) >= best.cost:
        return best
    starts = sorted({s for _, _, gaps in offers for gap in gaps for s in gap[2:]})
    if len(starts) > MOST_STARTS:
        starts = [starts[i * len(starts) // MOST_STARTS] for i in range(MOST_STARTS)]
    for start in starts:
        if not state.free_at(visit, day, start):
            continue
        present: dict[int, Offer] = {}
        for number, more, gaps in offers:
            fits = [
                (gap[0] + more, number, gap[1], gap[0]) for gap in gaps if gap[2] <= start <= gap[3]
            ]
            worker = c.lanes[number].worker
            if fits and (worker not in present or min(fits) < present[worker]):
                present[worker] = min(fits)
        if len(present) >= len(v.seats):
            best = _best_crew(state, visit, day, start, present, best)
    return best


def _least(state: State, visit: int, offers: list[tuple[int, int, list[Gap]]]) -> int:
    """A lower bound of a crew's cost from these offers: the cheapest ways, all rotation saved."""
    v = state.c.visits[visit]
    ways = sorted(min(gaps)[0] + more for _, more, gaps in offers)
    return sum(ways[: len(v.seats)]) - state.rotation(v.tenant, 0)


def gaps_of(state: State, route: Route, visit: int) -> list[Gap]:
    """Gaps for a frozen visit in a route; remembered on the route."""
    if visit not in route.spans:
        stop = state.c.stops[visit]
        route.spans[visit] = route.gaps(state.c, visit, stop.ranges[route.lane.day])
    return route.spans[visit]


def _best_crew(
    state: State,
    visit: int,
    day: int,
    start: int,
    present: dict[int, Offer],
    best: Move | None,
) -> Move | None:
    """Try crews from the cheapest workers for each seat and the cheapest who may go alone."""
    c, v = state.c, state.c.visits[visit]
    least = best.cost if best else 1 << 60
    order = sorted(present, key=lambda w: (present[w], w))
    pool: list[int] = []
    for mask in (*v.seats, c.alone):
        pool += [w for w in order if mask >> w & 1][:MOST_PER_SEAT]
    pool = sorted(set(pool), key=order.index)
    rotation = state.rotation(v.tenant, 0)
    tok = token(visit, FROZEN + start)
    for crew in combinations(pool, len(v.seats)):
        cost = sum(present[w][0] for w in crew)
        if cost - rotation >= least:
            continue
        mask = sum(1 << w for w in crew)
        cost += state.crews.cost(visit, mask) + state.slot_cost(visit, mask, day, start)
        cost += state.rotation(v.tenant, mask) - rotation
        if cost >= least or not state.bearable(visit, mask):
            continue
        seats = seated(c, v, crew)
        if seats is None:
            continue
        parts = [(present[w][1], tok, present[w][2]) for w in seats]
        change = _exact_change(state, visit, parts, sum(present[w][3] for w in seats))
        if change is None or cost + change >= least:
            continue
        cost += change
        if _in_reserve(state, day, parts):
            least = cost
            best = Move(
                cost, day, tok, tuple(n for n, _, _ in parts), tuple(p for _, _, p in parts)
            )
    return best


def _exact_change(
    state: State, visit: int, parts: list[tuple[int, int, int]], extra: int
) -> int | None:
    """What exact prices add to the gaps' `extra`: 0 where no start costs anything."""
    if not any(needs_exact(state.book, state.routes[n], visit) for n, _, _ in parts):
        return 0
    changes = [_exact(state.book, state.routes[n], tok, p) for n, tok, p in parts]
    known = [change for change in changes if change is not None]
    return sum(known) - extra if len(known) == len(parts) else None
