"""The capacity line: how much was asked, placed and waits, and whether the reserve is kept."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from scheduling.problem import Lunch, lunch_due
from scheduling.weeks import to_slot
from scheduling.windows import Interval, intersect, minutes
from service.rounds.rows import DraftVisit
from service.rounds.states import VisitState
from service.rounds.travelling import Travel
from service.rounds.types import Capacity
from service.teams.facts import TeamFacts, WorkerWeek
from service.teams.policy import TeamPolicy

LEAST_FREE = 4  # the reserve never takes more than this part of a day's time


def capacity_of(
    team: TeamFacts,
    workers: Sequence[WorkerWeek],
    draft: Sequence[DraftVisit],
    *,
    travel: Travel,
) -> Capacity:
    """The numbers of a draft; visits that were called off are not asked."""
    placed = [visit for visit in draft if visit.placed]
    waiting = [visit for visit in draft if visit.state is VisitState.WAITING]
    busy_days = {_day(visit, workers) for visit in placed} - {None}
    short = [
        day
        for day in range(7)
        if day in busy_days and _is_short(team, day, workers, placed, travel)
    ]
    monday = workers[0].monday if workers else None
    return Capacity(
        asked=len(placed) + len(waiting),
        placed=len(placed),
        waiting=len(waiting),
        beyond_gap=sum(visit.overdue_days > 0 for visit in waiting),
        visiting_minutes=sum(visit.minutes * len(visit.workers) for visit in placed),
        share_minutes=sum(week.share_minutes for week in workers),
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


def _is_short(
    team: TeamFacts,
    day: int,
    workers: Sequence[WorkerWeek],
    placed: Sequence[DraftVisit],
    travel: Travel,
) -> bool:
    """Whether what is left of a day after visits, ways, meetings and lunch is below the reserve."""
    free = sum(_free(team.policy, day, week, placed, travel) for week in workers)
    return free < reserve_on(team.policy, day, workers)


def _free(
    policy: TeamPolicy,
    day: int,
    week: WorkerWeek,
    placed: Sequence[DraftVisit],
    travel: Travel,
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
    taken = minutes(intersect(lanes, meetings))
    taken += sum(lunch.minutes for lane in lanes if lunch and lunch_due(lunch, lane))
    taken += sum(visit.minutes for visit in mine)
    taken += sum(way or 0 for way in travel.ways(week.worker.travel_mode, mine, back=True))
    return minutes(lanes) - taken


def _day(visit: DraftVisit, workers: Sequence[WorkerWeek]) -> int | None:
    if visit.starts_at is None or not workers:
        return None
    return to_slot(workers[0].monday, visit.starts_at)[0]
