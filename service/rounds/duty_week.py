"""What a week's duties are staffed from: its slots, what was done before, and work around it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from scheduling.problem import Busy, Duty
from scheduling.weeks import DAY_MINUTES, to_slot
from scheduling.windows import Interval
from service.teams.duties import (
    DutyFacts,
    ResourceFacts,
    WorkAround,
    duties_around,
    duties_in_week,
    duty_minutes,
    resources_in_week,
)
from service.teams.facts import TeamFacts
from service.teams.queries import workers_in_weeks

LONGEST = 2 * DAY_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyWeek:
    """A team's duties and resources in a week; `minutes`, `around` and `edges` by worker's code.

    `edges`: working hours on the Sunday before (day -1) and the Monday after (day 7).
    """

    slots: tuple[DutyFacts, ...] = ()
    resources: tuple[ResourceFacts, ...] = ()
    minutes: Mapping[str, int] = field(default_factory=dict)
    around: Mapping[str, tuple[WorkAround, ...]] = field(default_factory=dict)
    edges: Mapping[str, tuple[tuple[int, Interval], ...]] = field(default_factory=dict)


async def read_duties(team: TeamFacts, monday: date, workers: Sequence[str]) -> DutyWeek:
    """Read them; a team without duties needs nothing of what only duties ask."""
    slots = await duties_in_week(team, monday)
    resources = await resources_in_week(team.id, monday)
    around: dict[str, list[WorkAround]] = defaultdict(list)
    for work in await duties_around(team, monday, workers):
        around[work.worker].append(work)
    found = DutyWeek(
        slots=slots,
        resources=resources,
        around={code: tuple(times) for code, times in around.items()},
    )
    if not slots:
        return found
    return DutyWeek(
        slots=slots,
        resources=resources,
        around=found.around,
        minutes=await duty_minutes(monday, workers),
        edges=await _edges(team, monday),
    )


def duties_of(week: DutyWeek, monday: date, *, workers: set[str], grid: int) -> tuple[Duty, ...]:
    """The slots as the planner has them, on the grid and never shorter."""
    found = []
    for slot in week.slots:
        day, start, end = local_span(monday, slot.starts_at, slot.ends_at, grid=grid)
        found.append(
            Duty(
                code=slot.key,
                day=day,
                start=start,
                end=min(end, LONGEST // grid * grid),
                kind=slot.kind.value,
                disciplines=tuple(one.value for one in slot.disciplines),
                skills=slot.skills,
                place=None if slot.place is None else f"P{slot.place}",
                worker=slot.worker if slot.worker in workers else None,
                holiday=slot.holiday,
                visits=slot.visits,
            )
        )
    return tuple(found)


def outside_of(worker: str, week: DutyWeek, monday: date, *, grid: int) -> tuple[Busy, ...]:
    """A worker's work that only duties must respect: at the week's edges, for other teams."""
    spans = [(day, hours.start, hours.end) for day, hours in week.edges.get(worker, ())]
    for work in week.around.get(worker, ()):
        day, start, end = local_span(monday, work.starts_at, work.ends_at, grid=grid)
        if day < -1:  # begun on the Saturday before: what is left of it on Sunday
            start, end, day = 0, end + (day + 1) * DAY_MINUTES, -1
        spans.append((day, start, min(end, LONGEST // grid * grid)))
    return tuple(
        Busy(day=day, start=start, end=end)
        for day, start, end in sorted(set(spans))
        if day <= 7 and start < end
    )


def local_span(
    monday: date, starts_at: datetime, ends_at: datetime, *, grid: int
) -> tuple[int, int, int]:
    """(day index, start, end) on the wall clock and the grid; the end may be after midnight."""
    day, start = to_slot(monday, starts_at)
    last_day, end = to_slot(monday, ends_at)
    end += (last_day - day) * DAY_MINUTES
    return day, start // grid * grid, -(-end // grid) * grid


async def _edges(team: TeamFacts, monday: date) -> dict[str, tuple[tuple[int, Interval], ...]]:
    before, after = monday - timedelta(days=7), monday + timedelta(days=7)
    weeks = await workers_in_weeks(team, (before, after))
    grid = team.policy.grid
    found: dict[str, list[tuple[int, Interval]]] = defaultdict(list)
    for of, day, index in ((before, -1, 6), (after, 7, 0)):
        for week in weeks[of]:
            for start, end in week.at_work[index]:
                hours = Interval(start // grid * grid, -(-end // grid) * grid)
                found[week.worker.code].append((day, hours))
    return {code: tuple(hours) for code, hours in found.items()}
