"""A plan that is being made, for Python: the kernel's arrays with names.

Searching goes on inside the kernel; what stands around it (the master, explanations, what a move
costs) asks and changes a plan through this.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduling.engine import layout as at
from scheduling.engine.compiled import Compiled
from scheduling.engine.construct import keep
from scheduling.engine.gaps import insert_into
from scheduling.engine.ground import dice, empty, memory, paper
from scheduling.engine.insert import best_move
from scheduling.engine.kernel import Array, copy_of
from scheduling.engine.ledger import day_price, place, remove, rewalk, settle
from scheduling.engine.pool import Crew, Round
from scheduling.problem import Placement


@dataclass(frozen=True, slots=True)
class Side:
    """One seat of a move: lane, position in it, and how the start is held."""

    lane: int
    position: int
    how: int


@dataclass(frozen=True, slots=True)
class Move:
    """A visit's new place; `cost` is what it adds, the price of leaving it out not yet saved."""

    cost: int
    day: int
    sides: tuple[Side, ...]


class Tools:
    """What drafts of one problem share: its tables, scratch paper, memory and dice."""

    def __init__(self, c: Compiled, seed: int = 1) -> None:
        """For one compiled problem."""
        self.c, self.t = c, c.tables
        self.w, self.k, self.r = paper(self.t), memory(self.t), dice(seed)


class Draft:
    """A plan of one problem: mutable, and cheap to copy."""

    __slots__ = ("c", "s", "t", "tools")

    def __init__(self, tools: Tools, s: Array | None = None) -> None:
        """Start with every visit left out, or with the array of a plan."""
        self.tools, self.c, self.t = tools, tools.c, tools.t
        self.s = empty(self.t) if s is None else s

    def copy(self) -> "Draft":
        """An independent draft with the same plan."""
        return Draft(self.tools, copy_of(self.s))

    @property
    def cost(self) -> int:
        """The exact cost."""
        return int(self.s[at.COST])

    def day(self, visit: int) -> int:
        """Day of a visit, OUT if it is left out."""
        return int(self.s[self.t[at.S_DAY] + visit])

    def is_out(self, visit: int) -> bool:
        """Whether a visit is left out."""
        return self.day(visit) == at.OUT

    def left_out(self) -> list[int]:
        """Visits left out."""
        return [v for v in range(len(self.c.visits)) if self.is_out(v)]

    def calls(self, visit: int) -> range:
        """Calls of a visit."""
        first = self.c.visits[visit].first
        return range(first, first + len(self.c.visits[visit].seats))

    def lane_of(self, call: int) -> int:
        """Lane of a placed call."""
        return int(self.s[self.t[at.S_LANE] + call])

    def how(self, call: int) -> int:
        """How a placed call is held."""
        return int(self.s[self.t[at.S_AT] + call])

    def stops(self, lane: int) -> tuple[tuple[int, int], ...]:
        """The stops of a lane in order: (stop, how it is held)."""
        row, n = lane * self.t[at.STRIDE], self.s[self.t[at.S_LEN] + lane]
        seq, hold = self.t[at.S_SEQ] + row, self.t[at.S_HOW] + row
        return tuple((int(self.s[seq + i]), int(self.s[hold + i])) for i in range(n))

    def walked(self, lane: int) -> bool:
        """Whether a lane holds a visit."""
        return bool(self.s[self.t[at.S_VISITS] + lane])

    def lane_cost(self, lane: int) -> int:
        """Ways, waiting and single visits' starts of a lane."""
        return int(self.s[self.t[at.S_COST] + lane])

    def start(self, call: int) -> int:
        """Start of a placed call."""
        lane = self.lane_of(call)
        position = next(i for i, (stop, _) in enumerate(self.stops(lane)) if stop == call)
        return int(self.s[self.t[at.S_TIME] + lane * self.t[at.STRIDE] + position])

    def rounds(self) -> list[Round]:
        """The walked lanes with their stops."""
        return [(n, self.stops(n)) for n in range(len(self.c.lanes)) if self.walked(n)]

    def crews(self) -> list[Crew]:
        """Who takes which seat of the frozen visits that are placed."""
        return [
            (v, tuple((self.lane_of(call), self.how(call)) for call in self.calls(v)))
            for v, visit in enumerate(self.c.visits)
            if visit.frozen and not self.is_out(v)
        ]

    def best_move(self, visit: int) -> Move | None:
        """The cheapest place for a visit that is left out, None if it fits nowhere."""
        tools, t = self.tools, self.t
        cost = int(best_move(t, self.s, tools.w, tools.k, visit, 0, 0))
        if cost >= at.NO:
            return None
        cells = [int(cell) for cell in tools.w[t[at.W_MOVE] : t[at.W_MOVE] + 2]]
        first = t[at.W_MOVE] + 2
        sides = tuple(
            Side(*(int(cell) for cell in tools.w[first + 3 * i : first + 3 * i + 3]))
            for i in range(len(self.calls(visit)))
        )
        return Move(cost, cells[1], sides)

    def place(self, visit: int, move: Move) -> None:
        """Make a move that was found for this very plan."""
        tools, first = self.tools, self.t[at.W_MOVE]
        tools.w[first], tools.w[first + 1] = move.cost, move.day
        for i, side in enumerate(move.sides):
            cell = first + 2 + 3 * i
            tools.w[cell], tools.w[cell + 1] = side.lane, side.position
            tools.w[cell + 2] = side.how
        place(self.t, self.s, tools.w, tools.r, visit, first)

    def insert(self, visit: int) -> bool:
        """Put a visit in its best place if it is pinned or that is cheaper than leaving it out."""
        move = self.best_move(visit)
        compiled = self.c.visits[visit]
        if move is None or (move.cost >= compiled.unplaced and not compiled.held):
            return False
        self.place(visit, move)
        return True

    def remove(self, visit: int) -> bool:
        """Take a placed visit out; False if a way would then be too long to walk."""
        return bool(remove(self.t, self.s, self.tools.r, visit))

    def keep(self, visit: int, placement: Placement) -> bool:
        """Put a visit exactly where a placement has it, if that can be."""
        tools, calls = self.tools, self.calls(visit)
        index = {worker.code: w for w, worker in enumerate(self.c.workers)}
        if len(placement.workers) != len(calls) or not set(placement.workers) <= index.keys():
            return False
        cell = self.t[at.W_KEEP]
        for i, code in enumerate(placement.workers):
            offset = placement.offsets[i] if placement.offsets else 0
            tools.w[cell + 2 * i], tools.w[cell + 2 * i + 1] = index[code], placement.start + offset
        return bool(keep(self.t, self.s, tools.w, tools.r, visit, placement.day, 0))

    def fill(self, rounds: Iterable[Round], crews: Iterable[Crew]) -> bool:
        """Put whole rounds into an empty draft; False if one cannot be walked.

        Limits of the day and the week are not asked.
        """
        t, s = self.t, self.s
        seats = dict(crews)
        found: dict[int, int] = {}
        for lane, stops in rounds:
            s[t[at.S_LEN] + lane] = 0
            for i, (stop, how) in enumerate(stops):
                insert_into(t, s, lane, lane, stop, how, i)
                if stop < self.c.calls:
                    s[t[at.S_LANE] + stop], s[t[at.S_AT] + stop] = lane, how
                    found[self.c.stops[stop].visit] = self.c.lanes[lane].day
            if not rewalk(t, s, self.tools.r, lane):
                return False
        for visit, day in sorted(found.items()):
            s[t[at.S_BUSYDAY] + day] += 1
            settle(t, s, visit, day)
        s[at.COST] += sum(int(day_price(t, s, day)) for day in range(self.c.days))
        assert all(visit in found for visit in seats)
        return True

    def placements(self) -> tuple[Placement, ...]:
        """Placed visits, by code."""
        found = []
        for v, visit in enumerate(self.c.visits):
            if self.is_out(v):
                continue
            starts = [self.start(call) for call in self.calls(v)]
            offsets = tuple(start - starts[0] for start in starts)
            lanes = [self.c.lanes[self.lane_of(call)] for call in self.calls(v)]
            found.append(
                Placement(
                    visit=visit.code,
                    day=self.day(v),
                    start=starts[0],
                    workers=tuple(self.c.workers[lane.worker].code for lane in lanes),
                    offsets=offsets if any(offsets) else (),
                )
            )
        return tuple(sorted(found, key=lambda placement: placement.visit))
