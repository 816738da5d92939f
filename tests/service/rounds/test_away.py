"""Who is away: pins let go of them and keep the time; what was published for others stands."""

from datetime import time, timedelta

import pytest

from scheduling.weeks import to_instant
from service import clock
from service.database.sql import execute
from service.rounds.actions import publish_roster
from service.rounds.problem import build_problem
from service.rounds.week import read_week
from service.teams.queries import team_by_code
from tests.service import factories as make
from tests.service.rounds.drafted import at, next_monday, roster, version, visit
from tests.service.rounds.scene import small_team
from tests.support.database import Server

pytestmark = pytest.mark.anyio


async def test_a_pin_lets_go_of_who_is_away_and_keeps_its_time(database: Server) -> None:
    scene = await small_team(tenants=2, workers=2)
    await execute("update teams set policy = '{\"first_visit_pairs\": false}' where code = 'ICM'")
    week = next_monday()
    made = await roster(scene.team, week)
    for n, day in ((0, 1), (1, 2)):
        await visit(
            made,
            scene.tenants[n],
            workers=(scene.workers[0],),
            starts_at=at(week, day),
            pinned=True,
        )
    tuesday = to_instant(week, day=1, minute=0)
    await make.absence(
        worker=scene.workers[0], starts_at=tuesday, ends_at=tuesday + timedelta(days=1)
    )
    team = await team_by_code("ICM")
    assert team is not None
    problem = build_problem(await read_week(team, week, now=clock.now()))
    pins = {pin.visit: (pin.day, pin.start, pin.workers) for pin in problem.pins}
    assert pins["T-001:agr:1"] == (0, 570, ("W-001",))
    assert pins["T-002:agr:1"] == (1, 570, None)


async def test_colleagues_may_take_over_what_was_published_for_who_is_away(
    database: Server,
) -> None:
    """Beyond their own share by what is lost, and by half a share at most."""
    scene = await small_team(tenants=2, workers=2)
    await execute("update teams set policy = '{\"first_visit_pairs\": false}' where code = 'ICM'")
    week = next_monday()
    made = await roster(scene.team, week)
    for n, day in ((0, 2), (1, 3)):
        starts = at(week, day, time(10, 0))
        await visit(made, scene.tenants[n], workers=(scene.workers[0],), starts_at=starts)
    await publish_roster(
        scene.lead, team="ICM", week=week, expected_version=int(await version(made))
    )
    before = await _limits()
    tuesday = to_instant(week, day=1, minute=0)
    await make.absence(
        worker=scene.workers[0], starts_at=tuesday, ends_at=tuesday + timedelta(days=1)
    )
    assert (await _limits())["W-002"] == before["W-002"] + 45
    await execute("update workers set visiting_share_percent = 1")  # 24 minutes of forty hours
    assert (await _limits())["W-002"] == (26 + 12) // 5 * 5


async def _limits() -> dict[str, int]:
    team = await team_by_code("ICM")
    assert team is not None
    problem = build_problem(await read_week(team, next_monday(), now=clock.now()))
    return {worker.code: worker.visiting_limit or 0 for worker in problem.workers}
