"""Levers of waiting visits: what is offered, what never is, and what one click does."""

from datetime import date, timedelta

import pytest

from service.access.policy import Viewer
from service.database.sql import execute, fetch_one, fetch_value
from service.errors import Forbidden, NotFound, Stale
from service.rounds.actions import undo_step
from service.rounds.taking_levers import LeverGone, take_lever
from service.rounds.waiting_levers import LeverKind, LeversOf, waiting_levers
from tests.service import factories as make
from tests.service.rounds.drafted import at, next_monday, roster, visit
from tests.service.rounds.scene import Scene, small_team
from tests.support.database import Server

pytestmark = pytest.mark.anyio


async def _levers(scene: Scene, waiting: int) -> LeversOf:
    return await waiting_levers(scene.lead, team="ICM", week=next_monday(), visit=waiting)


async def _version(made: int) -> int:
    found: int = await fetch_value("select version from rosters where id = $1", made)
    return found


async def _known(scene: Scene) -> None:
    """Every tenant was visited where they stay: no first visit by two."""
    await execute("update teams set policy = '{\"first_visit_pairs\": false}' where code = 'ICM'")


async def test_room_is_offered_taken_by_one_click_and_undone(database: Server) -> None:
    scene = await small_team(tenants=2, workers=1)
    await _known(scene)
    made = await roster(scene.team, next_monday())
    waiting = await visit(made, scene.tenants[0])
    found = await _levers(scene, waiting)
    assert found.offered[0].kind is LeverKind.NOTHING
    lever = found.offered[0]
    done = await take_lever(scene.lead, waiting, lever.key, expected_version=found.version)
    row = await fetch_one("select state, pinned, starts_at from visits where id = $1", waiting)
    assert row == {"state": "placed", "pinned": True, "starts_at": lever.starts_at}
    with pytest.raises(NotFound):
        await _levers(scene, waiting)  # it waits no more
    await undo_step(scene.lead, team="ICM", week=next_monday(), step=done.step)
    assert await fetch_value("select state from visits where id = $1", waiting) == "waiting"


async def test_one_worker_is_offered_where_two_were_agreed_and_never_against_safety(
    database: Server,
) -> None:
    scene = await small_team(tenants=2, workers=1)
    await _known(scene)
    await execute("update agreements set workers_needed = 2")
    made = await roster(scene.team, next_monday())
    agreed = await visit(made, scene.tenants[0], workers_needed=2)
    flagged = await visit(made, scene.tenants[1], workers_needed=2)
    await make.safety_flag(tenant=scene.tenants[1])
    kinds = {one.kind for one in (await _levers(scene, agreed)).offered}
    assert LeverKind.FEWER in kinds
    never = await _levers(scene, flagged)
    assert LeverKind.FEWER not in {one.kind for one in (*never.offered, *never.hints)}
    version = await _version(made)
    with pytest.raises(LeverGone):
        await take_lever(scene.lead, flagged, "fewer", expected_version=version)
    done = await take_lever(scene.lead, agreed, "fewer", expected_version=version)
    row = await fetch_one(
        "select state, one_worker, workers_needed from visits where id = $1", agreed
    )
    assert row == {"state": "placed", "one_worker": True, "workers_needed": 1}
    await undo_step(scene.lead, team="ICM", week=next_monday(), step=done.step)
    row = await fetch_one(
        "select state, one_worker, workers_needed from visits where id = $1", agreed
    )
    assert row == {"state": "waiting", "one_worker": False, "workers_needed": 2}


async def test_an_excluded_worker_is_never_part_of_a_lever(database: Server) -> None:
    scene = await small_team(tenants=1, workers=1)
    await _known(scene)
    await make.exclusion(worker=scene.workers[0], tenant=scene.tenants[0])
    made = await roster(scene.team, next_monday())
    waiting = await visit(made, scene.tenants[0])
    found = await _levers(scene, waiting)
    assert (found.offered, found.hints) == ((), ())


async def test_another_day_is_offered_for_a_visit_and_not_for_medication(
    database: Server,
) -> None:
    """Both are asked on Sunday alone, when nobody works."""
    scene = await small_team(tenants=2, workers=1)
    await _known(scene)
    sunday = ((7, 9 * 60, 17 * 60),)
    await execute("delete from agreements")
    await make.agreement(tenant=scene.tenants[0], windows=sunday)
    series = await make.series(
        tenant=scene.tenants[1], kind="medication", weekdays=[7], starts_on=date(2020, 1, 6)
    )
    week = next_monday()
    made = await roster(scene.team, week)
    home = await visit(made, scene.tenants[0])
    due = week + timedelta(days=6)
    pills = await visit(
        made,
        scene.tenants[1],
        need=f"T-002:medication:{series}:{due}",
        kind="medication",
        series=series,
        minutes=30,
        priority="must",
    )
    assert LeverKind.DAY in {one.kind for one in (await _levers(scene, home)).offered}
    never = await _levers(scene, pills)
    assert not {LeverKind.DAY, LeverKind.WINDOW} & {
        one.kind for one in (*never.offered, *never.hints)
    }


async def test_a_visit_that_is_less_due_gives_way_and_a_promised_one_does_not(
    database: Server,
) -> None:
    """One worker with room for a single visit: it goes to who waits longer."""
    scene = await small_team(tenants=2, workers=1)
    await _known(scene)
    await execute("update workers set visiting_share_percent = 2")  # 48 minutes of a week
    made = await roster(scene.team, next_monday())
    placed = await visit(
        made, scene.tenants[0], workers=(scene.workers[0],), starts_at=at(next_monday())
    )
    waiting = await visit(made, scene.tenants[1], overdue_days=5)
    found = await _levers(scene, waiting)
    [way] = [one for one in found.offered if one.kind is LeverKind.WAY]
    assert (way.gives_way, way.key) == ("T-001", f"way.{placed}")
    await execute("update visits set promised = true where id = $1", placed)
    await execute("update rosters set version = version + 1")
    promised = await _levers(scene, waiting)
    assert not [one for one in promised.offered if one.kind is LeverKind.WAY]
    await execute("update visits set promised = false where id = $1", placed)
    await execute("update rosters set version = version + 1")
    await take_lever(scene.lead, waiting, way.key, expected_version=await _version(made))
    states = await fetch_one(
        "select (select state from visits where id = $1) as gone,"
        " (select state from visits where id = $2) as come",
        placed,
        waiting,
    )
    assert states == {"gone": "waiting", "come": "placed"}


async def test_levers_are_for_who_plans_and_for_the_draft_that_was_seen(
    database: Server,
) -> None:
    scene = await small_team(tenants=1, workers=1)
    await _known(scene)
    made = await roster(scene.team, next_monday())
    waiting = await visit(made, scene.tenants[0])
    worker = await make.account("w", role="worker", team=scene.team)
    for viewer, error in ((worker, Forbidden), (await _stranger(), NotFound)):
        with pytest.raises(error):
            await waiting_levers(viewer, team="ICM", week=next_monday(), visit=waiting)
        with pytest.raises(error):
            await take_lever(viewer, waiting, "nothing", expected_version=await _version(made))
    await execute("update rosters set version = version + 1")
    with pytest.raises(Stale):
        await take_lever(scene.lead, waiting, "nothing", expected_version=1)


async def _stranger() -> Viewer:
    other = await make.team("ACT")
    return await make.account("s", role="team_lead", team=other)
