"""The first complete plan: pins and published visits, then pairs, then by priority."""

from collections.abc import Callable

from scheduling.engine.compiled import Compiled
from scheduling.engine.crew import seated
from scheduling.engine.options import NO_JITTER, Jitter, best_move, gaps_of
from scheduling.engine.state import Move, State
from scheduling.engine.walk import FROZEN, NARROW, WIDE, Gap, ranges_of, token
from scheduling.problem import Placement


def construct(state: State, should_stop: Callable[[], bool] = lambda: False) -> None:
    """Place every visit that fits, greedily, in place.

    Pinned visits first, so that nothing takes their room; then those of a published plan where they
    were, musts first (a repair begins from there); then the rest. Stops between two visits.
    """
    c = state.c
    published = {p.visit: p for p in c.problem.published or ()}
    order = sorted(range(len(c.visits)), key=lambda v: hardness(c, v))
    for v in sorted(order, key=lambda v: (not c.visits[v].pinned, not c.visits[v].held)):
        if c.visits[v].held:
            insert(state, v)
    for v in order:
        if should_stop():
            return
        if not state.crew[v] and c.visits[v].code in published:
            move = kept_move(state, v, published[c.visits[v].code])
            if move is not None and move.cost < c.visits[v].unplaced:
                state.place(v, move)
    for v in order:
        if should_stop():
            return
        if not state.crew[v]:
            insert(state, v)


def hardness(c: Compiled, visit: int) -> tuple[int, ...]:
    """Sort key: pins and fixed starts, then pairs, then priority, then few options."""
    v, stop = c.visits[visit], c.stops[visit]
    starts = sum((b - a) // c.grid + 1 for ranges in stop.ranges for a, b in ranges)
    held = starts == 1 or v.pin_mask.bit_count() < len(c.workers)
    return (not held, -len(v.seats), v.rank, v.options, visit)


def insert(state: State, visit: int, jitter: Jitter = NO_JITTER) -> bool:
    """Put a visit in its best place if it is pinned or that is cheaper than leaving it out."""
    v = state.c.visits[visit]
    move = best_move(state, visit, jitter)
    if move is None or (move.cost >= v.unplaced and not v.held):
        return False
    state.place(visit, move)
    return True


def kept_move(state: State, visit: int, published: Placement, *, slide: bool = True) -> Move | None:
    """The move that puts a visit back where it was published, None if that is impossible now.

    With `slide` a single visit may move within its cheapest starts (as a rule the published half
    hour); else every start is kept to the minute.
    """
    c, v, day = state.c, state.c.visits[visit], published.day
    index = {worker.code: w for w, worker in enumerate(c.workers)}
    if len(published.workers) != len(v.seats) or not set(published.workers) <= index.keys():
        return None
    how = FROZEN + published.start
    if slide and not v.frozen:
        how = WIDE if c.stops[visit].narrow[day] is None else NARROW
    if not state.allowed_day(visit, day) or (
        v.frozen and not state.free_at(visit, day, published.start)
    ):
        return None
    lanes, positions, mask = [], [], 0
    for seat, code in zip(v.seats, published.workers, strict=True):
        worker = index[code]
        found = _cheapest(state, visit, day, worker, how) if seat >> worker & 1 else None
        if found is None or not state.has_room(visit, worker, day):
            return None
        lanes.append(found[0])
        positions.append(found[1])
        mask |= 1 << worker
    if mask & ~v.pin_mask or not state.bearable(visit, mask):
        return None
    return fitting(state, visit, Move(0, day, token(visit, how), tuple(lanes), tuple(positions)))


def fitting(state: State, visit: int, move: Move) -> Move | None:
    """The move with its true cost, None if the crew, a lane or the day's reserve refuses it."""
    c, v = state.c, state.c.visits[visit]
    workers = tuple(c.lanes[n].worker for n in move.lanes)
    if len(set(workers)) < len(workers) or seated(c, v, workers) is None:
        return None
    trial = state.copy()
    for number, position in zip(move.lanes, move.positions, strict=True):
        tokens = state.routes[number].tokens
        if state.book.route(number, (*tokens[:position], move.token, *tokens[position:])) is None:
            return None
    trial.place(visit, move)
    if trial.used[move.day] > c.capacity[move.day]:
        return None
    return move._replace(cost=trial.cost - state.cost + v.unplaced)


def _cheapest(state: State, visit: int, day: int, worker: int, how: int) -> tuple[int, int] | None:
    """(lane, position) of the cheapest gap for a worker on a day, held in a certain way."""
    c, best = state.c, None
    for number in c.visits[visit].lanes[day]:
        if c.lanes[number].worker != worker:
            continue
        route = state.routes[number]
        allowed = ranges_of(c, token(visit, how), day)
        inside: list[Gap]
        if how >= FROZEN:
            start = how - FROZEN
            inside = [g for g in gaps_of(state, route, visit) if g[2] <= start <= g[3]]
        else:
            inside = route.gaps(c, visit, allowed)
        for gap in inside:
            if best is None or gap < best[0]:
                best = (gap, number)
    return (best[1], best[0][1]) if best else None
