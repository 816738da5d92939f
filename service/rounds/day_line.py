"""What else stands in a worker's day: meetings, lunch, and the gaps that visits leave. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from scheduling.problem import lunch_due
from scheduling.weeks import DAY_MINUTES
from scheduling.windows import Interval
from service.clock import BRUSSELS
from service.rounds.capacity import lunch_of
from service.rounds.types import BoardCell, BoardVisit
from service.teams.policy import TeamPolicy

LEAST_GAP = 45
"""Minutes from which a gap between two things is worth a word."""


class TimeKind(StrEnum):
    MEETING = "meeting"
    LUNCH = "lunch"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class OtherTime:
    """A time of a day that is no visit, in minutes after local midnight."""

    kind: TimeKind
    start: int
    end: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class _Stop:
    start: int
    end: int
    way: int


def other_times(policy: TeamPolicy, cell: BoardCell) -> tuple[OtherTime, ...]:
    """Meetings, lunch and gaps of a worker's day, by start; none on a day without visits but for
    the meetings.

    Lunch is taken as the planner does: in the first gap where it fits. Whoever is with a tenant
    then is excused from a meeting.
    """
    visits = [_stop(visit) for visit in cell.visits]
    meetings = [
        Interval(meeting.from_minute, meeting.to_minute)
        for meeting in policy.meetings
        if cell.day.isoweekday() in meeting.weekdays
        and any(a <= meeting.from_minute and meeting.to_minute <= b for a, b in cell.hours)
        and not any(v.start < meeting.to_minute and meeting.from_minute < v.end for v in visits)
    ]
    found = [OtherTime(TimeKind.MEETING, one.start, one.end) for one in meetings]
    for start, end in cell.hours:
        inside = [v for v in visits if start <= v.start and v.end <= end]
        if inside:
            held = [_Stop(one.start, one.end, 0) for one in meetings]
            found += _free(policy, Interval(start, end), sorted([*inside, *held], key=_start))
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _free(policy: TeamPolicy, lane: Interval, stops: list[_Stop]) -> list[OtherTime]:
    """Lunch in the first gap that has room, and what is free between two stops."""
    lunch = lunch_of(policy)
    due = lunch is not None and lunch_due(lunch, lane)
    found = []
    ends = [lane.start, *(stop.end for stop in stops)]
    starts = [*(stop.start - stop.way for stop in stops), lane.end]
    for i, (end, start) in enumerate(zip(ends, starts, strict=True)):
        at = end
        if due and lunch is not None:
            eat = max(end, lunch.start)
            if eat + lunch.minutes <= min(start, lunch.end):
                found.append(OtherTime(TimeKind.LUNCH, eat, eat + lunch.minutes))
                due, at = False, eat + lunch.minutes
                if 0 < i < len(stops) and eat - end >= LEAST_GAP:
                    found.append(OtherTime(TimeKind.GAP, end, eat))
        if 0 < i < len(stops) and start - at >= LEAST_GAP:
            found.append(OtherTime(TimeKind.GAP, at, start))
    return found


def _stop(visit: BoardVisit) -> _Stop:
    start = local_minute(visit)
    return _Stop(start, min(DAY_MINUTES, start + visit.minutes), visit.travel_before or 0)


def local_minute(visit: BoardVisit) -> int:
    """When a placed visit begins, in minutes after local midnight."""
    assert visit.starts_at is not None, "a placed visit has a start"
    at = visit.starts_at.astimezone(BRUSSELS)
    return at.hour * 60 + at.minute


def _start(stop: _Stop) -> int:
    return stop.start


def in_order(
    cell: BoardCell, others: Iterable[OtherTime]
) -> list[tuple[int, BoardVisit | None, OtherTime | None]]:
    """Visits and other times of a day, by start: (start, visit or None, other time or None)."""
    found: list[tuple[int, BoardVisit | None, OtherTime | None]] = [
        *((local_minute(visit), visit, None) for visit in cell.visits),
        *((other.start, None, other) for other in others),
    ]
    return sorted(found, key=lambda one: (one[0], one[1] is None))
