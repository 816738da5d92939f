"""Each lane as pricing sees it: its calls and busy times as nodes, all on the grid from its start.

Read from the kernel's tables (`layout`), so that search and bound look at the same problem. What a
round costs by itself, beside its minutes of way, is a price per node and start (`own`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from scheduling.engine import layout as at
from scheduling.engine.kernel import Array, array_of, compiled
from scheduling.engine.price_cells import (
    BITS,
    NEVER,
    P_BUSY,
    P_CALLS,
    P_DONE,
    P_DUE,
    P_FROM,
    P_HEADER,
    P_LAST,
    P_LATEST,
    P_LAYERS,
    P_LIMIT,
    P_LIMITED,
    P_LUNCH,
    P_MINUTES,
    P_NEXT,
    P_NODES,
    P_SLOTS,
    P_SOONEST,
    P_TO,
    P_VISIT,
    P_VISITS,
    P_WAYS,
    P_WORDS,
)  # fmt: skip

MOST_LAYERS = 8
"""A limit of a day's visits up to this many is looked at by the completions too."""


@dataclass(slots=True)
class LaneView:
    """One lane.

    `calls[i]`: the call of node i; `groups`: what a round holds once at most; `starts[i]`: slots at
    which it may begin; `own[i * (slots + 1) + slot]`: what that costs; `priced[i]`: that cost
    depends on the start. `busies`: (node, slot) of busy times. `p`: the flat description.
    """

    number: int
    worker: int
    day: int
    start: int
    slots: int
    calls: list[int]
    groups: list[int]
    starts: list[list[int]]
    own: Array
    p: Array
    detour: Array
    busies: list[tuple[int, int]] = field(default_factory=list)
    priced: list[bool] = field(default_factory=list)


def lane_views(t: Array, should_stop: Callable[[], bool] = lambda: False) -> list[LaneView] | None:
    """All lanes in which any call fits; None when stopped, ValueError if off the grid."""
    days, workers = t[at.DAYS], t[at.WORKERS]
    by_lane: dict[int, list[int]] = {}
    for v in range(t[at.VISITS]):
        calls = range(t[t[at.VISIT_CALL] + v], t[t[at.VISIT_CALL] + v + 1])
        for day in range(days):
            lanes = t[t[at.VISIT_LANES] + v * days + day]
            for i in range(t[lanes]):
                lane = int(t[lanes + 1 + i])
                worker = t[t[at.LANE_WORKER] + lane]
                for call in calls:
                    if t[t[at.CALL_OK] + call * workers + worker]:
                        by_lane.setdefault(lane, []).append(call)
    views = []
    for lane in sorted(by_lane):
        if should_stop():
            return None
        view = _view(t, lane, by_lane[lane])
        if view.calls:
            views.append(view)
    return views


def _view(t: Array, lane: int, calls: list[int]) -> LaneView:
    grid, day, days = int(t[at.GRID]), int(t[t[at.LANE_DAY] + lane]), t[at.DAYS]
    worker = int(t[t[at.LANE_WORKER] + lane])
    begin, end = int(t[t[at.LANE_START] + lane]), int(t[t[at.LANE_END] + lane])
    slots = _exact(end - begin, grid)
    allowed: dict[int, list[int]] = {}
    for call in calls:
        ranges, minutes = t[t[at.STOP_RANGES] + call * days + day], t[t[at.STOP_MINUTES] + call]
        found = []
        for i in range(t[ranges]):
            low = max(int(t[ranges + 1 + 2 * i]), begin)
            high = min(int(t[ranges + 2 + 2 * i]), end - int(minutes))
            low += (begin - low) % grid
            found += [_exact(s - begin, grid) for s in range(low, high + 1, grid)]
        if found:
            allowed[call] = found
    kept = sorted(allowed)
    first = int(t[t[at.LANE_BUSY] + lane])
    busies = list(range(first, first + int(t[t[at.LANE_BUSIES] + lane])))
    groups = sorted({group_of(t, call) for call in kept})
    view = LaneView(
        number=lane,
        worker=worker,
        day=day,
        start=begin,
        slots=slots,
        calls=kept,
        groups=groups,
        starts=[allowed[call] for call in kept],
        own=array_of(()),
        p=array_of(()),
        detour=array_of(()),
    )
    own = [own_price(t, view, i, s) for i in range(len(kept)) for s in range(slots + 1)]
    view.own = array_of(own + [0] * (len(busies) * (slots + 1)))
    for i in range(len(kept)):
        row = own[i * (slots + 1) : (i + 1) * (slots + 1)]
        view.priced.append(len({row[s] for s in view.starts[i]}) > 1)
    view.p = _describe(t, view, busies)
    view.detour = array_of([0] * len(kept))
    detours(view.p, view.detour)
    return view


def group_of(t: Array, call: int) -> int:
    """What a round holds once at most: a tenant's visits of different days, else a visit."""
    v = int(t[t[at.STOP_VISIT] + call])
    if t[at.SPACING_PRICE] == at.HARD and t[t[at.VISIT_SPACED] + v] and t[t[at.VISIT_GAP] + v]:
        return int(t[at.VISITS]) + int(t[t[at.VISIT_TENANT] + v])
    return v


def own_price(t: Array, view: LaneView, node: int, slot: int) -> int:
    """What a call's start costs by itself: hours, lateness, the published plan, a crew of one."""
    call, days, workers = view.calls[node], t[at.DAYS], t[at.WORKERS]
    v = t[t[at.STOP_VISIT] + call]
    start = view.start + slot * int(t[at.GRID])
    table = t[t[at.STOP_COST] + call * days + view.day]
    cost = int(t[table + start // t[at.GRID]]) if table else 0
    cost += int(t[t[at.VISIT_EXTRA] + v * workers + view.worker])
    bits = int(t[t[at.VISIT_BITS] + v * workers + view.worker])
    first = t[t[at.VISIT_CALL] + v]
    if t[t[at.VISIT_CALL] + v + 1] - first == 1:
        cost += int(t[t[at.VISIT_CREW] + v * at.WISHES + bits % at.WISHES])
    factor = t[t[at.VISIT_FACTOR] + v * days + view.day]
    if factor:
        gone = int(t[t[at.VISIT_WERE] + v]) if call == first else 0
        cost += gone * int(t[factor + start // t[at.GRID]])
        if bits // at.WAS:
            cost -= _kept(t, call, factor, start)
    return cost


def _kept(t: Array, call: int, factor: int, start: int) -> int:
    """The most that a published worker in this seat may save, whenever the first seat begins."""
    least, most = int(t[t[at.CALL_LEAST] + call]), int(t[t[at.CALL_MOST] + call])
    grid = int(t[at.GRID])
    starts = range(max(0, start - most), max(0, start - least) + 1, grid)
    return max(int(t[factor + s // grid]) for s in starts)


def _exact(minutes: int, grid: int) -> int:
    if minutes % grid:
        raise ValueError(f"{minutes} minutes are not on the grid of {grid}")
    return minutes // grid


def _describe(t: Array, view: LaneView, busies: list[int]) -> Array:
    """The array `p` of a lane."""
    grid, slots, calls = int(t[at.GRID]), view.slots, view.calls
    nodes, width = len(calls) + len(busies), slots + 1
    local = {group: i for i, group in enumerate(view.groups)}
    of = [local[group_of(t, call)] for call in calls]
    stops = calls + busies
    busy_at = [
        _exact(int(t[t[t[at.STOP_RANGES] + b * t[at.DAYS] + view.day] + 1]) - view.start, grid)
        for b in busies
    ]
    view.busies = [(len(calls) + i, s) for i, s in enumerate(busy_at)]
    starts = view.starts + [[s] for s in busy_at]
    following: list[int] = []
    for mine in starts:
        row, low = [slots + 1] * width, slots + 1
        allowed = set(mine)
        for s in range(slots, -1, -1):
            low = s if s in allowed else low
            row[s] = low
        following += row
    words = max(1, -(-len(view.groups) // BITS))
    last = [-1] * len(local)
    for group, mine in zip(of, view.starts, strict=True):
        last[group] = max(last[group], mine[-1])
    latest = [0] * (width * words)
    for s in range(width):
        for i in local.values():
            if last[i] >= s:
                latest[s * words + i // BITS] |= 1 << (i % BITS)
    limit = int(t[t[at.WORKER_VISITS] + view.worker])
    cells = [0] * P_HEADER
    cells[P_CALLS], cells[P_NODES], cells[P_SLOTS] = len(calls), nodes, slots
    cells[P_DUE] = int(t[t[at.LANE_LUNCH] + view.number])
    cells[P_FROM] = -(-(int(t[at.LUNCH_FROM]) - view.start) // grid)
    cells[P_TO] = (int(t[at.LUNCH_TO]) - view.start) // grid
    cells[P_LUNCH] = -(-int(t[at.LUNCH]) // grid)
    cells[P_LIMIT] = limit if t[at.LIMIT_PRICE] == at.HARD else at.NO_LIMIT
    cells[P_VISITS], cells[P_WORDS] = len(view.groups), words
    cells[P_LAYERS] = cells[P_LIMIT] + 1 if cells[P_LIMIT] <= MOST_LAYERS else 1
    minutes = [_exact(int(t[t[at.STOP_MINUTES] + n]), grid) for n in stops]
    if min(minutes, default=1) < 1:
        raise ValueError("a stop takes no time")
    visits = [int(t[t[at.STOP_VISIT] + call]) for call in calls]
    ways = _ways(t, view.number, stops, grid)
    blocks = {
        P_MINUTES: minutes,
        P_VISIT: of + [len(view.groups) + i for i in range(len(busies))],
        P_LIMITED: [int(t[t[at.VISIT_LIMITED] + v]) for v in visits] + [0] * len(busies),
        P_WAYS: ways,
        P_NEXT: following,
        P_DONE: [sum(b < s for b in busy_at) for s in range(width)],
        P_BUSY: [*busy_at, NEVER],
        P_LATEST: latest,
        P_SOONEST: _soonest(ways, minutes, starts),
        P_LAST: [mine[-1] for mine in starts],
    }
    for name, values in blocks.items():
        cells[name] = len(cells)
        cells.extend(values)
    return array_of(cells)


def _ways(t: Array, lane: int, stops: list[int], grid: int) -> list[int]:
    """Slots from each node to each; the last row and column are the base's."""
    ways, places = int(t[t[at.LANE_WAYS] + lane]), int(t[at.PLACES])
    base = int(t[t[at.LANE_BASE] + lane])
    origins = [int(t[t[at.STOP_FROM] + n]) for n in stops] + [base]
    goals = [int(t[t[at.STOP_TO] + n]) for n in stops] + [base]
    return [_exact(int(t[ways + a * places + b]), grid) for a in goals for b in origins]


def _soonest(ways: list[int], minutes: list[int], starts: list[list[int]]) -> list[int]:
    """For each node a slot before which it cannot have ended, by whatever way one comes."""
    nodes = len(minutes)
    found = []
    for i in range(nodes):
        arrive = ways[nodes * (nodes + 1) + i]
        for k in range(nodes):
            if k != i:
                arrive = min(arrive, minutes[k] + ways[k * (nodes + 1) + i])
        found.append(max(arrive, starts[i][0]) + minutes[i])
    return found


@compiled
def detours(p: Array, out: Array) -> None:
    """For each call the least way it adds between any two others, in slots; may be negative."""
    nodes, ways = p[P_NODES], p[P_WAYS]
    width = nodes + 1
    for i in range(p[P_CALLS]):
        least = NEVER
        for j in range(width):
            if j == i:
                continue
            to = p[ways + j * width + i]
            for k in range(width):
                if k != i:
                    way = to + p[ways + i * width + k] - p[ways + j * width + k]
                    least = min(least, way)
        out[i] = least
