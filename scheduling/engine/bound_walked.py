"""Rounds of plans as columns of the relaxation: what column generation begins with."""

from collections.abc import Iterable, Iterator

from scheduling.engine import layout as at
from scheduling.engine.bound_rows import Round, Rows
from scheduling.engine.draft import Draft
from scheduling.engine.price_cells import P_NODES, P_WAYS

Walked = tuple[int, tuple[tuple[int, int], ...]]
"""A lane's number, and its calls with their starts in minutes, in order."""


def walked_of(draft: Draft) -> list[Walked]:
    """The rounds of a plan."""
    found = []
    for lane, stops in draft.rounds():
        first = draft.t[at.S_TIME] + lane * draft.t[at.STRIDE]
        pairs = ((stop, int(draft.s[first + i])) for i, (stop, _) in enumerate(stops))
        found.append((lane, tuple(pair for pair in pairs if pair[0] < draft.c.calls)))
    return found


def rounds_of(rows: Rows, walked: Iterable[Walked]) -> Iterator[Round]:
    """These rounds as columns; those that no view knows are left out."""
    lanes = {view.number: i for i, view in enumerate(rows.views)}
    for number, calls in walked:
        lane = lanes.get(number)
        if lane is None:
            continue
        view = rows.views[lane]
        node_of = {call: node for node, call in enumerate(view.calls)}
        if all(call in node_of for call, _ in calls):
            yield column(
                rows, lane, tuple((node_of[c], (s - view.start) // rows.grid) for c, s in calls)
            )


def column(rows: Rows, lane: int, stops: tuple[tuple[int, int], ...]) -> Round:
    """A round of these (node, slot) of calls, with the busy times between them."""
    view = rows.views[lane]
    p, width = view.p, view.slots + 1
    nodes = int(p[P_NODES])
    busies = [(int(slot), node) for node, slot in view.busies]
    order = [node for _, node in sorted(busies + [(slot, node) for node, slot in stops])]
    ways, here, way = int(p[P_WAYS]), nodes, 0
    for node in [*order, nodes]:
        way += int(p[ways + here * (nodes + 1) + node])
        here = node
    own = sum(int(view.own[node * width + slot]) for node, slot in stops)
    return Round(lane, stops, rows.way_weight * way * rows.grid + own, way * rows.grid)
