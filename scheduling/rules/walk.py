"""A lane as it is walked: its stops in order, the gaps between them, and where lunch is taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from scheduling.problem import Lunch, Worker, busy_stops, lunch_due
from scheduling.travel import ProblemTravel
from scheduling.windows import Interval


@dataclass(frozen=True, slots=True, order=True)
class Stop:
    """A visit or a busy time in a lane; `visit` is '' for a busy time and for the base."""

    start: int
    end: int
    visit: str
    arrive: str
    leave: str


@dataclass(frozen=True, slots=True)
class Gap:
    """From stop to stop: `leg` minutes of travel, `lunch` minutes of rest."""

    before: Stop
    after: Stop
    leg: int
    lunch: int

    @property
    def spare(self) -> int:
        """Minutes left after travel and lunch; negative when the next stop cannot be reached."""
        return self.after.start - self.before.end - self.leg - self.lunch

    @property
    def late(self) -> int:
        """Minutes by which the next stop cannot be reached; 0 when it can."""
        return max(0, self.before.end + self.leg - self.after.start)


@dataclass(frozen=True, slots=True)
class Walk:
    """One worker's lane that holds at least one visit; `gaps` begin and end at the base."""

    worker: Worker
    day: int
    lane: Interval
    gaps: tuple[Gap, ...]
    lunch_due: bool

    @property
    def visits(self) -> tuple[str, ...]:
        """Codes of the visits in the order they are walked."""
        return tuple(gap.before.visit for gap in self.gaps if gap.before.visit)

    @property
    def travel(self) -> int:
        """Minutes of all legs."""
        return sum(gap.leg for gap in self.gaps)

    @property
    def waiting(self) -> int:
        """Minutes between consecutive stops, base apart, that are neither travel nor lunch."""
        return sum(max(0, gap.spare) for gap in self.gaps[1:-1])

    @property
    def lunch_taken(self) -> bool:
        """Whether lunch fits somewhere; false too where none is due."""
        return any(gap.lunch for gap in self.gaps)


def walk(
    worker: Worker,
    day: int,
    lane: Interval,
    *,
    visits: Iterable[Stop],
    travel: ProblemTravel,
    lunch: Lunch | None,
) -> Walk:
    """Walk a lane's visits and busy times; stops that start together go by end and code."""
    due = lunch_due(lunch, lane)
    busy = (Stop(a, b, "", place, place) for a, b, place in busy_stops(worker, day, lane))
    base = worker.base
    stops = [
        Stop(lane.start, lane.start, "", base, base),
        *sorted([*visits, *busy]),
        Stop(lane.end, lane.end, "", base, base),
    ]
    gaps = tuple(_gaps(stops, worker=worker, travel=travel, lunch=lunch if due else None))
    return Walk(worker, day, lane, gaps, due)


def _gaps(
    stops: list[Stop], *, worker: Worker, travel: ProblemTravel, lunch: Lunch | None
) -> Iterator[Gap]:
    for before, after in pairwise(stops):
        leg = travel.minutes(before.leave, after.arrive, worker.mode)
        rest = lunch.minutes if lunch and _fits(lunch, before.end, after.start, leg) else 0
        if rest:
            lunch = None
        yield Gap(before, after, leg, rest)


def _fits(lunch: Lunch, end: int, start: int, leg: int) -> bool:
    long_enough = start - end >= leg + lunch.minutes
    return long_enough and max(end, lunch.start) + lunch.minutes <= min(start, lunch.end)
