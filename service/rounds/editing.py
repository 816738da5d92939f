"""What a person does to one visit of a draft: pin, promise, move, unplace, call off."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from scheduling.weeks import DAY_MINUTES, to_instant
from service import clock
from service.access.policy import Viewer, may_plan, may_see_roster
from service.database.sql import execute, fetch_all, fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.rounds import rows
from service.rounds.draft import set_workers
from service.rounds.judging import draft_breaches
from service.rounds.rows import DraftVisit, RosterRow
from service.rounds.states import VisitState
from service.rounds.types import DraftBreach, DraftChange
from service.rounds.week import read_week
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_id

Change = Callable[[DraftVisit, RosterRow], Awaitable[tuple[DraftBreach, ...]]]


async def pin_visit(viewer: Viewer, visit: int, *, expected_version: int) -> DraftChange:
    """Hold a placed visit where it is, whatever is planned around it."""

    async def change(row: DraftVisit, _: RosterRow) -> tuple[DraftBreach, ...]:
        if not row.placed:
            raise Invalid({"visit": "placed visits can be pinned, others have no place"})
        await _set(visit, viewer, "pinned = true")
        return ()

    return await _changed(viewer, visit, expected_version, change)


async def unpin_visit(viewer: Viewer, visit: int, *, expected_version: int) -> DraftChange:
    """Let the planner move the visit again."""

    async def change(_: DraftVisit, __: RosterRow) -> tuple[DraftBreach, ...]:
        await _set(visit, viewer, "pinned = false")
        return ()

    return await _changed(viewer, visit, expected_version, change)


async def promise_visit(
    viewer: Viewer, visit: int, *, promised: bool, expected_version: int
) -> DraftChange:
    """Note that the tenant was told the time (or was not): moving it becomes dear."""

    async def change(_: DraftVisit, __: RosterRow) -> tuple[DraftBreach, ...]:
        await _set(visit, viewer, "promised = $4", promised)
        return ()

    return await _changed(viewer, visit, expected_version, change)


async def unplace_visit(viewer: Viewer, visit: int, *, expected_version: int) -> DraftChange:
    """Take a visit off the week, back to the waiting list."""
    return await _take_off(viewer, visit, VisitState.WAITING, expected_version=expected_version)


async def cancel_visit(viewer: Viewer, visit: int, *, expected_version: int) -> DraftChange:
    """Call a visit off: it is not asked again in this week."""
    return await _take_off(viewer, visit, VisitState.CANCELLED, expected_version=expected_version)


async def move_visit(
    viewer: Viewer,
    visit: int,
    *,
    day: date,
    start: int,
    workers: tuple[str, ...],
    expected_version: int,
) -> DraftChange:
    """Place a visit by hand and pin it there: `start` in local minutes, `workers` in seat order.

    What it newly breaks is returned, not refused: people may plan against advice; publishing
    refuses. Raises `Invalid` for a day outside the week, a start off the grid, workers unknown to
    the team or not as many as asked.
    """

    async def change(row: DraftVisit, roster: RosterRow) -> tuple[DraftBreach, ...]:
        team = await team_by_id(roster.team)
        assert team is not None, "a roster has a team"
        offset = (day - roster.week).days
        _refuse_bad_slot(offset, start, row, team)
        ids = await _worker_ids(workers, row)
        facts = await read_week(team, roster.week, now=clock.now())
        if not set(workers) <= {week.worker.code for week in facts.workers}:
            raise Invalid({"workers": "workers of the team in that week"})
        starts = to_instant(roster.week, day=offset, minute=start)
        moved = replace(
            row,
            state=VisitState.PLACED,
            starts_at=starts,
            ends_at=starts + timedelta(minutes=row.minutes),
            workers=workers,
            pinned=True,
        )
        await _place(moved, viewer)
        await set_workers(visit, ids)
        before = {(one.rule, one.detail) for one in draft_breaches(facts)}
        draft = tuple(moved if one.id == visit else one for one in facts.draft)
        after = draft_breaches(replace(facts, draft=draft))
        return tuple(one for one in after if (one.rule, one.detail) not in before)

    return await _changed(viewer, visit, expected_version, change)


async def _take_off(
    viewer: Viewer, visit: int, state: VisitState, *, expected_version: int
) -> DraftChange:
    async def change(_: DraftVisit, __: RosterRow) -> tuple[DraftBreach, ...]:
        await _set(
            visit,
            viewer,
            "state = $4, starts_at = null, ends_at = null, pinned = false, reasons = '[]'",
            state.value,
        )
        await set_workers(visit, ())
        return ()

    return await _changed(viewer, visit, expected_version, change)


async def _changed(
    viewer: Viewer, visit: int, expected_version: int, change: Change
) -> DraftChange:
    """Do one change under the roster's lock, if the viewer may and saw the draft as it is."""
    async with unit_of_work():
        roster_id = await fetch_value("select roster from visits where id = $1", visit)
        roster = await rows.roster_by_id(roster_id, lock=True) if roster_id else None
        if roster is None or not may_see_roster(viewer, roster.team):
            raise NotFound
        if not may_plan(viewer, roster.team):
            raise Forbidden
        if roster.version != expected_version:
            raise Stale
        row = next(one for one in await rows.draft_visits(roster.id) if one.id == visit)
        breaches = await change(row, roster)
        version: int = await fetch_value(
            "update rosters set version = version + 1, updated_at = $2, updated_by = $3"
            " where id = $1 returning version",
            roster.id,
            clock.now(),
            viewer.account,
        )
    return DraftChange(version=version, breaches=breaches)


async def _set(visit: int, viewer: Viewer, changes: str, *params: object) -> None:
    sql = f"update visits set updated_at = $2, updated_by = $3, {changes} where id = $1"  # noqa: S608 our own words
    await execute(sql, visit, clock.now(), viewer.account, *params)


async def _place(moved: DraftVisit, viewer: Viewer) -> None:
    starts: datetime | None = moved.starts_at
    await _set(
        moved.id,
        viewer,
        "state = 'placed', starts_at = $4, ends_at = $5, pinned = true, reasons = '[]'",
        starts,
        moved.ends_at,
    )


def _refuse_bad_slot(offset: int, start: int, row: DraftVisit, team: TeamFacts) -> None:
    if not 0 <= offset < 7:
        raise Invalid({"day": "a day of the roster's week"})
    if start % team.policy.grid or not 0 <= start <= DAY_MINUTES - row.minutes:
        raise Invalid({"start": f"a time of that day on the grid of {team.policy.grid} minutes"})


async def _worker_ids(codes: Sequence[str], row: DraftVisit) -> list[int]:
    """The ids of a visit's workers in seat order; `Invalid` unless they fill its seats."""
    found = await fetch_all(
        "select id, code from workers where code = any($1::text[])", list(codes)
    )
    ids = {one["code"]: one["id"] for one in found}
    if len(ids) != len(codes) or len(codes) != row.workers_needed:
        raise Invalid({"workers": f"{row.workers_needed} different workers"})
    return [ids[code] for code in codes]
