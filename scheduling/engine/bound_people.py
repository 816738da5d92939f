"""Rows about workers and tenants' teams: rotation, caps, limits of day and week, reserve."""

from math import gcd

from scheduling.engine import layout as at
from scheduling.engine.bound_hours import pattern_rows
from scheduling.engine.bound_rows import Rows


def people_rows(rows: Rows) -> None:
    """Add the rows of every tenant, worker and day."""
    t = rows.t
    for tenant in range(t[at.TENANTS]):
        _met(rows, tenant)
    for worker in range(t[at.WORKERS]):
        _week(rows, worker)
        for day in range(t[at.DAYS]):
            _day(rows, worker, day)
    if t[at.TIED]:
        for day in range(t[at.DAYS]):
            _reserve(rows, day)


def _met(rows: Rows, tenant: int) -> None:
    """Different workers a tenant meets: those still missing cost, and there may be a cap."""
    t = rows.t
    visits = rows.listed(rows.number(at.TENANT_VISITS, tenant))
    calls = [call for v in visits for call in rows.calls(v)]
    known = rows.number(at.TENANT_KNOWN, tenant)
    missing = max(0, rows.number(at.TENANT_DISTINCT, tenant) - known)
    room = max(0, rows.number(at.TENANT_CAP, tenant) - known)
    price, soft = int(t[at.ROTATION_WEIGHT]), int(t[at.DISTINCT_PRICE])
    fresh = {
        worker: [place for call in calls for place in rows.at(call, worker=worker)]
        for worker in range(t[at.WORKERS])
        if not rows.number(at.TENANT_SEEN, tenant * t[at.WORKERS] + worker)
    }
    fresh = {worker: places for worker, places in fresh.items() if places}
    short = rows.row(missing, None) if missing and price else -1
    capped = room < len(calls) and bool(fresh)
    above = rows.row(None, room) if capped and soft != 0 else -1
    if short >= 0:
        rows.helper(price, missing, [(short, 1)])
    if above >= 0 and soft > 0:
        rows.helper(soft, len(calls), [(above, -1)])
    beyond = known - rows.number(at.TENANT_CAP, tenant)
    if soft > 0 and beyond > 0:
        _any_new(rows, visits, list(fresh.values()), soft * beyond)
    if short < 0 and above < 0:
        return
    for places in fresh.values():
        if len(visits) == 1:
            for row in (short, above):
                if row >= 0:
                    rows.put(row, places, 1)
            continue
        terms = [(row, 1) for row in (short, above) if row >= 0]
        if short >= 0:
            row = rows.row(0, None)
            rows.put(row, places, 1)
            terms.append((row, -1))
        if above >= 0:
            terms += [(row, -1) for row in _each(rows, visits, places)]
        rows.helper(0, 1, terms)


def _any_new(rows: Rows, visits: list[int], fresh: list[list[tuple[int, int]]], price: int) -> None:
    """Those met before are above the soft cap too, as soon as anybody new comes."""
    terms = [(row, -1) for places in fresh for row in _each(rows, visits, places)]
    if terms:
        rows.helper(price, 1, terms)


def _each(rows: Rows, visits: list[int], places: list[tuple[int, int]]) -> list[int]:
    """A row per visit that a worker may be placed with: then the worker is met."""
    found = []
    mine = set(places)
    for v in visits:
        of_visit = [p for call in rows.calls(v) for p in rows.at(call) if p in mine]
        if of_visit:
            row = rows.row(None, 0)
            rows.put(row, of_visit, 1)
            found.append(row)
    return found


def _week(rows: Rows, worker: int) -> None:
    """Overload, and the cap of a week's minutes of visits."""
    t = rows.t
    places = {
        place: rows.minutes(call)
        for call in range(t[at.CALLS])
        for place in rows.at(call, worker=worker)
    }
    if not places:
        _idle(rows, worker)
        return
    # a visit stands in several lanes, but is placed once
    by_call = {rows.views[lane].calls[node]: m for (lane, node), m in places.items()}
    by_visit: dict[int, int] = {}
    for call, minutes in by_call.items():
        v = rows.number(at.STOP_VISIT, call)
        by_visit[v] = max(by_visit.get(v, 0), minutes)
    total = sum(by_visit.values())
    limit, soft = rows.number(at.WORKER_LIMIT, worker), int(t[at.VISITING_PRICE])
    if total > limit and soft != 0:
        row = rows.row(None, limit)
        for place, minutes in places.items():
            rows.put(row, [place], minutes)
        if soft > 0:
            rows.helper(soft, total, [(row, -1)])
        else:
            pattern_rows(rows, _by_length(rows, places), limit)
    after, carried = rows.number(at.WORKER_OVER, worker), rows.number(at.WORKER_CARRIED, worker)
    weight = int(t[at.OVERLOAD_WEIGHT])
    if not weight or after >= at.NO_LIMIT or carried + total <= after:
        return
    step = gcd(*by_call.values())
    rounded = max(weight * (carried - after + k * step) % 5 for k in range(5))
    row = rows.row(None, weight * (after - carried) + rounded)
    for place, minutes in places.items():
        rows.put(row, [place], weight * minutes)
    rows.helper(1, max(0, weight * (carried + total - after) // 5) + 1, [(row, -5)])


def _by_length(
    rows: Rows, places: dict[tuple[int, int], int]
) -> dict[int, dict[int, list[tuple[int, int]]]]:
    """Where a worker may have each visit, by how long."""
    found: dict[int, dict[int, list[tuple[int, int]]]] = {}
    for (lane, node), minutes in places.items():
        v = rows.number(at.STOP_VISIT, rows.views[lane].calls[node])
        found.setdefault(v, {}).setdefault(minutes, []).append((lane, node))
    return found


def _idle(rows: Rows, worker: int) -> None:
    """Whoever can be given nothing may be overloaded by what earlier weeks left."""
    over = rows.number(at.WORKER_CARRIED, worker) - rows.number(at.WORKER_OVER, worker)
    rows.constant += int(rows.t[at.OVERLOAD_WEIGHT]) * max(0, over) // 5


def _day(rows: Rows, worker: int, day: int) -> None:
    """Visits of a worker on a day of several lanes, or of any day where the limit is soft."""
    t = rows.t
    soft, most = int(t[at.LIMIT_PRICE]), rows.number(at.WORKER_VISITS, worker)
    lanes = {i for i, view in enumerate(rows.views) if (view.worker, view.day) == (worker, day)}
    places = [
        (lane, node)
        for lane in sorted(lanes)
        for node, call in enumerate(rows.views[lane].calls)
        if rows.number(at.VISIT_LIMITED, rows.number(at.STOP_VISIT, call))
    ]
    if soft == 0 or len(places) <= most or (soft == at.HARD and len(lanes) < 2):
        return
    row = rows.row(None, most)
    rows.put(row, places, 1)
    if soft > 0:
        rows.helper(soft, len(places), [(row, -1)])


def _reserve(rows: Rows, day: int) -> None:
    """Minutes of the team's day that visits and ways may fill."""
    t = rows.t
    room, soft = max(0, rows.number(at.CAPACITY, day)), int(t[at.RESERVE_PRICE])
    if room >= at.NO_LIMIT or soft == 0:
        return
    row, most = rows.row(None, room), 0
    for lane, view in enumerate(rows.views):
        if view.day == day:
            rows.ways[lane].append(row)
            most += view.slots * int(t[at.GRID])
            for node, call in enumerate(view.calls):
                rows.put(row, [(lane, node)], rows.minutes(call))
    if soft > 0:
        rows.helper(soft, most, [(row, -1)])
