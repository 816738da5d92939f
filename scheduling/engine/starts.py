"""When a visit may start on each day, and what each start costs."""

from itertools import zip_longest

from scheduling.contradictions import slot_of
from scheduling.engine.compiled import Ranges
from scheduling.problem import After, Pin, Placement, Problem, Tenant, Visit
from scheduling.windows import Interval, contains, union

DAY = 1440


def start_ranges(
    problem: Problem, visit: Visit, tenant: Tenant, pin: Pin | None, seat: int = 0
) -> list[Ranges]:
    """Per day the starts of a seat that windows, `fixed`, pin and `now` leave, lanes aside.

    Appointment, pin and `now` are asked of the first seat, which the others follow.
    """
    day, start = slot_of(pin, visit)
    minutes = seat_minutes(visit, seat)
    least, most = visit.seats[seat].after or After(0, 0)
    arranged = pin is not None and pin.day is not None and pin.start is not None
    result: list[Ranges] = []
    for d in range(problem.days):
        if day is not None and d != day:
            result.append(())
            continue
        held = () if start is None else ((start + least, start + most),)
        if visit.fixed is not None or arranged:
            ranges: Ranges = held
        else:
            ranges = _inside(tenant.windows[d], minutes)
            if visit.windows is not None:
                ranges = _both(ranges, _inside(visit.windows[d], minutes))
            if start is not None:
                ranges = _both(ranges, held)
        if problem.now is not None and not arranged:
            first = -(-max(0, problem.now - d * DAY) // problem.grid) * problem.grid
            ranges = _both(ranges, ((first + least, problem.day_end),))
        result.append(_both(ranges, ((0, problem.day_end - minutes),)))
    return result


def seat_minutes(visit: Visit, seat: int) -> int:
    """How long a seat's worker stays."""
    own = visit.seats[seat].minutes
    return visit.minutes if own is None else own


def start_costs(
    problem: Problem, visit: Visit, tenant: Tenant, published: Placement | None, seat: int = 0
) -> list[tuple[int, ...] | None]:
    """Per day the cost of each start of a seat on the grid; None where every start is free."""
    tables: list[tuple[int, ...] | None] = []
    free = visit.preferred is None and visit.preferred_until is None and published is None
    for d in range(problem.days):
        near = _near_last_contact(problem, visit, tenant, d) if seat == 0 else 0
        if free and not near:
            tables.append(None)
            continue
        slots = _slot_costs(problem, visit, seat, d)
        moved = _moved(problem, visit, published, d) if published and seat == 0 else ()
        table = tuple(near + a + b for a, b in zip_longest(slots, moved, fillvalue=0))
        tables.append(table if any(table) else None)
    return tables


def _near_last_contact(problem: Problem, visit: Visit, tenant: Tenant, day: int) -> int:
    """What the days missing since the last contact cost, where spacing is soft."""
    price = problem.weights.spacing
    if price is None or tenant.last_contact is None or visit.exempt_from_spacing:
        return 0
    return price * max(0, visit.gap_days - (day - tenant.last_contact))


def change_factors(
    problem: Problem, visit: Visit, published: Placement | None
) -> tuple[tuple[int, ...], ...]:
    """Per day and start on the grid: what each worker lost against the published plan costs."""
    if published is None:
        return ()
    price = problem.weights.change_worker
    return tuple(
        tuple(price * factor for factor in _factors(problem, visit, published, d))
        for d in range(problem.days)
    )


def cancelling(problem: Problem, visit: Visit, published: Placement) -> int:
    """What leaving out a published visit costs, beside its own price."""
    factor = _factor(problem, visit, published, published.day, published.start)
    return factor * problem.weights.change_cancelled


def narrowed(ranges: Ranges, table: tuple[int, ...] | None, grid: int) -> Ranges | None:
    """The cheapest of the allowed starts; None if all cost the same."""
    if table is None:
        return None
    starts = [s for low, high in ranges for s in range(low, high + 1, grid)]
    if not starts:
        return None
    least = min(table[s // grid] for s in starts)
    cheap = [s for s in starts if table[s // grid] == least]
    if len(cheap) == len(starts):
        return None
    allowed = set(starts)
    narrow: list[tuple[int, int]] = []
    for s in cheap:
        if narrow and s == narrow[-1][1] + grid and s - grid in allowed:
            narrow[-1] = (narrow[-1][0], s)
        else:
            narrow.append((s, s))
    return tuple(narrow)


def _inside(windows: tuple[Interval, ...], minutes: int) -> Ranges:
    return tuple((a, b - minutes) for a, b in union(windows) if b - a >= minutes)


def _both(left: Ranges, right: Ranges) -> Ranges:
    spans = ((max(a, c), min(b, d)) for a, b in left for c, d in right)
    return tuple(sorted((a, b) for a, b in spans if a <= b))


def _slot_costs(problem: Problem, visit: Visit, seat: int, day: int) -> list[int]:
    """Per start on the grid: outside the preferred hours, and later than preferred."""
    weights, starts = problem.weights, _grid(problem)
    costs = [0] * len(starts)
    if seat == 0 and visit.preferred is not None and any(visit.preferred):
        minutes, hours = seat_minutes(visit, 0), union(visit.preferred[day])
        costs = [
            0 if contains(hours, Interval(s, s + minutes)) else weights.preferred_slot
            for s in starts
        ]
    until = visit.preferred_until
    if until is not None:
        late = (weights.lateness * max(0, s - until) for s in starts)
        costs = [cost + more for cost, more in zip(costs, late, strict=True)]
    return costs


def _grid(problem: Problem) -> range:
    """The starts that have a price."""
    return range(0, problem.day_end + 1, problem.grid)


def _factors(problem: Problem, visit: Visit, published: Placement, day: int) -> list[int]:
    """`_factor` of each start on the grid: it falls once at most, so mostly it is one number."""
    starts = _grid(problem)
    first, last = (_factor(problem, visit, published, day, s) for s in (starts[0], starts[-1]))
    if first == last:
        return [first] * len(starts)
    return [_factor(problem, visit, published, day, s) for s in starts]


def _factor(problem: Problem, visit: Visit, published: Placement, day: int, start: int) -> int:
    weights = problem.weights
    factor = weights.promised_factor if visit.promised else 1
    if problem.now is not None:
        first = min(published.day * DAY + published.start, day * DAY + start)
        if first < problem.now + DAY:
            factor *= weights.soon_factor
    return factor


def _moved(problem: Problem, visit: Visit, published: Placement, day: int) -> list[int]:
    """Per start on the grid: another day than was published, or another time of it."""
    weights, factors = problem.weights, _factors(problem, visit, published, day)
    if published.day != day:
        return [weights.change_day * factor for factor in factors]
    return [
        weights.change_time * factor if abs(published.start - s) > 30 else 0
        for s, factor in zip(_grid(problem), factors, strict=True)
    ]
