"""How the other visits of a round make room: each stays where it is, or slides as little as it can.

A visit may slide if it has one worker, shares nothing, is not pinned to a start and has not begun.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from scheduling.engine import layout as at
from scheduling.engine.clocks import walk
from scheduling.engine.compiled import Compiled, Lane
from scheduling.engine.gaps import insert_into
from scheduling.engine.ground import empty
from scheduling.problem import Placement
from scheduling.weeks import DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Spot:
    """A stop of a round: where it begins now, how it is held, and whether it is to stay there."""

    stop: int
    start: int
    minutes: int
    slides: bool
    moved: bool = False


class Slider:
    """Slides visits of one compiled week."""

    def __init__(self, c: Compiled) -> None:
        """With scratch paper of its own."""
        self.c, self.t, self.s = c, c.tables, empty(c.tables)
        self.visit = {visit.code: v for v, visit in enumerate(c.visits)}
        self.worker = {worker.code: w for w, worker in enumerate(c.workers)}
        self.timed = {pin.visit for pin in c.problem.pins if pin.start is not None}
        self.lanes: dict[tuple[int, int], list[Lane]] = {}
        for lane in c.lanes:
            self.lanes.setdefault((lane.worker, lane.day), []).append(lane)

    def settled(
        self,
        placements: Mapping[str, Placement],
        moved: frozenset[str],
        orders: Mapping[int, Sequence[int]] | None = None,
    ) -> dict[str, Placement]:
        """The placements in which others made room for those that were moved.

        `orders`: by lane the order of its stops, where it is known. Where no room can be made
        nobody slides, and the judge says what is wrong.
        """
        found = dict(placements)
        for number in sorted({n for code in moved if code in found for n in self._in(found[code])}):
            lane = self.c.lanes[number]
            spots, order = self._spots(lane, found, moved), (orders or {}).get(number)
            for code, start in self._slid(lane, spots, order).items():
                found[code] = replace(found[code], start=start)
        return found

    def lane_at(self, worker: int, day: int, start: int, minutes: int) -> int | None:
        """Number of the worker's lane that holds this time."""
        for lane in self.lanes.get((worker, day), ()):
            if lane.start <= start and start + minutes <= lane.end:
                return lane.number
        return None

    def _in(self, placement: Placement) -> list[int]:
        """Lanes that a placement stands in."""
        found = []
        for call, worker, start in self.seats(placement):
            lane = self.lane_at(worker, placement.day, start, self.c.stops[call].minutes)
            if lane is not None:
                found.append(lane)
        return found

    def seats(self, placement: Placement) -> list[tuple[int, int, int]]:
        """(call, worker, start) of each seat that can be read."""
        v = self.visit.get(placement.visit)
        if v is None:
            return []
        visit, found = self.c.visits[v], []
        for i, code in enumerate(placement.workers[: len(visit.seats)]):
            offset = placement.offsets[i] if i < len(placement.offsets) else 0
            if code in self.worker:
                found.append((visit.first + i, self.worker[code], placement.start + offset))
        return found

    def _spots(
        self, lane: Lane, placements: Mapping[str, Placement], moved: frozenset[str]
    ) -> list[Spot]:
        spots = []
        for stop in lane.busy:
            (first, _), *_ = self.c.stops[stop].ranges[lane.day]
            spots.append(Spot(stop, first, self.c.stops[stop].minutes, slides=False))
        name = self.c.workers[lane.worker].code
        for placement in placements.values():
            if placement.day != lane.day or name not in placement.workers:
                continue
            for call, worker, start in self.seats(placement):
                minutes = self.c.stops[call].minutes
                if worker == lane.worker and lane.start <= start and start + minutes <= lane.end:
                    at_rest = placement.visit in moved or not self._slides(placement)
                    spots.append(Spot(call, start, minutes, not at_rest, placement.visit in moved))
        return spots

    def _slides(self, placement: Placement) -> bool:
        now = self.c.problem.now
        begun = now is not None and placement.day * DAY_MINUTES + placement.start < now
        frozen = self.c.visits[self.visit[placement.visit]].frozen
        return not (begun or frozen or placement.visit in self.timed)

    def _slid(self, lane: Lane, spots: list[Spot], known: Sequence[int] | None) -> dict[str, int]:
        """New starts by visit; empty if all can stay, or if no room can be made."""
        orders = self._orders(spots)
        if known is not None and sorted(known) == sorted(spot.stop for spot in spots):
            orders.insert(0, sorted(spots, key=lambda spot: known.index(spot.stop)))
        for order in orders:
            hows = [at.WIDE if spot.slides else spot.start for spot in order]
            if self.walks(lane, order, hows):
                starts = self._nearest(lane, order, hows)
                return {
                    self.code(spot): start for spot, start in starts.items() if start != spot.start
                }
        return {}

    def wished(
        self,
        lane: Lane,
        placements: Mapping[str, Placement],
        wishes: Mapping[str, int],
        known: Sequence[int],
    ) -> dict[str, int]:
        """Starts by visit, in an order that can be walked, as near to those wished as can be."""
        spots = [
            replace(spot, start=wishes.get(self.code(spot), spot.start)) if spot.slides else spot
            for spot in self._spots(lane, placements, frozenset())
        ]
        if sorted(known) != sorted(spot.stop for spot in spots):
            return {}
        order = sorted(spots, key=lambda spot: known.index(spot.stop))
        hows = [at.WIDE if spot.slides else spot.start for spot in order]
        if not self.walks(lane, order, hows):
            return {}
        starts = self._nearest(lane, order, hows)
        return {self.code(spot): start for spot, start in starts.items()}

    def code(self, spot: Spot) -> str:
        """The visit of a stop; empty for a busy time."""
        visit = self.c.stops[spot.stop].visit
        return "" if visit == at.OUT else self.c.visits[visit].code

    def _orders(self, spots: list[Spot]) -> list[list[Spot]]:
        """As they stand; and with what runs into a moved visit coming after it."""
        plain = sorted(spots, key=lambda s: (s.start, not s.moved, s.start + s.minutes, s.stop))
        arrivals = [s.start for s in spots if s.moved]

        def later(spot: Spot) -> int:
            into = [a for a in arrivals if spot.start < a < spot.start + spot.minutes]
            return max(into) if into and spot.slides else spot.start

        return [plain, sorted(spots, key=lambda s: (later(s), not s.moved, s.start, s.stop))]

    def _nearest(self, lane: Lane, order: list[Spot], hows: list[int]) -> dict[Spot, int]:
        """Fix one stop after the other as near to where it stands as the others allow."""
        time = self.t[at.S_TIME] + len(self.c.lanes) * self.t[at.STRIDE]
        starts = {}
        for i, spot in enumerate(order):
            if not spot.slides:
                continue
            self.walks(lane, order, hows)
            earliest = int(self.s[time + i])
            hows[i] = earliest
            # With a choice of gaps for lunch the walk's start may be later than need be.
            step = -self.c.grid if earliest <= spot.start else self.c.grid
            for start in range(spot.start, earliest, step):
                hows[i] = start
                if self.allowed(spot.stop, lane.day, start) and self.walks(lane, order, hows):
                    break
                hows[i] = earliest
            starts[spot] = hows[i]
        return starts

    def allowed(self, stop: int, day: int, start: int) -> bool:
        """Whether windows, appointments and now let a stop begin then."""
        return any(low <= start <= high for low, high in self.c.stops[stop].ranges[day])

    def walks(self, lane: Lane, order: Sequence[Spot], hows: Sequence[int]) -> bool:
        """Whether the lane can be walked in this order; its starts then stand in the scratch."""
        if len(order) > self.t[at.CAP]:
            return False
        slot = len(self.c.lanes)
        self.s[self.t[at.S_LEN] + slot] = 0
        for i, (spot, how) in enumerate(zip(order, hows, strict=True)):
            insert_into(self.t, self.s, slot, slot, spot.stop, how, i)
        return bool(walk(self.t, self.s, slot, lane.number, int(lane.lunch)))
