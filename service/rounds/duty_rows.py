"""Writes who is on duty: into the draft when a plan is applied, to people when it is published."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from scheduling.plan import Plan
from scheduling.problem import Duty, Problem
from scheduling.weeks import DAY_MINUTES, to_instant
from service.database.sql import execute, fetch_all
from service.rounds.rows import RosterRow


async def write_duties(
    team: int, *, problem: Problem, plan: Plan, workers: Mapping[str, int], now: datetime
) -> None:
    """Give each duty of the problem to whom the plan gives it; `workers`: ids by code.

    A slot of the settings gets its row here; one that they no longer ask for loses its worker.
    What has begun, or was called off meanwhile, stays as it is.
    """
    given = {one.duty: workers[one.worker] for one in plan.duties}
    open_ = [duty for duty in problem.duties if not _begun(duty, problem)]
    # Two workers who change places would meet in between: the database judges at the commit.
    for duty in open_:
        await execute(
            _WRITE,
            uuid4(),
            team,
            duty.code,
            duty.kind,
            _instant(problem, duty, duty.start),
            _instant(problem, duty, duty.end),
            list(duty.disciplines),
            list(duty.skills),
            None if duty.place is None else int(duty.place.removeprefix("P")),
            duty.visits,
            given.get(duty.code),
            now,
        )
    first = 0 if problem.now is None else max(0, problem.now)
    bounds = (
        to_instant(problem.week, day=first // DAY_MINUTES, minute=first % DAY_MINUTES),
        to_instant(problem.week, day=7, minute=0),
    )
    await execute(_UNASKED, team, *bounds, [duty.code for duty in problem.duties], now)


async def changed_duties(roster: RosterRow) -> frozenset[str]:
    """The codes of workers whose duties would change if the week were published now."""
    rows = await fetch_all(_CHANGED, roster.team, *_bounds(roster))
    return frozenset(code for row in rows for code in (row["worker"], row["published"]) if code)


async def publish_duties(roster: RosterRow, *, now: datetime) -> None:
    """Tell people of the draft's duties; the roster's lock must be held.

    What somebody no longer has is kept as lost, so that their calendar can say so.
    """
    await execute(_LOSE, roster.team, *_bounds(roster), now)
    await execute(_PUBLISH, roster.team, *_bounds(roster), now)


def _begun(duty: Duty, problem: Problem) -> bool:
    return problem.now is not None and duty.day * DAY_MINUTES + duty.start < problem.now


def _instant(problem: Problem, duty: Duty, minute: int) -> datetime:
    days, rest = divmod(minute, DAY_MINUTES)
    return to_instant(problem.week, day=duty.day + days, minute=rest)


def _bounds(roster: RosterRow) -> tuple[datetime, datetime]:
    return to_instant(roster.week, day=0, minute=0), to_instant(roster.week, day=7, minute=0)


_WRITE = """
insert into duty_slots (uid, team, key, kind, starts_at, ends_at, disciplines, skills, place,
    visits, worker, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
on conflict (team, key) do update set
    kind = excluded.kind, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
    disciplines = excluded.disciplines, skills = excluded.skills, place = excluded.place,
    visits = excluded.visits, worker = excluded.worker, updated_at = excluded.updated_at,
    held = duty_slots.held and duty_slots.worker is not distinct from excluded.worker
where duty_slots.state = 'open'
    and (duty_slots.worker, duty_slots.starts_at, duty_slots.ends_at, duty_slots.visits)
        is distinct from (excluded.worker, excluded.starts_at, excluded.ends_at, excluded.visits)
"""

_UNASKED = """
update duty_slots set worker = null, held = false, updated_at = $5
where team = $1 and starts_at >= $2 and starts_at < $3 and key <> all($4::text[])
    and state = 'open' and worker is not null
"""

_DIFFERS = """
d.team = $1 and d.starts_at >= $2 and d.starts_at < $3
    and (d.worker is distinct from d.published_worker
        or (d.published_worker is not null and d.updated_at > d.changed_at))
"""

_CHANGED = f"""
select w.code as worker, p.code as published
from duty_slots d
left join workers w on w.id = d.worker
left join workers p on p.id = d.published_worker
where {_DIFFERS}
"""  # noqa: S608 our own words

_LOSE = f"""
insert into lost_duties (slot, worker, starts_at, ends_at, sequence, cancelled_at)
select d.id, d.published_worker, d.starts_at, d.ends_at, d.sequence + 1,
    greatest($4::timestamptz, d.changed_at + interval '1 second', d.updated_at)
from duty_slots d
where {_DIFFERS} and d.published_worker is not null
    and d.worker is distinct from d.published_worker
on conflict (slot, worker) do update set
    starts_at = excluded.starts_at, ends_at = excluded.ends_at, sequence = excluded.sequence,
    cancelled_at = excluded.cancelled_at
"""  # noqa: S608 our own words

_PUBLISH = f"""
update duty_slots d set published_worker = d.worker,
    sequence = d.sequence + (d.changed_at is not null)::int,
    changed_at = greatest($4::timestamptz, d.changed_at + interval '1 second', d.updated_at)
where {_DIFFERS}
"""  # noqa: S608 our own words
