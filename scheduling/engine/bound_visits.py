"""Rows about visits: placed once or left out, all seats on one day, crews, spacing."""

from itertools import combinations

from scheduling.engine import layout as at
from scheduling.engine.bound_rows import Rows

FORBIDDEN = 20_000
"""Points more for leaving out a visit that is held to be placed: the program is never empty."""


def visit_rows(rows: Rows) -> None:
    """Add the rows of every visit and of every tenant's visits together."""
    t = rows.t
    for v in range(t[at.VISITS]):
        row = rows.row(1, 1)
        rows.put(row, rows.at(rows.calls(v)[0]), 1)
        out = rows.number(at.VISIT_OUT, v)
        rows.left_out.append(rows.helper(out, 1, [(row, 1)]))
        rows.helper(out + FORBIDDEN, 1, [(row, 1)])
        if len(rows.calls(v)) > 1:
            _seats(rows, v)
            _crew(rows, v)
            _wishes(rows, v)
    for tenant in range(t[at.TENANTS]):
        _spacing(rows, tenant)
    if t[at.LATEST_WEIGHT]:
        _largest_lateness(rows)


def _days(rows: Rows, v: int) -> list[int]:
    return sorted({rows.views[lane].day for call in rows.calls(v) for lane, _ in rows.at(call)})


def _seats(rows: Rows, v: int) -> None:
    """Each other seat on the first seat's day, and nobody in two seats.

    Who can take several seats takes at most one where the visit is placed: without that row a
    pair would be half placed with one worker who sits now here, now there.
    """
    first, *others = rows.calls(v)
    for day in _days(rows, v):
        for call in others:
            row = rows.row(0, 0)
            rows.put(row, rows.at(call, day=day), 1)
            rows.put(row, rows.at(first, day=day), -1)
        several: dict[int, int] = {}
        for call in rows.calls(v):
            for worker in {rows.views[lane].worker for lane, _ in rows.at(call, day=day)}:
                several[worker] = several.get(worker, 0) + 1
        for worker in sorted(w for w, seats in several.items() if seats > 1):
            row = rows.row(None, 0)
            for call in rows.calls(v):
                rows.put(row, rows.at(call, day=day, worker=worker), 1)
            rows.put(row, rows.at(first, day=day), -1)


def _crew(rows: Rows, v: int) -> None:
    """Somebody who may go alone, and no more learners than allowed."""
    t, calls = rows.t, rows.calls(v)
    places = [place for call in calls for place in rows.at(call)]

    def among(block: int, wanted: int) -> list[tuple[int, int]]:
        return [p for p in places if rows.number(block, rows.views[p[0]].worker) == wanted]

    if among(at.WORKER_ALONE, 0):
        row = rows.row(0, None)
        rows.put(row, among(at.WORKER_ALONE, 1), 1)
        rows.put(row, rows.at(calls[0]), -1)
    learners = int(t[t[at.VISIT_LEARNERS] + v])
    if among(at.WORKER_SECOND, 0) and learners < len(calls):
        row = rows.row(None, 0)
        rows.put(row, among(at.WORKER_SECOND, 0), 1)
        if learners:
            rows.put(row, rows.at(calls[0]), -learners)


def _wishes(rows: Rows, v: int) -> None:
    """What a crew pays for each wish that nobody in it meets."""
    crew = [rows.number(at.VISIT_CREW, v * at.WISHES + bits) for bits in range(at.WISHES)]
    prices = {1: crew[2] - crew[3], 3: crew[0] - crew[2]}
    prices |= {1 << i: crew[0] - crew[1 << i] for i in range(2, 6)}
    workers = rows.t[at.WORKERS]
    for bits, price in prices.items():
        if price <= 0:
            continue
        row = rows.row(0, None)
        rows.put(row, rows.at(rows.calls(v)[0]), -1)
        for call in rows.calls(v):
            for lane, node in rows.at(call):
                worker = rows.views[lane].worker
                if rows.number(at.VISIT_BITS, v * workers + worker) & bits:
                    rows.put(row, [(lane, node)], 1)
        rows.helper(price, 1, [(row, 1)])


def _spacing(rows: Rows, tenant: int) -> None:
    """At most one of the visits that are too close, within each stretch of days."""
    t = rows.t
    visits = [
        v for v in rows.listed(rows.number(at.TENANT_VISITS, tenant))
        if rows.number(at.VISIT_SPACED, v)
    ]  # fmt: skip
    gap = {v: rows.number(at.VISIT_GAP, v) for v in visits}
    if t[at.SPACING_PRICE] != at.HARD:
        _soft_spacing(rows, visits, gap)
        return
    for least in sorted({gap[v] for v in visits} - {0}):
        wide = [v for v in visits if gap[v] >= least]
        narrow = [v for v in visits if gap[v] < least]
        groups = [[*wide, v] for v in narrow] if narrow else [wide]
        for group in groups:
            if len(group) > 1:
                for day in range(max(1, t[at.DAYS] - least + 1)):
                    _one_of(rows, group, range(day, min(t[at.DAYS], day + least)))


def _one_of(rows: Rows, group: list[int], days: range) -> None:
    places = {v: _placed(rows, v, days) for v in group}
    if sum(bool(mine) for mine in places.values()) > 1:
        row = rows.row(None, 1)
        for mine in places.values():
            rows.put(row, mine, 1)


def _placed(rows: Rows, v: int, days: range) -> list[tuple[int, int]]:
    return [place for day in days for place in rows.at(rows.calls(v)[0], day=day)]


def _soft_spacing(rows: Rows, visits: list[int], gap: dict[int, int]) -> None:
    """Each day missing between two visits: a payment per stretch of days that holds both."""
    price = int(rows.t[at.SPACING_PRICE])
    if not price:
        return
    for one, two in combinations(visits, 2):
        for length in range(1, max(gap[one], gap[two]) + 1):
            stretches = []
            for day in range(max(1, rows.t[at.DAYS] - length + 1)):
                days = range(day, min(rows.t[at.DAYS], day + length))
                mine, theirs = _placed(rows, one, days), _placed(rows, two, days)
                if mine and theirs:
                    row = rows.row(None, 1)
                    rows.put(row, mine + theirs, 1)
                    stretches.append((row, -1))
            if stretches:
                rows.helper(price, 1, stretches)


def _largest_lateness(rows: Rows) -> None:
    """The largest lateness is not below any call's."""
    t = rows.t
    late: list[tuple[int, int]] = []
    most = 0
    for call in range(t[at.CALLS]):
        until, row = rows.number(at.STOP_UNTIL, call), -1
        if until >= at.LATE:
            continue
        for lane, node in rows.at(call):
            view = rows.views[lane]
            for slot in view.starts[node]:
                minutes = view.start + slot * int(t[at.GRID]) - until
                if minutes > 0:
                    if row < 0:
                        row = rows.row(None, 0)
                        late.append((row, -1))
                    most = max(most, minutes)
                    rows.timed[lane][node].append((row, minutes, slot, slot))
    if late:
        rows.helper(int(t[at.LATEST_WEIGHT]), most, late)
