"""What is fair: earlier weeks give and take, other teams' visits count, learners have no part."""

from datetime import timedelta

import pytest

from scheduling.problem import Worker
from service import clock
from service.database.sql import execute
from service.database.unit_of_work import UnitOfWork
from service.rounds.balance import balance_of
from service.rounds.board import board_of
from service.rounds.fairness import carried_minutes
from service.rounds.problem import build_problem
from service.rounds.week import read_week
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_code
from tests.service import factories as make
from tests.service.rounds.scene import THURSDAY, WEEK, Scene, drafted, roster_row, small_team

pytestmark = pytest.mark.anyio

BEFORE = WEEK - timedelta(weeks=1)
SHARE = 20 * 60  # half of forty hours
FAIR = SHARE * 11 // 10  # with the tolerance


async def _week_before(scene: Scene, *minutes: int, team: int | None = None) -> None:
    """A published week in which each worker, in their order, had a visit of so many minutes."""
    roster = await roster_row(team or scene.team, week=BEFORE, revision=1)
    for n, length in enumerate(minutes):
        at = THURSDAY + timedelta(days=n - 3)
        times = {"starts_at": at, "ends_at": at + timedelta(minutes=length)}
        visit = await drafted(
            roster, scene.tenants[n], scene.places[n], f"T-{n + 1:03d}:agr:1", **times
        )
        published = await make.insert(
            "published_visits", visit=visit, place=scene.places[n], changed_at=THURSDAY, **times
        )
        await make.insert(
            "published_stops",
            published_visit=published,
            worker=scene.workers[n],
            seat=0,
            changed_at=THURSDAY,
            **times,
        )


async def _team(code: str = "ICM") -> TeamFacts:
    found = await team_by_code(code)
    assert found is not None
    return found


async def _workers() -> dict[str, Worker]:
    problem = build_problem(await read_week(await _team(), WEEK, now=THURSDAY))
    return {worker.code: worker for worker in problem.workers}


async def test_who_did_more_does_less_and_who_did_less_may_do_more(
    rolled_back: UnitOfWork,
) -> None:
    scene = await small_team(workers=2)
    await _week_before(scene, 180, 60)
    assert await carried_minutes(await _team(), WEEK) == {"W-001": 60, "W-002": -60}
    workers = await _workers()
    assert (workers["W-001"].carried, workers["W-001"].visiting_limit) == (60, FAIR - 60)
    assert (workers["W-002"].carried, workers["W-002"].visiting_limit) == (-60, FAIR + 60)


async def test_earlier_weeks_take_or_give_half_a_share_at_most(rolled_back: UnitOfWork) -> None:
    scene = await small_team(workers=2)
    await execute("update workers set visiting_share_percent = 10")  # four hours
    await _week_before(scene, 960, 0 + 5)
    assert await carried_minutes(await _team(), WEEK) == {"W-001": 240, "W-002": -240}
    limits = {code: worker.visiting_limit for code, worker in (await _workers()).items()}
    assert limits == {"W-001": 264 // 2 // 5 * 5, "W-002": (264 + 132) // 5 * 5}


async def test_visits_for_another_team_count_as_done(rolled_back: UnitOfWork) -> None:
    scene = await small_team(workers=2)
    act = await make.team("ACT")
    await make.membership(worker=scene.workers[0], team=act)
    await _week_before(scene, 60, 60)
    await execute("update rosters set team = $1 where week = $2", act, BEFORE)
    assert await carried_minutes(await _team(), WEEK) == {}  # this team published nothing
    await roster_row(scene.team, week=BEFORE, revision=1)
    await execute(
        "update visits set roster = (select id from rosters where team = $1 and week = $2)"
        " where need = 'T-002:agr:1'",
        scene.team,
        BEFORE,
    )
    assert await carried_minutes(await _team(), WEEK) == {"W-001": 0, "W-002": 0}


async def test_a_learner_has_no_share_and_takes_none_from_others(rolled_back: UnitOfWork) -> None:
    scene = await small_team(workers=3)
    await execute(
        "update workers set may_go_alone = false, counts_as_second = false where code = 'W-003'"
    )
    await _week_before(scene, 60, 60)
    assert await carried_minutes(await _team(), WEEK) == {"W-001": 0, "W-002": 0}
    assert (await _workers())["W-003"].visiting_limit == 0
    with clock.stopped(THURSDAY):
        board = await board_of(await _team(), WEEK)
        found = await balance_of(scene.lead, team="ICM", week=WEEK)
    assert board.capacity.share_minutes == 2 * SHARE
    assert board.caseload.full_time_percent == 200
    assert [one.comes_along for one in found.workers] == [False, False, True]
    assert (found.workers[2].share, found.workers[2].over) == (0, 0)
    assert [row.comes_along for row in board.rows] == [False, False, True]


async def test_the_line_names_who_has_more_than_is_fair(rolled_back: UnitOfWork) -> None:
    scene = await small_team(workers=2)
    await execute("update workers set visiting_share_percent = 10")
    roster = await roster_row(scene.team)
    at = THURSDAY + timedelta(days=4)
    visit = await drafted(
        roster,
        scene.tenants[0],
        scene.places[0],
        "T-001:agr:1",
        minutes=265,
        starts_at=at,
        ends_at=at + timedelta(minutes=265),
    )
    await make.insert("visit_workers", visit=visit, worker=scene.workers[0], seat=0)
    assert (await board_of(await _team(), WEEK)).capacity.over_share == ("W-001",)
    await execute("update visits set minutes = 260")
    assert (await board_of(await _team(), WEEK)).capacity.over_share == ()
