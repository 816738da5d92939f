"""What a person does to one duty slot of a draft: give it to somebody, open it, call it off."""

from datetime import date
from uuid import uuid4

from service import clock
from service.access.policy import Viewer, may_plan, may_see_roster
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import unit_of_work
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.rounds import rows
from service.rounds.judging import draft_breaches
from service.rounds.types import DraftChange
from service.rounds.week import read_week
from service.teams.duties import DutyFacts, duties_in_week
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_code
from service.teams.states import DutyState


async def give_duty(
    viewer: Viewer, *, team: str, week: date, key: str, worker: str | None, expected_version: int
) -> DraftChange:
    """Give a duty to a worker (code) and hold it there; None opens it again.

    What it newly breaks is returned, not refused: publishing refuses. A held duty stays with its
    worker as long as the worker can have it. Raises `Invalid` for somebody who is not in the team
    that week, `NotFound` for a slot that is not there, `Stale` for another version of the draft.
    """
    async with unit_of_work():
        found, roster = await _roster(viewer, team, week, expected_version)
        slot = await _slot(found, week, key)
        facts = await read_week(found, week, now=clock.now())
        ids = {one.worker.code: one.worker.id for one in facts.workers}
        if worker is not None and worker not in ids:
            raise Invalid({"worker": "a worker of the team in that week"})
        before = {(one.rule, one.detail) for one in draft_breaches(facts)}
        await _write(found.id, slot, DutyState.OPEN, None if worker is None else ids[worker])
        after = draft_breaches(await read_week(found, week, now=clock.now()))
        version = await _changed(roster, viewer)
    new = tuple(one for one in after if (one.rule, one.detail) not in before)
    return DraftChange(version=version, breaches=new)


async def call_off_duty(
    viewer: Viewer, *, team: str, week: date, key: str, expected_version: int
) -> DraftChange:
    """Call a duty off: it is not asked again in this week; whoever was told is told at the next
    publication. Raises as `give_duty` does."""
    async with unit_of_work():
        found, roster = await _roster(viewer, team, week, expected_version)
        await _write(found.id, await _slot(found, week, key), DutyState.CALLED_OFF, None)
        version = await _changed(roster, viewer)
    return DraftChange(version=version, breaches=())


async def _roster(
    viewer: Viewer, team: str, week: date, expected_version: int
) -> tuple[TeamFacts, int]:
    """The team and its locked roster's id, if the viewer may plan it and saw it as it is."""
    found = await team_by_code(team)
    if found is None or not may_see_roster(viewer, found.id):
        raise NotFound
    if not may_plan(viewer, found.id):
        raise Forbidden
    roster = await rows.roster_of(found.id, week, lock=True)
    if roster is None:
        raise NotFound
    if roster.version != expected_version:
        raise Stale
    return found, roster.id


async def _slot(team: TeamFacts, week: date, key: str) -> DutyFacts:
    for slot in await duties_in_week(team, week):
        if slot.key == key:
            return slot
    raise NotFound


async def _write(team: int, slot: DutyFacts, state: DutyState, worker: int | None) -> None:
    await execute(
        _WRITE,
        uuid4(),
        team,
        slot.key,
        slot.kind.value,
        state.value,
        slot.starts_at,
        slot.ends_at,
        [one.value for one in slot.disciplines],
        list(slot.skills),
        slot.place,
        slot.visits,
        worker,
        clock.now(),
    )


async def _changed(roster: int, viewer: Viewer) -> int:
    version: int = await fetch_value(
        "update rosters set version = version + 1, updated_at = $2, updated_by = $3"
        " where id = $1 returning version",
        roster,
        clock.now(),
        viewer.account,
    )
    return version


_WRITE = """
insert into duty_slots (uid, team, key, kind, state, starts_at, ends_at, disciplines, skills, place,
    visits, worker, held, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::int, $12::int is not null, $13)
on conflict (team, key) do update set
    state = excluded.state, worker = excluded.worker, held = excluded.held,
    updated_at = excluded.updated_at
"""
