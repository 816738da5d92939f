"""The compiled problem as one flat array of integers, `T`, which the kernel reads.

`scheduling.engine.layout` names every position.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate

from scheduling.engine import layout as at
from scheduling.engine.compiled import Compiled, Ranges
from scheduling.engine.estimates import capacity_of_lanes, hardness
from scheduling.engine.kernel import Array, array_of
from scheduling.engine.wishes import crew_prices, wishes_met

# -ln(u) in thousandths at the middles of 1024 equal parts of (0, 1): exponential draws in integers
EXPONENTIAL = tuple(round(-1000 * math.log((i + 0.5) / 1024)) for i in range(1024))


def tables_of(c: Compiled) -> Array:
    """The array T of a compiled problem."""
    maker = _Maker(c, [0] * at.HEADER)
    maker.numbers()
    maker.lanes()
    maker.stops()
    maker.visits()
    maker.crews()
    maker.people()
    maker.rooms()
    maker.choices()
    return array_of(maker.cells)


def with_choices(t: Array, c: Compiled) -> Array:
    """The same with the lanes that the static chain left to each visit."""
    maker = _Maker(c, [int(cell) for cell in t])
    maker.choices()
    return array_of(maker.cells)


def cells(n: int) -> range:
    """Offsets of n cells."""
    return range(n)


class _Maker:
    def __init__(self, c: Compiled, cells: list[int]) -> None:
        self.c, self.cells = c, cells
        self._lists: dict[tuple[int, ...], int] = {}
        self.cap = capacity_of_lanes(c)

    def put(self, name: int, values: Iterable[int]) -> None:
        """A block of T."""
        self.cells[name] = len(self.cells)
        self.cells.extend(values)

    def share(self, values: Sequence[int]) -> int:
        """Where these cells stand; equal ones stand once."""
        key = tuple(values)
        if key not in self._lists:
            self._lists[key] = len(self.cells)
            self.cells.extend(key)
        return self._lists[key]

    def listed(self, values: Sequence[int]) -> int:
        """Where a list stands: its length, then its values."""
        return self.share((len(values), *values))

    def ranges(self, ranges: Ranges) -> int:
        """Where a list of ranges stands."""
        return self.share((len(ranges), *(end for pair in ranges for end in pair)))

    def numbers(self) -> None:
        """Counts, weights and the sizes that follow from them."""
        c, weights = self.c, self.c.problem.weights
        put = {
            at.VISITS: len(c.visits), at.CALLS: c.calls, at.STOPS: len(c.stops),
            at.LANES: len(c.lanes), at.WORKERS: len(c.workers), at.DAYS: c.days,
            at.PLACES: len(c.places), at.TENANTS: len(c.tenants), at.SHARED: len(c.shared),
            at.GRID: c.grid, at.LUNCH_FROM: c.lunch[0], at.LUNCH_TO: c.lunch[1],
            at.LUNCH: c.lunch[2], at.CAP: self.cap, at.STRIDE: self.cap + 2,
            at.WAY_WEIGHT: weights.travel, at.WAIT_WEIGHT: weights.waiting,
            at.ROTATION_WEIGHT: weights.rotation, at.OVERLOAD_WEIGHT: weights.overload,
            at.LATEST_WEIGHT: weights.largest_lateness,
            at.LIMIT_PRICE: _price(weights.limit), at.VISITING_PRICE: _price(weights.visiting),
            at.RESERVE_PRICE: _price(weights.reserve), at.DISTINCT_PRICE: _price(weights.distinct),
            at.SPACING_PRICE: _price(weights.spacing), at.TIED: int(bool(c.problem.reserve)),
            at.MOST_SEATS: max((len(v.seats) for v in c.visits), default=1),
        }  # fmt: skip
        for name, value in put.items():
            self.cells[name] = value

    def lanes(self) -> None:
        """Lanes and the ways of their modes."""
        lanes = self.c.lanes
        ways = {}
        for lane in lanes:
            if id(lane.travel) not in ways:
                ways[id(lane.travel)] = self.share([m for row in lane.travel for m in row])
        self.put(at.LANE_WORKER, (lane.worker for lane in lanes))
        self.put(at.LANE_DAY, (lane.day for lane in lanes))
        self.put(at.LANE_START, (lane.start for lane in lanes))
        self.put(at.LANE_END, (lane.end for lane in lanes))
        self.put(at.LANE_LUNCH, (int(lane.lunch) for lane in lanes))
        self.put(at.LANE_BASE, (lane.base for lane in lanes))
        self.put(at.LANE_WAYS, (ways[id(lane.travel)] for lane in lanes))
        self.put(at.LANE_BUSY, (lane.busy[0] if lane.busy else 0 for lane in lanes))
        self.put(at.LANE_BUSIES, (len(lane.busy) for lane in lanes))

    def stops(self) -> None:
        """Minutes, places, allowed starts and what they cost."""
        c, stops = self.c, self.c.stops
        ranges = [self.ranges(r) for stop in stops for r in stop.ranges]
        narrow = [0 if r is None else self.ranges(r) for stop in stops for r in stop.narrow]
        costs = [0 if t is None else self.share(t) for stop in stops for t in stop.start_cost]
        self.put(at.STOP_MINUTES, (stop.minutes for stop in stops))
        self.put(at.STOP_FROM, (stop.origin for stop in stops))
        self.put(at.STOP_TO, (stop.goal for stop in stops))
        self.put(at.STOP_VISIT, (stop.visit for stop in stops))
        self.put(at.STOP_UNTIL, (stop.until for stop in stops))
        self.put(at.STOP_RANGES, ranges)
        self.put(at.STOP_NARROW, narrow)
        self.put(at.STOP_COST, costs)
        priced = []
        for stop in stops:
            single = stop.visit != at.OUT and not c.visits[stop.visit].frozen
            factor = single and bool(c.visits[stop.visit].factor)
            priced += [int(single and (factor or t is not None)) for t in stop.start_cost]
        self.put(at.STOP_PRICED, priced)
        self.put(at.CALL_LEAST, (stop.least for stop in stops[: c.calls]))
        self.put(at.CALL_MOST, (stop.most for stop in stops[: c.calls]))

    def visits(self) -> None:
        """What concerns a visit as a whole."""
        c, visits = self.c, self.c.visits
        self.put(at.VISIT_CALL, (0, *accumulate(len(v.seats) for v in visits)))
        self.put(at.VISIT_TENANT, (v.tenant for v in visits))
        self.put(at.VISIT_OUT, (v.unplaced for v in visits))
        self.put(at.VISIT_RANK, (v.rank for v in visits))
        self.put(at.VISIT_FROZEN, (int(v.frozen) for v in visits))
        self.put(at.VISIT_ALIKE, (int(v.alike) for v in visits))
        self.put(at.VISIT_HELD, (int(v.held) for v in visits))
        self.put(at.VISIT_PINNED, (int(v.pinned) for v in visits))
        self.put(at.VISIT_LEARNERS, (v.learners for v in visits))
        self.put(at.VISIT_GAP, (v.gap for v in visits))
        self.put(at.VISIT_SPACED, (int(v.spaced) for v in visits))
        self.put(at.VISIT_LIMITED, (int(v.limited) for v in visits))
        shared = [self.listed(v.shared) for v in visits]
        factor = [
            self.share(v.factor[day]) if v.factor else 0 for v in visits for day in cells(c.days)
        ]
        self.put(at.VISIT_SHARED, shared)
        self.put(at.VISIT_FACTOR, factor)
        index = {worker.code: w for w, worker in enumerate(c.workers)}
        published = {p.visit: p for p in c.problem.published or ()}
        days, were, workers, starts = [], [], [], []
        for v in visits:
            was = published.get(v.code)
            days.append(at.OUT if was is None else was.day)
            were.append(0 if was is None else len(set(was.workers)))
            for i in cells(len(v.seats)):
                known = was is not None and len(was.workers) == len(v.seats)
                offset = was.offsets[i] if was and known and was.offsets else 0
                workers.append(index.get(was.workers[i], at.OUT) if was and known else at.OUT)
                starts.append(was.start + offset if was else 0)
        self.put(at.VISIT_WAS_DAY, days)
        self.put(at.VISIT_WERE, were)
        self.put(at.CALL_WAS_WORKER, workers)
        self.put(at.CALL_WAS_START, starts)

    def crews(self) -> None:
        """Who may take which seat, and what a crew costs, from the wishes its workers meet."""
        c = self.c
        tenants = {tenant.code: tenant for tenant in c.problem.tenants}
        team = {worker.code: worker for worker in c.problem.workers}
        people = [team[worker.code] for worker in c.workers]
        self.put(
            at.CALL_OK,
            ((seat & v.pin_mask) >> w & 1
             for v in c.visits for seat in v.seats for w in cells(len(people))),
        )  # fmt: skip
        bits: list[int] = []
        extra: list[int] = []
        crews: list[int] = []
        met: dict[str, list[int]] = {}
        prices: dict[str, list[int]] = {}
        for v in c.visits:
            tenant = tenants[v.tenant_code]
            if tenant.code not in met:
                met[tenant.code] = [wishes_met(tenant, worker) for worker in people]
                prices[tenant.code] = crew_prices(c.problem, tenant)
            bits += [
                m | at.WAS * (v.published_mask >> w & 1) for w, m in enumerate(met[tenant.code])
            ]
            unwanted = set(tenant.unwanted)
            price = c.problem.weights.unwanted
            extra += [price * (worker.code in unwanted) for worker in people]
            crews += prices[tenant.code]
        self.put(at.VISIT_BITS, bits)
        self.put(at.VISIT_EXTRA, extra)
        self.put(at.VISIT_CREW, crews)

    def people(self) -> None:
        """Workers' limits, tenants' visits and whom they met."""
        c = self.c
        count = len(c.workers)
        self.put(at.WORKER_ALONE, (c.alone >> w & 1 for w in cells(count)))
        self.put(at.WORKER_SECOND, (c.seconds >> w & 1 for w in cells(count)))
        self.put(at.WORKER_VISITS, (w.max_visits for w in c.workers))
        self.put(at.WORKER_LIMIT, (w.visiting_limit for w in c.workers))
        self.put(at.WORKER_OVER, (w.overload_after for w in c.workers))
        self.put(at.WORKER_CARRIED, (w.carried for w in c.workers))
        visits = [self.listed(t.visits) for t in c.tenants]
        self.put(at.TENANT_VISITS, visits)
        self.put(at.TENANT_DISTINCT, (t.distinct if t.visits else 0 for t in c.tenants))
        self.put(at.TENANT_CAP, (t.cap for t in c.tenants))
        self.put(at.TENANT_KNOWN, (t.strangers + t.seen.bit_count() for t in c.tenants))
        self.put(at.TENANT_SEEN, (t.seen >> w & 1 for t in c.tenants for w in cells(count)))

    def rooms(self) -> None:
        """What is shared, the reserve, the draws of the generator, and the plan of S and W."""
        c = self.c
        users = [
            self.listed([v for v, visit in enumerate(c.visits) if r in visit.shared])
            for r in cells(len(c.shared))
        ]
        self.put(at.SHARED_COUNT, c.shared)
        self.put(at.SHARED_VISITS, users)
        self.put(at.CAPACITY, c.capacity)
        self.put(at.EXPONENTIAL, EXPONENTIAL)
        visits, slots = len(c.visits), len(c.lanes) + 1
        rows = slots * (self.cap + 2)
        teams = len(c.tenants) * len(c.workers)
        self._plan(at.S_HEADER, at.S_SIZE, {
            at.S_DAY: visits, at.S_LANE: c.calls, at.S_AT: c.calls, at.S_PLACE: c.calls,
            at.S_LEN: slots, at.S_WAY: slots, at.S_COST: slots, at.S_MINUTES: slots,
            at.S_VERSION: slots,
            at.S_VISITS: slots, at.S_PRICED: slots, at.S_LATE: slots, at.S_SEQ: rows,
            at.S_HOW: rows, at.S_TIME: rows, at.S_LEG: rows, at.S_C0: rows, at.S_C1: rows,
            at.S_L0: rows, at.S_L1: rows, at.S_LOAD: len(c.workers),
            at.S_COUNT: len(c.workers) * c.days, at.S_USED: c.days, at.S_BUSYDAY: c.days,
            at.S_MET: teams, at.S_NMET: len(c.tenants),
        })  # fmt: skip

    def choices(self) -> None:
        """The lanes left to each visit, the order of construction, and the plan of W."""
        c, visits, slots = self.c, self.c.visits, len(self.c.lanes) + 1
        few = len(visits)
        lanes = [self.listed(found) for v in visits for found in v.lanes]
        self.put(at.VISIT_LANES, lanes)
        self.put(at.VISIT_OPTIONS, (v.options for v in visits))
        order = sorted(cells(len(visits)), key=lambda v: hardness(c, v))
        self.put(at.ORDER, order)
        self.put(at.RANK, sorted(cells(len(visits)), key=order.__getitem__))
        pieces = max((len(r) for stop in c.stops for r in stop.ranges), default=1)
        today = max((len(found) for v in c.visits for found in v.lanes), default=1)
        spans = today * (self.cap + 1) * 3 * max(1, pieces)
        seats = max((len(v.seats) for v in c.visits), default=1)
        move = 2 + 3 * seats
        self._plan(0, at.W_SIZE, {
            at.W_SPANS: spans * at.SPAN * seats, at.W_SPAN_OF: 2 * seats,
            at.W_STARTS: 2 * spans * seats * 2, at.W_BEST: 4 * seats * len(c.workers),
            at.W_CAND: seats * (at.MOST_PER_SEAT + 2), at.W_MOVE: move, at.W_TRY: move,
            at.W_LIST: 4 * few + 2, at.W_KEY: 2 * few + 2 + slots, at.W_MARK: few + slots,
            at.W_REMOVED: few + 2, at.W_KEEP: 2 * seats,
        })  # fmt: skip

    def _plan(self, first: int, size: int, blocks: dict[int, int]) -> None:
        """Blocks of another array, one after the other."""
        for name, length in blocks.items():
            self.cells[name] = first
            first += length
        self.cells[size] = first


def _price(weight: int | None) -> int:
    return at.HARD if weight is None else weight
