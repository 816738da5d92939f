"""The weeks of a team that an absence touches, and how far each is: asked, proposed, decided."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from service import clock
from service.clock import BRUSSELS
from service.database.sql import fetch_all, fetch_one, fetch_value


class AwayState(StrEnum):
    """How far a week of an absence is: not asked, in work, a proposal waits, decided on."""

    OPEN = "open"
    WORKING = "working"
    PROPOSED = "proposed"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayWorker:
    """Who is away: the absence's id, since when, and until when (the end of `last`)."""

    id: int
    worker: str
    first_name: str
    starts_at: datetime
    ends_at: datetime

    @property
    def first(self) -> date:
        """The first day of the absence."""
        return self.starts_at.astimezone(BRUSSELS).date()

    @property
    def from_midnight(self) -> bool:
        """Whether the first day is a whole one."""
        local = self.starts_at.astimezone(BRUSSELS)
        return not (local.hour or local.minute)

    @property
    def last(self) -> date:
        """The last day of the absence."""
        return (self.ends_at - timedelta(seconds=1)).astimezone(BRUSSELS).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class AwayWeek:
    """A week of an absence: the newest run that was asked because of it, if there is one.

    `touched`: the absence takes something away of what is drafted or published.
    """

    week: date
    published: bool
    touched: bool
    state: AwayState
    run: int | None


async def absence_by_id(absence: int) -> AwayWorker | None:
    """Who is away, by the id of the absence."""
    return await fetch_one(_ABSENCE, absence, into=AwayWorker)


async def weeks_of_absence(team: int, absence: AwayWorker) -> tuple[AwayWeek, ...]:
    """The weeks of a team that are not over and in which the absence takes something away, or
    for which it led to a run already; earliest first."""
    rows = await fetch_all(
        _WEEKS,
        team,
        absence.id,
        absence.worker,
        max(absence.starts_at, clock.now()),
        absence.ends_at,
    )
    return tuple(
        AwayWeek(
            week=row["week"],
            published=row["published"],
            touched=row["touched"],
            state=AwayState(row["state"]),
            run=row["run"],
        )
        for row in rows
    )


async def next_away_week(team: int, week: date) -> tuple[AwayWorker, AwayWeek] | None:
    """The first other week on which nobody decided yet, of the absence that led to the newest
    decided run of this week; None if there is none."""
    found = await fetch_value(_DECIDED, team, week)
    away = await absence_by_id(found) if found is not None else None
    if away is None:
        return None
    for one in await weeks_of_absence(team, away):
        if one.week != week and one.state is AwayState.PROPOSED:
            return away, one
    return None


_DECIDED = """
select absence from plan_runs where team = $1 and week = $2 and absence is not null
    and (applied_at is not null or discarded_at is not null)
order by id desc limit 1
"""

_ABSENCE = """
select a.id, w.code as worker, w.first_name, a.starts_at, a.ends_at
from absences a join workers w on w.id = a.worker where a.id = $1
"""

_WEEKS = """
with hit as (
    select r.id, exists (
        select from visits v join visit_workers x on x.visit = v.id
        where v.roster = r.id and v.state = 'placed' and v.starts_at < $5 and v.ends_at > $4
            and x.worker = w.id
    ) or exists (
        select from visits v join published_visits p on p.visit = v.id
            join published_stops s on s.published_visit = p.id
        where v.roster = r.id and s.worker = w.id and s.state = 'confirmed'
            and s.starts_at < $5 and s.ends_at > $4
    ) or exists (
        select from duty_slots d
        where d.team = r.team and d.state = 'open' and w.id in (d.worker, d.published_worker)
            and d.starts_at < $5 and d.ends_at > $4
            and d.starts_at >= (r.week::timestamp at time zone 'Europe/Brussels')
            and d.starts_at < ((r.week + 7)::timestamp at time zone 'Europe/Brussels')
    ) as touched
    from rosters r, workers w
    where r.team = $1 and w.code = $3
        and (r.week + 7)::timestamp at time zone 'Europe/Brussels' > $4
        and r.week::timestamp at time zone 'Europe/Brussels' < $5
)
select r.week, r.revision > 0 as published, hit.touched, run.id as run,
    case
        when run.state in ('queued', 'running') then 'working'
        when run.applied_at is not null or run.discarded_at is not null then 'decided'
        when run.plan is not null then 'proposed'
        else 'open'
    end as state
from hit join rosters r on r.id = hit.id
left join lateral (
    select p.id, p.state, p.applied_at, p.discarded_at, p.plan from plan_runs p
    where p.team = r.team and p.week = r.week and p.absence = $2
    order by p.id desc limit 1
) run on true
where hit.touched or run.id is not null
order by r.week
"""
