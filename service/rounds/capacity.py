"""The capacity line: how much was asked, placed and waits, and whether the reserve is kept."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from scheduling.problem import Lunch, lunch_due
from scheduling.weeks import DAY_MINUTES, to_slot
from scheduling.windows import Interval, intersect, minutes, union
from service.rounds.fairness import fair_most
from service.rounds.rows import DraftVisit
from service.rounds.states import Priority, VisitState
from service.rounds.travelling import Travel
from service.rounds.types import Capacity
from service.teams.facts import TeamFacts, WorkerWeek
from service.teams.policy import TeamPolicy


class Duty(Protocol):
    """A duty of the week and who has it (a code), as far as it takes time."""

    @property
    def worker(self) -> str | None: ...
    @property
    def visits(self) -> bool: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReserve:
    """A day (index): minutes of the team's time that are left, and how many should be."""

    day: int
    asked: int
    left: int


LEAST_FREE = 4  # the reserve never takes more than this part of a day's time


def capacity_of(
    team: TeamFacts,
    workers: Sequence[WorkerWeek],
    draft: Sequence[DraftVisit],
    *,
    travel: Travel,
    duties: Sequence[Duty] = (),
    carried: Mapping[str, int] | None = None,
) -> Capacity:
    """The numbers of a draft; visits that were called off are not asked.

    `carried`: what earlier weeks left, by worker's code.
    """
    placed = [visit for visit in draft if visit.placed]
    waiting = [visit for visit in draft if visit.state is VisitState.WAITING]
    reserves = reserves_of(team, workers, draft, travel=travel, duties=duties)
    short = [one.day for one in reserves if one.left < one.asked]
    monday = workers[0].monday if workers else None
    visiting = Counter[str]()
    for visit in placed:
        visiting.update(dict.fromkeys(visit.workers, visit.minutes))
    left = carried or {}
    return Capacity(
        asked=len(placed) + len(waiting),
        placed=len(placed),
        waiting=len(waiting),
        beyond_gap=sum(visit.overdue_days > 0 for visit in waiting),
        shortfall=sum(
            visit.overdue_days > 0 or visit.priority is Priority.MUST for visit in waiting
        ),
        musts_waiting=sum(visit.priority is Priority.MUST for visit in waiting),
        longest=max((visit.overdue_days for visit in waiting), default=0),
        visiting_minutes=visiting.total(),
        share_minutes=sum(week.share_minutes for week in workers),
        over_share=tuple(
            week.worker.code
            for week in workers
            if visiting[week.worker.code]
            > fair_most(team.policy, week, left.get(week.worker.code, 0))
        ),
        reserve_kept=not short if placed else None,
        short_days=tuple(monday + timedelta(days=day) for day in short) if monday else (),
    )


def reserve_on(policy: TeamPolicy, day: int, workers: Iterable[WorkerWeek]) -> int:
    """The minutes of a day index that stay unplanned: never more than a part of the time."""
    if day + 1 not in policy.reserve_weekdays:
        return 0
    there = sum(minutes(week.at_work[day]) for week in workers)
    return min(policy.reserve_minutes, there // LEAST_FREE) // policy.grid * policy.grid


def lunch_of(policy: TeamPolicy) -> Lunch | None:
    """The lunch rule as the planner has it."""
    rule = policy.lunch
    if rule is None:
        return None
    return Lunch(start=rule.from_minute, end=rule.to_minute, minutes=rule.minutes)


def reserves_of(
    team: TeamFacts,
    workers: Sequence[WorkerWeek],
    draft: Sequence[DraftVisit],
    *,
    travel: Travel,
    duties: Sequence[Duty] = (),
) -> tuple[DayReserve, ...]:
    """The days (index) on which something is placed: minutes left after visits, ways, meetings,
    duties and lunch, against the reserve that is asked."""
    placed = [visit for visit in draft if visit.placed]
    busy_days = {_day(visit, workers) for visit in placed}
    return tuple(
        DayReserve(
            day=day,
            asked=reserve_on(team.policy, day, workers),
            left=sum(_free(team.policy, day, week, placed, travel, duties) for week in workers),
        )
        for day in range(7)
        if day in busy_days
    )


def _free(
    policy: TeamPolicy,
    day: int,
    week: WorkerWeek,
    placed: Sequence[DraftVisit],
    travel: Travel,
    duties: Sequence[Duty],
) -> int:
    lanes = week.at_work[day]
    meetings = [
        Interval(meeting.from_minute, meeting.to_minute)
        for meeting in policy.meetings
        if day + 1 in meeting.weekdays
    ]
    lunch = lunch_of(policy)
    mine = sorted(
        (
            visit
            for visit in placed
            if week.worker.code in visit.workers and _day(visit, (week,)) == day
        ),
        key=lambda visit: (visit.starts_at, visit.need),
    )
    taken = minutes(intersect(lanes, union((*meetings, *_on_duty(week, day, duties)))))
    taken += sum(lunch.minutes for lane in lanes if lunch and lunch_due(lunch, lane))
    taken += sum(visit.minutes for visit in mine)
    taken += sum(way or 0 for way in travel.ways(week.worker.travel_mode, mine, back=True))
    return minutes(lanes) - taken


def _on_duty(week: WorkerWeek, day: int, duties: Iterable[Duty]) -> Iterator[Interval]:
    """The minutes of a day in which a worker is on a duty during which no visits go on."""
    for duty in duties:
        if duty.worker == week.worker.code and not duty.visits:
            first, start = to_slot(week.monday, duty.starts_at)
            last, end = to_slot(week.monday, duty.ends_at)
            start += (first - day) * DAY_MINUTES
            end += (last - day) * DAY_MINUTES
            if start < DAY_MINUTES and end > 0:
                yield Interval(max(0, start), min(DAY_MINUTES, end))


def _day(visit: DraftVisit, workers: Sequence[WorkerWeek]) -> int | None:
    if visit.starts_at is None or not workers:
        return None
    return to_slot(workers[0].monday, visit.starts_at)[0]
