"""A plan's rounds as columns of the relaxation, to see what the relaxation says of a known plan."""

from itertools import pairwise

from scheduling.engine.bound_rows import Round, Rows
from scheduling.engine.compiled import Compiled
from scheduling.engine.price_cells import P_NODES, P_WAYS
from scheduling.plan import Plan


def rounds_of(c: Compiled, rows: Rows, plan: Plan) -> list[Round]:
    """One column per walked lane; KeyError where pricing could not make one."""
    visits = {visit.code: visit for visit in c.visits}
    workers = {worker.code: w for w, worker in enumerate(c.workers)}
    lanes: dict[int, list[tuple[int, int]]] = {}
    for placement in plan.placements:
        offsets = placement.offsets or (0,) * len(placement.workers)
        for i, (code, offset) in enumerate(zip(placement.workers, offsets, strict=True)):
            call, start = visits[placement.visit].first + i, placement.start + offset
            lane = next(
                lane.number
                for lane in c.lanes
                if (lane.worker, lane.day) == (workers[code], placement.day)
                and lane.start <= start < lane.end
            )
            lanes.setdefault(lane, []).append((start, call))
    views = {view.number: i for i, view in enumerate(rows.views)}
    return [_column(rows, views[lane], sorted(calls)) for lane, calls in sorted(lanes.items())]


def _column(rows: Rows, lane: int, calls: list[tuple[int, int]]) -> Round:
    view = rows.views[lane]
    node_of = {call: node for node, call in enumerate(view.calls)}
    stops = [(node_of[call], (start - view.start) // rows.grid) for start, call in calls]
    assert all(slot in view.starts[node] for node, slot in stops)
    order = [*view.busies, *stops]
    order.sort(key=lambda pair: pair[1])
    nodes = int(view.p[P_NODES])
    path = [nodes, *(node for node, _ in order), nodes]
    table = int(view.p[P_WAYS])
    way = rows.grid * sum(int(view.p[table + a * (nodes + 1) + b]) for a, b in pairwise(path))
    own = sum(int(view.own[node * (view.slots + 1) + slot]) for node, slot in stops)
    return Round(lane, tuple(stops), rows.way_weight * way + own, way)
