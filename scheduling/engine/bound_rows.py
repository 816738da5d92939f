"""The relaxed week as rows of a linear program: every rule that ties rounds of several lanes.

A column is a round of one lane; it stands in a row with a coefficient per call it holds (perhaps
only when the call starts within certain slots) and one per minute of way. Beside the columns there
are helpers with a cost and a box: visits left out, workers still to meet, overload. Every row holds
for every valid plan, so what the program says is never more than a plan costs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from scheduling.engine import layout as at
from scheduling.engine.kernel import Array
from scheduling.engine.price_lanes import LaneView


@dataclass(frozen=True, slots=True)
class Round:
    """A round of view `lane`: (node, slot) of its calls in order; cost; minutes of way."""

    lane: int
    stops: tuple[tuple[int, int], ...]
    cost: int
    way: int

    def places(self) -> list[tuple[int, int]]:
        """Where its calls are: (lane, node)."""
        return [(self.lane, node) for node, _ in self.stops]


@dataclass(frozen=True, slots=True)
class Case:
    """A part of all plans.

    `held`: helpers that are 0 in it (False) or at their most (True); `never`: (lane, node) that no
    round of it holds.
    """

    held: dict[int, bool] = field(default_factory=dict)
    never: frozenset[tuple[int, int]] = frozenset()


@dataclass(slots=True)
class Rows:
    """Rows `low[r] <= ... <= high[r]` (None: no bound) with what stands in them.

    `fixed[lane][node]`: (row, coefficient); `timed[lane][node]`: (row, coefficient, first slot,
    last slot); `ways[lane]`: rows that count minutes of way. `helpers`: (cost, most, terms).
    `constant`: what every plan costs beside.
    """

    t: Array
    views: list[LaneView]
    low: list[int | None] = field(default_factory=list)
    high: list[int | None] = field(default_factory=list)
    fixed: list[list[list[tuple[int, int]]]] = field(default_factory=list)
    timed: list[list[list[tuple[int, int, int, int]]]] = field(default_factory=list)
    ways: list[list[int]] = field(default_factory=list)
    lane_row: list[int] = field(default_factory=list)
    helpers: list[tuple[int, int, list[tuple[int, int]]]] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    where: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    constant: int = 0
    grid: int = 0
    way_weight: int = 0

    def __post_init__(self) -> None:
        """A row per lane: at most one round."""
        self.grid, self.way_weight = int(self.t[at.GRID]), int(self.t[at.WAY_WEIGHT])
        for i, view in enumerate(self.views):
            self.fixed.append([[] for _ in view.calls])
            self.timed.append([[] for _ in view.calls])
            self.ways.append([])
            self.lane_row.append(self.row(None, 1))
            for node, call in enumerate(view.calls):
                self.where.setdefault(call, []).append((i, node))

    def row(self, low: int | None, high: int | None) -> int:
        """A new empty row; its number."""
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def helper(self, cost: int, most: int, terms: Iterable[tuple[int, int]]) -> int:
        """A new helper between 0 and `most`; its number."""
        self.helpers.append((cost, most, list(terms)))
        return len(self.helpers) - 1

    def put(self, row: int, nodes: Iterable[tuple[int, int]], coefficient: int) -> None:
        """Count these (lane, node) in a row."""
        for lane, node in nodes:
            self.fixed[lane][node].append((row, coefficient))

    def at(
        self, call: int, *, day: int | None = None, worker: int | None = None
    ) -> list[tuple[int, int]]:
        """Where a call may be: (lane, node), on a day, with a worker."""
        return [
            (lane, node)
            for lane, node in self.where.get(call, [])
            if day in (None, self.views[lane].day) and worker in (None, self.views[lane].worker)
        ]

    def calls(self, visit: int) -> range:
        """A visit's calls, the first seat's first."""
        first = self.t[at.VISIT_CALL] + visit
        return range(int(self.t[first]), int(self.t[first + 1]))

    def minutes(self, call: int) -> int:
        """How long a call lasts."""
        return int(self.t[self.t[at.STOP_MINUTES] + call])

    def number(self, block: int, index: int) -> int:
        """A number of a block of the tables."""
        return int(self.t[self.t[block] + index])

    def listed(self, place: int) -> list[int]:
        """A list of the tables."""
        return [int(self.t[place + 1 + i]) for i in range(self.t[place])]

    def terms(self, column: Round) -> dict[int, int]:
        """A column's coefficients by row."""
        found = {self.lane_row[column.lane]: 1}
        fixed, timed = self.fixed[column.lane], self.timed[column.lane]
        for node, slot in column.stops:
            for row, coefficient in fixed[node]:
                found[row] = found.get(row, 0) + coefficient
            for row, coefficient, first, last in timed[node]:
                if first <= slot <= last:
                    found[row] = found.get(row, 0) + coefficient
        for row in self.ways[column.lane]:
            found[row] = found.get(row, 0) + column.way
        return found
