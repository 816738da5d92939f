"""A plan as people walk it: per worker and day the stops in order, ways, lunch, waiting."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from scheduling.problem import (
    Lunch,
    Placement,
    Problem,
    Visit,
    Worker,
    busy_stops,
    lanes,
    lunch_due,
    minutes_of,
)
from scheduling.travel import ProblemTravel
from scheduling.windows import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop of one worker: of a visit, the worker's own seat. `visit` None is a busy time.

    `travel`, `lunch`, `waiting`: minutes just before it. `place` is where the stop begins,
    `leaves_from` where it ends. Before the first stop there is no waiting: the worker leaves the
    base that much later.
    """

    visit: str | None
    place: str
    leaves_from: str
    start: int
    end: int
    travel: int
    lunch: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One walked lane: `leave` the base at the latest, `back` there at the earliest.

    `back_travel`: minutes of the last way; `lunch`: minutes of lunch on that way or at the base
    after it (lunch between stops is theirs).
    """

    worker: str
    day: int
    leave: int
    back: int
    back_travel: int
    lunch: int
    stops: tuple[Stop, ...]

    @property
    def travel(self) -> int:
        """Minutes of all ways."""
        return self.back_travel + sum(stop.travel for stop in self.stops)


def rounds(problem: Problem, placements: Iterable[Placement]) -> tuple[Round, ...]:
    """Rounds by worker code, day and start, for placements that break no rule.

    A placement outside its workers' lanes belongs to no round.
    """
    visits = {visit.code: visit for visit in problem.visits}
    homes = {tenant.code: tenant.place for tenant in problem.tenants}
    mine: dict[tuple[str, int], list[tuple[int, int, Visit]]] = defaultdict(list)
    for placement in placements:
        visit = visits[placement.visit]
        for seat, code in enumerate(placement.workers):
            start = placement.start + (placement.offsets[seat] if placement.offsets else 0)
            mine[code, placement.day].append((start, start + minutes_of(visit, seat), visit))
    travel = ProblemTravel(problem)
    found = []
    for worker in sorted(problem.workers, key=lambda w: w.code):
        for day in range(problem.days):
            for lane in lanes(worker, day):
                inside = [
                    (start, end, visit.code, _place(visit, homes), _end(visit, homes))
                    for start, end, visit in mine[worker.code, day]
                    if lane.start <= start and end <= lane.end
                ]
                if inside:
                    walk = _Walk(problem.lunch, worker, day, lane, travel)
                    found.append(walk.round(inside))
    return tuple(found)


Spot = tuple[int, int, str | None, str, str]


class _Walk:
    """Walks one lane stop by stop."""

    def __init__(
        self, lunch: Lunch | None, worker: Worker, day: int, lane: Interval, travel: ProblemTravel
    ) -> None:
        self.lunch = lunch if lunch_due(lunch, lane) else None
        self.worker, self.day, self.lane, self.travel = worker, day, lane, travel
        self.here, self.end = worker.base, lane.start

    def round(self, visits: list[tuple[int, int, str, str, str]]) -> Round:
        spots: list[Spot] = list(visits)
        for start, end, place in busy_stops(self.worker, self.day, self.lane):
            spots.append((start, end, None, place, place))
        stops: list[Stop] = []
        for start, end, visit, place, leaves in sorted(spots, key=lambda s: (s[0], s[1])):
            leg, lunch = self._way(place, start)
            idle = start - self.end - leg - lunch if stops else 0
            stops.append(
                Stop(
                    visit=visit,
                    place=place,
                    leaves_from=leaves,
                    start=start,
                    end=end,
                    travel=leg,
                    lunch=lunch,
                    waiting=idle,
                )
            )
            self.here, self.end = leaves, end
        leg, lunch = self._way(self.worker.base, self.lane.end)
        return Round(
            worker=self.worker.code,
            day=self.day,
            leave=stops[0].start - stops[0].travel,
            back=self.end + leg,
            back_travel=leg,
            lunch=lunch,
            stops=tuple(stops),
        )

    def _way(self, place: str, start: int) -> tuple[int, int]:
        """(minutes of the way, minutes of lunch taken in this gap: the first it fits in)."""
        leg = self.travel.minutes(self.here, place, self.worker.mode)
        lunch = self.lunch
        if lunch is None or start - self.end < leg + lunch.minutes:
            return leg, 0
        if max(self.end, lunch.start) + lunch.minutes > min(start, lunch.end):
            return leg, 0
        self.lunch = None
        return leg, lunch.minutes


def _place(visit: Visit, homes: dict[str, str]) -> str:
    return visit.pick_up or visit.place or homes[visit.tenant]


def _end(visit: Visit, homes: dict[str, str]) -> str:
    return visit.end_place or visit.place or homes[visit.tenant]
