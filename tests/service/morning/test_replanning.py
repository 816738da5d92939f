"""The morning meeting's decisions: today alone is planned anew, and what was promised stays."""

from datetime import UTC, datetime, timedelta

import pytest

from service import clock
from service.access.policy import Viewer
from service.clock import BRUSSELS
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.errors import Forbidden, NotFound, Stale
from service.jobs.worker import run_worker
from service.morning.actions import (
    ask_today,
    forget_wish,
    give_visit,
    replan_today,
    take_back,
)
from service.morning.instead import others_today
from service.morning.queries import morning_board
from service.morning.states import DayPart, DayWishKind
from service.morning.types import TodayVisit, Told
from service.rounds.actions import (
    accept_plan_run,
    promise_visit,
    publish_roster,
    start_plan_run,
)
from service.rounds.calling_sick import report_away
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
                await others_today(nobody, team="ICM", visit=1)
            with pytest.raises(NotFound):
                await take_back(nobody, team="ICM", step=1)
        with pytest.raises(Forbidden):
            await others_today(worker, team="ICM", visit=1)
        with pytest.raises(Forbidden):
            await give_visit(worker, team="ICM", visit=1, start=600, workers=(), version=1)
        with pytest.raises(NotFound):
            await ask_today(stranger, team="ACT", tenant="T-001", kind=DayWishKind.GO)


async def test_somebody_else_goes_at_once_and_that_is_taken_back(scene: Scene) -> None:
    """Offered are those at work today, at a time that breaks nothing; others' visits stay."""
    before = await _draft()
    code = next(code for code, starts in before.items() if starts[0].date() == DAY)
    with clock.stopped(EARLY):
        board = await morning_board(scene.lead, team="ICM")
        visit = next(one for one in board.tenants if one.code == code).today[0]
        found = await others_today(scene.lead, team="ICM", visit=visit.visit)
        assert found.tenant == code
        assert found.places
        assert not {*visit.workers} & {who for place in found.places for who in place.workers}
        best = found.places[0]
        assert best.starts_at is not None
        at = best.starts_at.astimezone(BRUSSELS)
        assert at.date() == DAY
        given = {
            "team": "ICM",
            "visit": visit.visit,
            "start": at.hour * 60 + at.minute,
            "workers": best.workers,
        }
        step = await give_visit(scene.lead, version=best.version, **given)
        with pytest.raises(Stale):
            await give_visit(scene.lead, version=best.version, **given)
        (now,) = await _today(scene, code)
        assert (now.workers, now.starts_at) == (best.workers, best.starts_at)
        assert not now.published
        assert now.told == Told(starts_at=visit.starts_at, workers=visit.workers)
        assert step is not None
        await take_back(scene.lead, team="ICM", step=step)
        assert await _today(scene, code) == (visit,)
    assert await _draft() == before
    with clock.stopped(visit.starts_at + timedelta(minutes=1)), pytest.raises(NotFound):
        await others_today(scene.lead, team="ICM", visit=visit.visit)


async def test_whoever_is_away_is_not_offered_and_shown_as_away(scene: Scene) -> None:
    before = await _draft()
    code = next(code for code, starts in before.items() if starts[0].date() == DAY)
    with clock.stopped(EARLY):
        (visit,) = await _today(scene, code)
        offered = await others_today(scene.lead, team="ICM", visit=visit.visit)
        gone = offered.places[0].workers[0]
        await report_away(scene.lead, team="ICM", week=WEEK, worker=gone, last=DAY)
        after = await others_today(scene.lead, team="ICM", visit=visit.visit)
        board = await morning_board(scene.lead, team="ICM")
    assert gone not in {who for place in after.places for who in place.workers}
    assert [one.worker for one in board.crew if one.away] == [gone]
    assert len(board.crew) == len(scene.workers)


async def test_taking_back_not_today_lets_the_visit_stand_again(scene: Scene) -> None:
    before = await _draft()
    code = next(code for code, starts in before.items() if starts[0].date() == DAY)
    with clock.stopped(EARLY):
        (visit,) = await _today(scene, code)
        await ask_today(scene.lead, team="ICM", tenant=code, kind=DayWishKind.NOT)
        (off,) = await _today(scene, code)
        assert off.off
        assert not off.published
        assert (await morning_board(scene.lead, team="ICM")).unpublished == 1
        await forget_wish(scene.lead, team="ICM", tenant=code)
        assert await _today(scene, code) == (visit,)
    assert await _draft() == before


async def test_what_was_asked_gets_its_time_and_whoever_goes_is_told_of_today(
    scene: Scene,
) -> None:
    for n, worker in enumerate(scene.workers):
        await make.account(f"w{n}", role="worker", team=scene.team, worker=worker)
    before = await _draft()
    code = next(code for code, starts in before.items() if starts[0].date() > DAY)
    with clock.stopped(EARLY):
        await ask_today(scene.lead, team="ICM", tenant=code, kind=DayWishKind.GO)
        assert (await morning_board(scene.lead, team="ICM")).waiting == 1
        await _replanned(scene.lead)
        board = await morning_board(scene.lead, team="ICM")
        assert board.waiting == 0
        assert await _told_of_today() == set()
        await publish_roster(scene.lead, team="ICM", week=WEEK, expected_version=await _version())
        board = await morning_board(scene.lead, team="ICM")
    goes = {who for visit in await _goes(scene, code) for who in visit.workers}
    assert goes <= await _told_of_today()
    assert board.unpublished == 0
    assert all(visit.published for one in board.tenants for visit in one.today)


async def _goes(scene: Scene, code: str) -> tuple[TodayVisit, ...]:
    with clock.stopped(EARLY):
        return await _today(scene, code)


async def _told_of_today() -> set[str]:
    """Codes of the workers with a notice that today changed."""
    rows = await fetch_all(
        "select w.code from notices n join accounts a on a.id = n.account"
        " join workers w on w.id = a.worker where n.kind = 'changed_today'"
    )
    return {row["code"] for row in rows}


async def _today(scene: Scene, code: str) -> tuple[TodayVisit, ...]:
    board = await morning_board(scene.lead, team="ICM")
    return next(one for one in board.tenants if one.code == code).today
