"""Travel minutes over a graph of streets: snap to the nearest node, walk to it, shortest way,
mode's speed.

Coordinates are micro-degrees, as in `scheduling.problem.Place`; lengths are metres. The graph is
undirected and holds main streets only, so three things are added to its shortest ways. The way
between a place and its node is walked, with the straight line's detour. Two places close to each
other are no farther apart than the straight line with its detour, since small streets are missing
from the graph. A place farther than `reach` metres from every node is outside the graph: from and
to it the straight line with its detour counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import cos, radians, sqrt

from scheduling.problem import Matrix, Mode, ModeMinutes, ModeSpeed, Place, StraightLine

Point = tuple[int, int]
"""(lat, lon) in micro-degrees."""

METRES_PER_DEGREE = 111_195.0
"""Of latitude, on a sphere of 6371 km; of longitude times the cosine of the latitude."""


@dataclass(frozen=True, slots=True)
class StreetGraph:
    """Nodes and their neighbours as arrays: those of node n are at `first[n]` to `first[n + 1]`."""

    nodes: tuple[Point, ...]
    first: tuple[int, ...]
    neighbours: tuple[int, ...]
    metres: tuple[int, ...]
    cells: dict[tuple[int, int], tuple[int, ...]]
    """Nodes by square of `CELL` micro-degrees, for snapping."""


@dataclass(frozen=True, slots=True)
class Snap:
    """The node nearest to a place and the straight metres between them; node None: out of reach."""

    node: int | None
    metres: int


@dataclass(frozen=True, slots=True)
class Leg:
    """A way in metres: `walked` at walking pace at either end, `ridden` in the mode's way in between."""

    walked: int
    ridden: int


CELL = 10_000


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
    first, neighbours, lengths = [0], [], []
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
    """Distance on the earth's surface, flat between the two points: exact enough within a city."""
    north = (b[0] - a[0]) * METRES_PER_DEGREE / 1e6
    east = (b[1] - a[1]) * METRES_PER_DEGREE / 1e6 * cos(radians((a[0] + b[0]) / 2e6))
    return sqrt(north * north + east * east)


def snap(graph: StreetGraph, point: Point, *, reach: int) -> Snap:
    """The nearest node within `reach` metres; the lower index among equals."""
    row, column = _cell(point)
    widest = reach // 600 + 2  # a cell is some 700 m wide and 1100 m high
    best: tuple[float, int] | None = None
    for ring in range(widest + 1):
        if best is not None and (ring - 1) * 600 > best[0]:
            break
        for cell in _ring(row, column, ring):
            for node in graph.cells.get(cell, ()):
                distance = straight_metres(point, graph.nodes[node])
                if distance <= reach and (best is None or (distance, node) < best):
                    best = (distance, node)
    return Snap(node=None, metres=0) if best is None else Snap(node=best[1], metres=round(best[0]))


def shortest_metres(graph: StreetGraph, source: int, targets: Iterable[int]) -> dict[int, int]:
    """Metres of the shortest way from `source` to each target that can be reached (Dijkstra)."""
    wanted = set(targets)
    found: dict[int, int] = {}
    best = {source: 0}
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
            if onward < best.get(neighbour, onward + 1):
                best[neighbour] = onward
                heappush(heap, (onward, neighbour))
    return found


def street_legs(
    graph: StreetGraph,
    points: Sequence[Point],
    *,
    detour_percent: int = 130,
    reach: int = 1500,
    near: int = 400,
) -> list[list[Leg]]:
    """The way between every two points; symmetric, and zero between equal points.

    `near`: straight metres up to which two points are taken to be joined by small streets too.
    """
    snaps = [snap(graph, point, reach=reach) for point in points]
    legs = [[Leg(walked=0, ridden=0) for _ in points] for _ in points]
    for i, start in enumerate(snaps):
        nodes = {later.node for later in snaps[i + 1 :] if later.node is not None}
        ways = shortest_metres(graph, start.node, nodes) if start.node is not None else {}
        for j in range(i + 1, len(points)):
            straight = straight_metres(points[i], points[j])
            direct = Leg(walked=0, ridden=round(straight * detour_percent / 100))
            leg, node = direct, snaps[j].node
            if points[i] != points[j] and node is not None and node in ways:
                walked = round((start.metres + snaps[j].metres) * detour_percent / 100)
                along = Leg(walked=walked, ridden=ways[node])
                shorter = along.walked + along.ridden <= direct.ridden
                leg = along if straight > near or shorter else direct
            legs[i][j] = legs[j][i] = leg
    return legs


def leg_minutes(leg: Leg, *, walk: ModeSpeed, mode: ModeSpeed, grid: int) -> int:
    """Minutes of a way, rounded up to the grid: walked whole, or ridden, whichever is less."""
    if leg.walked + leg.ridden == 0:
        return 0
    on_foot = _ceil_minutes(leg.walked + leg.ridden, 0, walk)
    riding = _ceil_minutes(leg.walked, 0, walk, more=(leg.ridden, mode)) + mode.overhead
    least = min(on_foot + walk.overhead, riding)
    return -(-least // grid) * grid


def street_matrix(
    graph: StreetGraph,
    places: Sequence[Place],
    modes: Iterable[Mode],
    *,
    speeds: StraightLine,
    grid: int = 5,
) -> Matrix:
    """The problem's travel table between `places` for each of `modes`, in the order given.

    `speeds` gives the detour and each mode's speed.

    Raises:
        ValueError: a mode, or walking, has no speed.
    """
    by_mode = {speed.mode: speed for speed in speeds.speeds}
    wanted = sorted(set(modes))
    missing = [mode for mode in (Mode.WALK, *wanted) if mode not in by_mode]
    if missing:
        raise ValueError(f"no speed for {', '.join(missing)}; add it to the travel settings")
    points = [(place.lat, place.lon) for place in places]
    legs = street_legs(graph, points, detour_percent=speeds.detour_percent)
    walk = by_mode[Mode.WALK]
    return Matrix(
        places=tuple(place.code for place in places),
        tables=tuple(
            ModeMinutes(
                mode=mode,
                minutes=tuple(
                    tuple(leg_minutes(leg, walk=walk, mode=by_mode[mode], grid=grid) for leg in row)
                    for row in legs
                ),
            )
            for mode in wanted
        ),
    )


def _ceil_minutes(
    metres: int, extra: int, speed: ModeSpeed, *, more: tuple[int, ModeSpeed] | None = None
) -> int:
    if more is None:
        return -(-metres * 60 // speed.metres_per_hour) + extra
    ridden, mode = more
    pace = speed.metres_per_hour * mode.metres_per_hour
    return -(-(metres * mode.metres_per_hour + ridden * speed.metres_per_hour) * 60 // pace) + extra


def _cell(point: Point) -> tuple[int, int]:
    return point[0] // CELL, point[1] // CELL


def _ring(row: int, column: int, ring: int) -> Iterable[tuple[int, int]]:
    for i in range(row - ring, row + ring + 1):
        step = 1 if abs(i - row) == ring else max(1, 2 * ring)
        for j in range(column - ring, column + ring + 1, step):
            yield i, j
