"""A graph of streets: nearest node to a point, shortest ways between nodes.

Coordinates are micro-degrees, as in `scheduling.problem.Place`; lengths are metres; streets go both
ways.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

Point = tuple[int, int]
"""(lat, lon) in micro-degrees."""

METRES_PER_DEGREE = 111_195.0
"""Of latitude, on a sphere of 6371 km; of longitude times the cosine of the latitude."""

FAR = 1 << 60
"""More metres than any way has."""

CELL = 10_000
"""Side of a search square in micro-degrees: 1110 m high, some 700 m wide in Brussels."""


@dataclass(frozen=True, slots=True)
class StreetGraph:
    """Nodes and their neighbours as arrays: those of node n stand at `first[n]` to `first[n + 1]`.

    `cells` holds the nodes by square, for snapping.
    """

    nodes: tuple[Point, ...]
    first: tuple[int, ...]
    neighbours: tuple[int, ...]
    metres: tuple[int, ...]
    cells: dict[tuple[int, int], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Snap:
    """The node nearest to a point and the straight metres between them; None: out of reach."""

    node: int | None
    metres: int


def street_graph(nodes: Sequence[Point], edges: Iterable[tuple[int, int, int]]) -> StreetGraph:
    """A graph from nodes and undirected edges (index, index, metres).

    Raises:
        ValueError: an edge names a node that does not exist, or has no positive length.
    """
    adjacent: list[list[tuple[int, int]]] = [[] for _ in nodes]
    for a, b, metres in edges:
        if not (0 <= a < len(nodes) and 0 <= b < len(nodes)) or metres <= 0:
            raise ValueError(
                f"edge ({a}, {b}, {metres}): expected two of {len(nodes)} nodes and positive metres"
            )
        adjacent[a].append((b, metres))
        adjacent[b].append((a, metres))
    first, neighbours, lengths = [0], list[int](), list[int]()
    for arcs in adjacent:
        for node, metres in sorted(arcs):
            neighbours.append(node)
            lengths.append(metres)
        first.append(len(neighbours))
    cells: dict[tuple[int, int], list[int]] = {}
    for index, point in enumerate(nodes):
        cells.setdefault(_cell(point), []).append(index)
    return StreetGraph(
        nodes=tuple(nodes),
        first=tuple(first),
        neighbours=tuple(neighbours),
        metres=tuple(lengths),
        cells={cell: tuple(members) for cell, members in cells.items()},
    )


def straight_metres(a: Point, b: Point) -> float:
    """Metres as the crow flies, on a flat map around the two: exact enough within a city."""
    north = (b[0] - a[0]) * METRES_PER_DEGREE / 1e6
    east = (b[1] - a[1]) * METRES_PER_DEGREE / 1e6 * math.cos(math.radians((a[0] + b[0]) / 2e6))
    return math.hypot(north, east)


def snap(graph: StreetGraph, point: Point, *, reach: int) -> Snap:
    """The nearest node within `reach` metres; the lower index among equals."""
    row, column = _cell(point)
    narrow = min(1.0, math.cos(math.radians(point[0] / 1e6))) * METRES_PER_DEGREE * CELL / 1e6
    best: tuple[float, int] | None = None
    for ring in range(int(reach / narrow) + 2):
        if best is not None and (ring - 1) * narrow > best[0]:
            break
        for cell in _square(row, column, ring):
            for node in graph.cells.get(cell, ()):
                distance = straight_metres(point, graph.nodes[node])
                if distance <= reach and (best is None or (distance, node) < best):
                    best = (distance, node)
    return Snap(node=None, metres=0) if best is None else Snap(node=best[1], metres=round(best[0]))


def shortest_metres(graph: StreetGraph, source: int, targets: Iterable[int]) -> dict[int, int]:
    """Metres of the shortest way from `source` to each target that can be reached (Dijkstra)."""
    wanted = set(targets)
    found: dict[int, int] = {}
    best = [FAR] * len(graph.nodes)
    best[source] = 0
    heap = [(0, source)]
    first, neighbours, metres = graph.first, graph.neighbours, graph.metres
    while heap and wanted:
        distance, node = heappop(heap)
        if distance > best[node]:
            continue
        if node in wanted:
            wanted.discard(node)
            found[node] = distance
        for arc in range(first[node], first[node + 1]):
            onward = distance + metres[arc]
            neighbour = neighbours[arc]
            if onward < best[neighbour]:
                best[neighbour] = onward
                heappush(heap, (onward, neighbour))
    return found


def _cell(point: Point) -> tuple[int, int]:
    return point[0] // CELL, point[1] // CELL


def _square(row: int, column: int, ring: int) -> Iterator[tuple[int, int]]:
    """The cells at `ring` steps around a cell: the cell itself, then eight, then sixteen."""
    for i in range(row - ring, row + ring + 1):
        step = 1 if abs(i - row) == ring else max(1, 2 * ring)
        for j in range(column - ring, column + ring + 1, step):
            yield i, j
