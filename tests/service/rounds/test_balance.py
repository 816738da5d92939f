"""Capacity and fairness: duties take from the reserve, balances add up, advice is for who asks."""

import pytest

from scheduling.weeks import to_instant
from service.access.policy import Viewer
from service.database.sql import execute, fetch_value
from service.errors import Forbidden, NotFound
from service.jobs.worker import run_worker
from service.rounds.actions import start_plan_run
from service.rounds.advising import advice_for
from service.rounds.balance import BoundGap, balance_of
from service.rounds.board import board_of
from service.rounds.states import Effort
from service.rounds.types import Capacity
from service.teams.policy import default_policy
from service.teams.queries import team_by_code
from service.teams.states import TeamKind
from tests.service import factories as make
from tests.service.rounds.drafted import at, next_monday, roster, visit
from tests.service.rounds.scene import small_team
from tests.support.database import Server

pytestmark = pytest.mark.anyio


async def _capacity() -> Capacity:
    team = await team_by_code("ICM")
    assert team is not None
    return (await board_of(team, next_monday())).capacity


async def test_a_duty_inside_working_hours_takes_its_time_from_the_reserve(
    database: Server,
) -> None:
    """One worker, 480 minutes: a quarter of it is kept free; a duty of seven hours leaves less."""
    scene = await small_team(tenants=1, workers=1)
    week = next_monday()
    made = await roster(scene.team, week)
    await visit(made, scene.tenants[0], workers=(scene.workers[0],), starts_at=at(week))
    assert (await _capacity()).reserve_kept is True
    slot = await make.insert(
        "duty_slots",
        uid="00000000-0000-0000-0000-000000000001",
        team=scene.team,
        key="phone.1",
        kind="phone",
        starts_at=to_instant(week, day=0, minute=10 * 60 + 30),
        ends_at=to_instant(week, day=0, minute=17 * 60),
        worker=scene.workers[0],
        held=True,
        updated_at=at(week),
    )
    short = await _capacity()
    assert short.reserve_kept is False
    assert short.short_days == (week,)
    await execute("update duty_slots set visits = true where id = $1", slot)
    assert (await _capacity()).reserve_kept is True


async def test_a_balance_says_who_waits_who_works_and_who_cares_for_how_many(
    database: Server,
) -> None:
    scene = await small_team(tenants=4, workers=2)
    week = next_monday()
    made = await roster(scene.team, week)
    await visit(made, scene.tenants[0], workers=(scene.workers[0],), starts_at=at(week))
    for n, overdue in ((1, 0), (2, 7), (3, 15)):
        await visit(made, scene.tenants[n], overdue_days=overdue)
    found = await balance_of(scene.lead, team="ICM", week=week)
    assert found.waiting == (1, 1, 0, 1)
    first, second = found.workers
    assert (first.visiting, second.visiting) == (45, 0)
    assert first.share == second.share > 0
    assert first.over == 45 - first.share
    assert (first.tenants, second.tenants) == (2, 2)
    load = found.caseload
    assert (load.whole, load.full_time_percent, load.each, load.most) == (4, 200, 2.0, 20)
    assert not load.too_many
    assert (first.most, first.elsewhere, first.comes_along) == (20, 0, False)
    [(day, reserve)] = found.reserves
    assert day == week
    assert reserve.left > reserve.asked > 0
    short = await _capacity()
    assert (short.beyond_gap, short.shortfall, short.falls_short) == (2, 2, True)
    assert (short.longest, short.over_share) == (15, ())


async def test_who_waits_longest_comes_after_what_must_be(database: Server) -> None:
    scene = await small_team(tenants=3, workers=1)
    week = next_monday()
    made = await roster(scene.team, week)
    for n, overdue, priority in ((0, 3, "should"), (1, 0, "must"), (2, 9, "want")):
        await visit(made, scene.tenants[n], overdue_days=overdue, priority=priority)
    team = await team_by_code("ICM")
    assert team is not None
    waiting = (await board_of(team, week)).waiting
    assert [one.tenant for one in waiting] == ["T-002", "T-003", "T-001"]


async def test_what_would_help_is_tried_for_who_plans(database: Server) -> None:
    """Nobody works on Monday morning but one for an hour: half a day more places the rest."""
    scene = await small_team(tenants=6, workers=1)
    await execute("update working_hours set to_minute = from_minute + 120")
    await execute("delete from working_hours where weekday > 1")
    week = next_monday()
    await start_plan_run(scene.lead, team="ICM", week=week, effort=Effort.QUICK)
    await run_worker(wait=False)
    waiting = await fetch_value("select count(*) from visits where state = 'waiting'")
    assert waiting > 0
    found = await advice_for(scene.lead, team="ICM", week=week)
    assert found.waiting == waiting
    assert found.half_days
    assert found.half_days[0].placed > 0
    worker = await make.account("w", role="worker", team=scene.team)
    with pytest.raises(Forbidden):
        await advice_for(worker, team="ICM", week=week)
    with pytest.raises(NotFound):
        await balance_of(await _stranger(), team="ICM", week=week)


async def _stranger() -> Viewer:
    other = await make.team("ACT")
    return await make.account("s", role="team_lead", team=other)


def test_a_gap_is_said_whole_and_above_what_no_plan_can_change() -> None:
    gap = BoundGap(cost=1100, bound=1050, constant=1000)
    assert round(gap.whole, 2) == 4.55
    assert round(gap.above, 2) == 50.0
    assert BoundGap(cost=0, bound=0, constant=0).whole == 0.0


def test_the_caseload_is_ten_for_act_and_twenty_for_icm() -> None:
    assert default_policy(TeamKind.ACT).tenants_per_worker == 10
    assert default_policy(TeamKind.ICM).tenants_per_worker == 20
