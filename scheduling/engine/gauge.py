"""What a round or a crew costs on its own: the prices of the master's and bound's columns."""

from dataclasses import dataclass

from scheduling.engine import layout as at
from scheduling.engine.clocks import price, start_price, walk
from scheduling.engine.draft import Tools
from scheduling.engine.gaps import insert_into
from scheduling.engine.ground import empty
from scheduling.engine.ledger import change_price, crew_price
from scheduling.engine.pool import Crew, Round


@dataclass(frozen=True, slots=True)
class Weighed:
    """A round: its cost (ways, starts and crews of single visits), planned minutes, lateness.

    `service`: the minutes of visits, `limited`: visits that count for the limit of the day;
    `calls`: the calls in order, with how they are held.
    """

    lane: int
    stops: tuple[tuple[int, int], ...]
    cost: int
    minutes: int
    service: int
    limited: int
    latest: int
    calls: tuple[tuple[int, int], ...]


class Gauge:
    """Weighs rounds and crews of one problem."""

    def __init__(self, tools: Tools) -> None:
        """With paper of its own."""
        self.c, self.t = tools.c, tools.t
        self.s = empty(self.t)

    def round(self, one: Round) -> Weighed | None:
        """A round weighed, None if it cannot be walked."""
        t, s, (lane, stops) = self.t, self.s, one
        slot = len(self.c.lanes)
        s[t[at.S_LEN] + slot] = 0
        for i, (stop, how) in enumerate(stops):
            insert_into(t, s, slot, slot, stop, how, i)
        if not walk(t, s, slot, lane, int(self.c.lanes[lane].lunch)):
            return None
        cost = int(price(t, s, slot, lane))
        calls = tuple((stop, how) for stop, how in stops if stop < self.c.calls)
        for call, _ in calls:
            visit = self.c.stops[call].visit
            if not self.c.visits[visit].frozen:
                cost += self.present(visit, (self.c.lanes[lane].worker,))
        return Weighed(
            lane=lane,
            stops=stops,
            cost=cost,
            minutes=int(s[t[at.S_MINUTES] + slot]),
            service=sum(self.c.stops[call].minutes for call, _ in calls),
            limited=sum(self.c.visits[self.c.stops[call].visit].limited for call, _ in calls),
            latest=int(s[t[at.S_LATE] + slot]),
            calls=calls,
        )

    def present(self, visit: int, workers: tuple[int, ...]) -> int:
        """What it costs who comes."""
        t, count, bits, cost = self.t, len(self.c.workers), 0, 0
        for worker in workers:
            bits |= t[t[at.VISIT_BITS] + visit * count + worker]
            cost += t[t[at.VISIT_EXTRA] + visit * count + worker]
        return int(cost + crew_price(t, visit, bits))

    def crew(self, crew: Crew) -> int:
        """What a frozen visit's crew and starts cost."""
        visit, sides = crew
        t, count = self.t, len(self.c.workers)
        day, first = self.c.lanes[sides[0][0]].day, self.c.visits[visit].first
        workers = tuple(self.c.lanes[lane].worker for lane, _ in sides)
        cost = self.present(visit, workers)
        kept = sum(t[t[at.VISIT_BITS] + visit * count + w] // at.WAS for w in workers)
        for i, (_, start) in enumerate(sides):
            cost += start_price(t, first + i, day, start)
        return int(cost + change_price(t, visit, day, sides[0][1], kept))
