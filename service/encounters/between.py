"""What lies between a worker's visits: meetings, duties, and where lunch fits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduling.weeks import BRUSSELS
from scheduling.windows import Interval, overlaps
from service.database.sql import fetch_all
from service.rounds.types import MyStop
from service.teams.duties import MyDuty
from service.teams.facts import TeamFacts
from service.teams.policy import LunchRule, TeamPolicy
from service.teams.queries import team_by_id
from service.teams.states import DutyKind


class OtherKind(StrEnum):
    LUNCH = "lunch"
    MEETING = "meeting"
    DUTY = "duty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Something that is no visit; local minutes after midnight, a duty may end after 1440.

    `loose`: lunch that has no place of its own: somewhere between `start` and `end`.
    """

    kind: OtherKind
    start: int
    end: int
    duty: DutyKind | None = None
    loose: bool = False


async def others_of_day(
    worker: str, day: date, *, duties: Iterable[MyDuty], stops: Sequence[MyStop]
) -> tuple[Other, ...]:
    """The meetings of a worker's teams, their duties and lunch on a day, by start.

    A meeting at whose time a visit is published is left out: whoever is needed is excused.
    """
    busy = [_interval(stop) for stop in stops]
    policies = [team.policy for team in await _teams(worker, day)]
    meetings = sorted({m for policy in policies for m in meetings_on(policy, day)})
    found = [
        Other(kind=OtherKind.MEETING, start=start, end=end)
        for start, end in meetings
        if not any(overlaps(Interval(start, end), taken) for taken in busy)
    ]
    for duty in duties:
        start = _minute(duty.starts_at)
        length = int((duty.ends_at - duty.starts_at).total_seconds()) // 60
        found.append(Other(kind=OtherKind.DUTY, start=start, end=start + length, duty=duty.kind))
    rule = policies[0].lunch if policies else None
    if rule is not None and stops:
        taken = [*busy, *(Interval(one.start, one.end) for one in found if one.duty is None)]
        found.append(lunch(rule, taken))
    return tuple(sorted(found, key=lambda one: (one.start, one.kind)))


def meetings_on(policy: TeamPolicy, day: date) -> list[tuple[int, int]]:
    """From and to minute of a team's meetings on a day."""
    return [
        (meeting.from_minute, meeting.to_minute)
        for meeting in policy.meetings
        if day.isoweekday() in meeting.weekdays
    ]


def lunch(rule: LunchRule, taken: Iterable[Interval]) -> Other:
    """Lunch in the middle of the longest time free for it; `loose` where nothing is long enough."""
    free, start = [], rule.from_minute
    for one in sorted(taken):
        free.append((min(one.start, rule.to_minute) - start, start))
        start = max(start, one.end)
    free.append((rule.to_minute - start, start))
    length, begins = max(free, key=lambda gap: (gap[0], -gap[1]))
    if length < rule.minutes:
        return Other(kind=OtherKind.LUNCH, start=rule.from_minute, end=rule.to_minute, loose=True)
    noon = begins + (length - rule.minutes) // 2 // 5 * 5
    return Other(kind=OtherKind.LUNCH, start=noon, end=noon + rule.minutes)


def _minute(at: datetime) -> int:
    local = at.astimezone(BRUSSELS)
    return local.hour * 60 + local.minute


def _interval(stop: MyStop) -> Interval:
    start = _minute(stop.starts_at)
    length = int((stop.ends_at - stop.starts_at).total_seconds()) // 60
    return Interval(start - (stop.travel_before or 0), start + length)


async def _teams(worker: str, day: date) -> list[TeamFacts]:
    rows = await fetch_all(_TEAMS, worker, day)
    teams = [await team_by_id(row["team"]) for row in rows]
    return [team for team in teams if team is not None]


_TEAMS = """
select m.team from team_memberships m join workers w on w.id = m.worker
where w.code = $1 and m.starts_on <= $2 and coalesce(m.ends_on > $2, true)
order by m.starts_on, m.team
"""
