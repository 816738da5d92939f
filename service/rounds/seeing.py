"""Who has seen what was published: the page opened, a calendar fetched, changes not yet seen."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from scheduling.weeks import to_instant
from service import clock
from service.access.policy import Viewer, may_publish, may_see_roster
from service.database.sql import execute, fetch_all
from service.errors import Forbidden, NotFound
from service.feeds.queries import FeedsSeen, feeds_seen
from service.rounds import rows
from service.teams.queries import team_by_code


class Sight(StrEnum):
    """How sure it is that somebody knows: the page was opened since, a calendar has it, neither."""

    OPENED = "opened"
    FETCHED = "fetched"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenBy:
    """One worker whose week was changed by publishing: when last, and what they have seen since.

    `changes`: of visits each time, of duties the slots that came, changed or went. `unseen`:
    changes since they opened the page. `feeds` is None for somebody without one.
    """

    worker: str
    first_name: str
    last_name: str
    changed_at: datetime
    changes: int
    unseen: int
    opened_at: datetime | None
    feeds: FeedsSeen | None

    @property
    def sight(self) -> Sight:
        """What is known of it."""
        if self.opened_at is not None and self.opened_at >= self.changed_at:
            return Sight.OPENED
        if self.feeds is not None and self.feeds.current:
            return Sight.FETCHED
        return Sight.NOT_YET


async def note_week_opened(viewer: Viewer, week: date) -> None:
    """Keep that the viewer, who is a worker, looked at a week (a Monday) of their own now."""
    if viewer.worker is not None:
        await execute(_OPENED, viewer.worker, week, clock.now())


async def seen_by(viewer: Viewer, *, team: str, week: date) -> tuple[int, tuple[SeenBy, ...]]:
    """The revision, and everybody it or an earlier one concerned: who has not seen it first.

    For who publishes the team's week; raises `NotFound` for one that was never published.
    """
    found = await team_by_code(team)
    if found is None or not may_see_roster(viewer, found.id):
        raise NotFound
    if not may_publish(viewer, found.id):
        raise Forbidden
    roster = await rows.roster_of(found.id, week)
    if roster is None or not roster.revision:
        raise NotFound
    first, last = (to_instant(week, day=day, minute=0) for day in (0, 7))
    concerned = await fetch_all(_CONCERNED, roster.id, week, found.id, first, last)
    feeds = await feeds_seen([row["worker"] for row in concerned])
    people = [SeenBy(**row, feeds=feeds.get(row["worker"])) for row in concerned]
    order = (Sight.NOT_YET, Sight.FETCHED, Sight.OPENED)
    return roster.revision, tuple(sorted(people, key=lambda one: order.index(one.sight)))


_OPENED = """
insert into roster_views (worker, week, opened_at) values ($1, $2, $3)
on conflict (worker, week) do update set opened_at = greatest(roster_views.opened_at, $3)
"""

_CONCERNED = """
with told (what, changed_at, worker) as (
    select 'v' || c.id, c.changed_at, w.id
    from roster_changes c
    cross join lateral jsonb_array_elements_text(
        coalesce(c.before -> 'workers', '[]') || coalesce(c.after -> 'workers', '[]')) as x(code)
    join workers w on w.code = x.code
    where c.roster = $1
    union all
    select 'd' || d.id, d.changed_at, d.published_worker
    from duty_slots d
    where d.team = $3 and d.starts_at >= $4 and d.starts_at < $5
        and d.published_worker is not null and d.changed_at is not null
    union all
    select 'd' || d.id, l.cancelled_at, l.worker
    from lost_duties l join duty_slots d on d.id = l.slot
    where d.team = $3 and l.starts_at >= $4 and l.starts_at < $5
)
select w.code as worker, w.first_name, w.last_name, max(t.changed_at) as changed_at,
    count(distinct t.what) as changes,
    count(distinct t.what) filter (where coalesce(t.changed_at > v.opened_at, true)) as unseen,
    v.opened_at
from told t
join workers w on w.id = t.worker
left join roster_views v on v.worker = w.id and v.week = $2
group by w.id, v.opened_at
order by w.name_key, w.code
"""
