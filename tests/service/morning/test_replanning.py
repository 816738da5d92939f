"""The morning meeting's decisions: today alone is planned anew, and what was promised stays."""

from datetime import UTC, datetime, timedelta

import pytest

from service import clock
from service.access.policy import Viewer
from service.clock import BRUSSELS
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.errors import Forbidden, NotFound
from service.jobs.worker import run_worker
from service.morning.actions import ask_today, forget_wish, replan_today
from service.morning.queries import morning_board
from service.morning.states import DayPart, DayWishKind
from service.rounds.actions import (
    accept_plan_run,
    promise_visit,
    publish_roster,
    start_plan_run,
)
from service.rounds.states import Effort
from tests.service import factories as make
from tests.service.rounds.scene import WEEK, Scene, small_team
from tests.support.database import Server

pytestmark = pytest.mark.anyio
BEFORE = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
DAY = WEEK
EARLY = datetime(2026, 11, 30, 6, 30, tzinfo=UTC)  # 7:30 in Brussels
MONDAYS = '[{"weekday": 1, "from_minute": 540, "to_minute": 1020}]'
THURSDAYS = '[{"weekday": 4, "from_minute": 540, "to_minute": 1020}]'


@pytest.fixture
async def scene(database: Server) -> Scene:
    """A published week: six tenants see people on Mondays alone, three on Thursdays alone."""
    made = await small_team(tenants=9)
    for tenants, windows in ((made.tenants[:6], MONDAYS), (made.tenants[6:], THURSDAYS)):
        await execute(
            "update agreements set windows = $2 where tenant = any($1::int[])",
            list(tenants),
            windows,
        )
    with clock.stopped(BEFORE):
        await start_plan_run(made.lead, team="ICM", week=WEEK, effort=Effort.QUICK)
        await run_worker(wait=False)
        await publish_roster(made.lead, team="ICM", week=WEEK, expected_version=await _version())
    return made


async def _version() -> int:
    found: int = await fetch_value("select version from rosters")
    return found


async def _draft() -> dict[str, list[datetime]]:
    """Starts by tenant of what is placed."""
    found: dict[str, list[datetime]] = {}
    for row in await fetch_all(
        "select t.code, v.starts_at from visits v join tenants t on t.id = v.tenant"
        " where v.state = 'placed' order by v.starts_at, t.code"
    ):
        found.setdefault(row["code"], []).append(row["starts_at"].astimezone(BRUSSELS))
    return found


async def _replanned(lead: Viewer) -> None:
    run = await replan_today(lead, team="ICM")
    await run_worker(wait=False)
    row = await fetch_one("select state, error, applied_at from plan_runs where id = $1", run)
    assert row is not None
    assert (row["state"], row["error"]) == ("done", None)
    if row["applied_at"] is None:
        await accept_plan_run(lead, run, expected_version=await _version())


async def test_today_alone_is_planned_anew_around_what_was_promised(scene: Scene) -> None:
    before = await _draft()
    today = [code for code, starts in before.items() if starts[0].date() == DAY]
    later = [code for code, starts in before.items() if starts[0].date() > DAY]
    assert len(today) > 1
    assert later
    promised, dropped, wanted = today[0], today[1], later[0]
    visit = await fetch_value(
        "select v.id from visits v join tenants t on t.id = v.tenant where t.code = $1", promised
    )
    with clock.stopped(EARLY):
        await promise_visit(scene.lead, visit, promised=True, expected_version=await _version())
        await ask_today(scene.lead, team="ICM", tenant=dropped, kind=DayWishKind.NOT)
        assert dropped not in await _draft()  # off the day at once, and on the waiting list
        await ask_today(
            scene.lead,
            team="ICM",
            tenant=wanted,
            kind=DayWishKind.GO,
            part=DayPart.AFTERNOON,
            by_two=True,
        )
        await _replanned(scene.lead)
        board = await morning_board(scene.lead, team="ICM")
    after = await _draft()
    new = [at for at in after[wanted] if at.date() == DAY]
    assert len(new) == 1
    assert new[0].hour >= 12
    assert after[promised] == before[promised]
    assert not [at for at in after.get(dropped, []) if at.date() == DAY]
    for code, starts in before.items():
        if code not in (*today, wanted):
            assert after[code] == starts, code
    assert before[wanted][0] in after[wanted]
    shown = {one.code: one for one in board.tenants}
    assert len(shown[wanted].today[0].workers) == 2
    assert not shown[wanted].today[0].published
    assert shown[promised].today[0].promised
    assert board.unpublished >= 2


async def test_who_waits_is_taken_first_and_a_wish_can_be_taken_back(scene: Scene) -> None:
    """No second visit is asked for somebody whose visit waits, and none once it has begun."""
    before = await _draft()
    waits = next(code for code, starts in before.items() if starts[0].date() == DAY)
    with clock.stopped(EARLY):
        await ask_today(scene.lead, team="ICM", tenant=waits, kind=DayWishKind.NOT)
        await ask_today(scene.lead, team="ICM", tenant=waits, kind=DayWishKind.GO)
        await _replanned(scene.lead)
    after = await _draft()
    assert [at.date() for at in after[waits]] == [DAY]
    assert await fetch_value("select count(*) from day_wishes") == 1
    with clock.stopped(after[waits][0] + timedelta(minutes=20)):
        await _replanned(scene.lead)
        assert [at.date() for at in (await _draft())[waits]] == [DAY]
        await forget_wish(scene.lead, team="ICM", tenant=waits)
    assert await fetch_value("select count(*) from day_wishes") == 0


async def test_only_the_lead_asks_and_strangers_see_nothing(scene: Scene) -> None:
    other = await make.team("ACT")
    worker = await make.account("w", role="worker", team=scene.team)
    stranger = await make.account("s", role="team_lead", team=other)
    housing = await make.account("h", role="housing_officer")
    with clock.stopped(EARLY):
        with pytest.raises(Forbidden):
            await ask_today(worker, team="ICM", tenant="T-001", kind=DayWishKind.GO)
        with pytest.raises(Forbidden):
            await replan_today(worker, team="ICM")
        for nobody in (stranger, housing):
            with pytest.raises(NotFound):
                await ask_today(nobody, team="ICM", tenant="T-001", kind=DayWishKind.GO)
            with pytest.raises(NotFound):
                await morning_board(nobody, team="ICM")
        with pytest.raises(NotFound):
            await ask_today(stranger, team="ACT", tenant="T-001", kind=DayWishKind.GO)
