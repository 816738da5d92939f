"""A plan run from the click to the published week, with a real child process."""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from scheduling.check import check
from scheduling.instances import load_plan, load_problem, problem_hash
from scheduling.weeks import monday_of
from service import clock
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.jobs.worker import run_worker
from service.rounds import runs
from service.rounds.actions import (
    accept_plan_run,
    cancel_plan_run,
    cancel_visit,
    pin_visit,
    publish_roster,
    requeue_lost_runs,
    start_plan_run,
)
from service.rounds.errors import PlanRunActive, PlanRunOver
from service.rounds.jobs import plan_week
from service.rounds.next_week import plan_and_publish_next_week
from service.rounds.queries import latest_plan_run, my_week, plan_run, roster_board
from service.rounds.run_types import RunProgress
from service.rounds.solve import solve_in_child
from service.rounds.states import Effort, RunError, RunState
from tests.service import factories as make
from tests.service.rounds.scene import Scene, small_team
from tests.support.database import Server

pytestmark = pytest.mark.anyio


def next_week() -> date:
    return monday_of(clock.today()) + timedelta(weeks=1)


async def _start(scene: Scene, effort: Effort = Effort.QUICK) -> int:
    return await start_plan_run(scene.lead, team="ICM", week=next_week(), effort=effort)


async def _until(holds: Callable[[], Awaitable[object]]) -> None:
    for _ in range(600):
        if await holds():
            return
        await asyncio.sleep(0.1)
    raise AssertionError("it did not come to that")


async def test_a_run_ends_as_the_draft_and_is_published(database: Server) -> None:
    scene = await small_team()
    run = await _start(scene)
    await run_worker(wait=False)
    row = await fetch_one("select * from plan_runs where id = $1", run)
    assert row is not None
    assert (row["state"], row["error"], row["attempts"]) == ("done", None, 1)
    assert row["applied_at"] is not None
    problem, plan = load_problem(row["problem"]), load_plan(row["plan"])
    assert problem_hash(problem) == row["problem_hash"] == plan.problem
    assert check(problem, plan) == ()
    assert (row["cost"], row["reproducible"]) == (plan.cost, True)
    board = await roster_board(scene.lead, team="ICM", week=next_week())
    assert (board.capacity.asked, board.capacity.placed, board.capacity.waiting) == (6, 6, 0)
    assert board.capacity.reserve_kept
    assert board.roster is not None
    publication = await publish_roster(
        scene.lead, team="ICM", week=next_week(), expected_version=board.roster.version
    )
    assert (publication.revision, len(publication.changes)) == (1, 6)
    board = await roster_board(scene.lead, team="ICM", week=next_week())
    assert board.changes_since_published == 0
    assert board.run is not None
    assert (board.run.id, board.run.state, board.run.proposal) == (run, RunState.DONE, False)
    cells = [cell for row in board.rows for cell in row.cells]
    assert sum(len(cell.visits) for cell in cells) == 6
    assert all(visit.travel_before is not None for cell in cells for visit in cell.visits)
    for each in board.rows:
        mine = await my_week(scene.lead, worker=each.worker, week=next_week())
        assert [len(stops) for _, stops in mine.days] == [len(cell.visits) for cell in each.cells]


async def test_planning_a_published_week_again_changes_nothing_without_need(
    database: Server,
) -> None:
    """Visits keep their rows, and the price of a change holds them where they are."""
    scene = await small_team()
    (first,) = await plan_and_publish_next_week(["ICM"], effort=Effort.QUICK)
    uids = await fetch_all("select uid, need from visits order by need")
    await _start(scene)
    await run_worker(wait=False)
    assert await fetch_all("select uid, need from visits order by need") == uids
    version = await fetch_value("select version from rosters")
    again = await publish_roster(scene.lead, team="ICM", week=next_week(), expected_version=version)
    assert (first.revision, again.revision, again.changes) == (1, 1, ())
    assert await plan_and_publish_next_week(["ICM"]) == ()


async def test_one_run_of_a_team_and_week_at_a_time(database: Server) -> None:
    scene = await small_team(tenants=1)
    run = await _start(scene)
    with pytest.raises(PlanRunActive):
        await _start(scene)
    assert await fetch_value("select count(*) from procrastinate_jobs") == 1
    assert await start_plan_run(
        scene.lead, team="ICM", week=next_week() + timedelta(weeks=1), effort=Effort.QUICK
    )
    await cancel_plan_run(scene.lead, run)
    view = await plan_run(scene.lead, run)
    assert (view.state, view.proposal) == (RunState.CANCELLED, False)
    again = await _start(scene)
    await run_worker(wait=False)
    assert (await plan_run(scene.lead, run)).state is RunState.CANCELLED
    assert (await plan_run(scene.lead, again)).state is RunState.DONE


async def test_teams_that_share_a_worker_are_planned_one_after_the_other(
    database: Server,
) -> None:
    """ACT and ICM share somebody; the mobile team is on its own."""
    scene = await small_team(tenants=1)
    act, mobile = await make.team("ACT"), await make.team("MOB", kind="mobile")
    await make.team("HOUS", kind="housing")
    await make.membership(worker=scene.workers[0], team=act)
    for team in (act, mobile):
        await make.worker(team=team)
    for code in ("ICM", "ACT", "MOB"):
        await start_plan_run(None, team=code, week=next_week(), effort=Effort.QUICK)
    rows = await fetch_all("select lock from procrastinate_jobs order by id")
    icm, shared, alone = (row["lock"] for row in rows)
    assert icm == shared != alone
    for _ in range(2):  # the second time for the one that the other's lock kept waiting
        await run_worker(wait=False, concurrency=3)
    assert await fetch_value("select count(*) from plan_runs where state = 'done'") == 3


async def test_who_may_plan(database: Server) -> None:
    scene = await small_team(tenants=1)
    run = await _start(scene)
    worker = await make.account("w", role="worker", team=scene.team)
    stranger = await make.account("s", role="team_lead", team=await make.team("ACT"))
    with pytest.raises(Forbidden):
        await start_plan_run(worker, team="ICM", week=next_week())
    with pytest.raises(Forbidden):
        await cancel_plan_run(worker, run)
    for call in (
        start_plan_run(stranger, team="ICM", week=next_week()),
        cancel_plan_run(stranger, run),
        accept_plan_run(stranger, run, expected_version=1),
        plan_run(stranger, run),
        roster_board(stranger, team="ICM", week=next_week()),
        latest_plan_run(stranger, team="ICM", week=next_week()),
    ):
        with pytest.raises(NotFound):
            await call
    assert await plan_run(worker, run)
    for week in (next_week() - timedelta(weeks=2), next_week() + timedelta(days=1)):
        with pytest.raises(Invalid):
            await start_plan_run(scene.lead, team="ICM", week=week)


async def test_a_draft_changed_meanwhile_keeps_the_plan_as_a_proposal(database: Server) -> None:
    scene = await small_team()
    await _start(scene)
    await run_worker(wait=False)
    second = await _start(scene, Effort.NORMAL)
    working = asyncio.create_task(run_worker(wait=False))
    await _until(lambda: fetch_value("select problem from plan_runs where id = $1", second))
    visit = await fetch_value("select id from visits order by need limit 1")
    changed = await pin_visit(scene.lead, visit, expected_version=2)
    await working
    view = await plan_run(scene.lead, second)
    assert (view.state, view.applied_at, view.proposal) == (RunState.DONE, None, True)
    assert await fetch_value("select version from rosters") == changed.version == 3
    with pytest.raises(Stale):
        await accept_plan_run(scene.lead, second, expected_version=2)
    assert await accept_plan_run(scene.lead, second, expected_version=3) == 4
    with pytest.raises(PlanRunOver):
        await accept_plan_run(scene.lead, second, expected_version=4)


async def test_a_cancelled_solve_keeps_its_best_plan(database: Server) -> None:
    scene = await small_team(tenants=12, workers=4)
    run = await _start(scene, Effort.THOROUGH)
    working = asyncio.create_task(run_worker(wait=False))
    await _until(lambda: fetch_value("select progress from plan_runs where id = $1", run))
    await cancel_plan_run(scene.lead, run)
    await asyncio.wait_for(working, 60)
    view = await plan_run(scene.lead, run)
    assert (view.state, view.proposal, view.reproducible) == (RunState.CANCELLED, True, False)
    assert await fetch_value("select count(*) from visits") == 0
    assert await accept_plan_run(scene.lead, run, expected_version=1) == 2
    assert await fetch_value("select count(*) from visits where state = 'placed'") > 0


async def test_a_stopped_worker_gives_its_run_back(database: Server) -> None:
    import anyio

    scene = await small_team(tenants=12, workers=4)
    run = await _start(scene, Effort.THOROUGH)
    stop = anyio.Event()
    working = asyncio.create_task(run_worker(stop=stop))
    await _until(lambda: fetch_value("select progress from plan_runs where id = $1", run))
    stop.set()
    await asyncio.wait_for(working, 30)
    row = await fetch_one("select state, attempts, progress from plan_runs where id = $1", run)
    assert row == {"state": "queued", "attempts": 0, "progress": None}
    await execute("update plan_runs set requested_at = now() - interval '1 minute'")
    assert await requeue_lost_runs() == (run,)
    live = "select count(*) from procrastinate_jobs where status in ('todo', 'doing')"
    assert await fetch_value(live) == 1


async def test_a_job_that_runs_twice_has_its_effect_once(database: Server) -> None:
    scene = await small_team()
    run = await _start(scene)
    await asyncio.gather(plan_week(run), plan_week(run))
    await plan_week(run)
    row = await fetch_one("select state, attempts from plan_runs where id = $1", run)
    assert row == {"state": "done", "attempts": 1}
    assert await fetch_value("select version from rosters") == 2


async def test_a_worker_taken_for_dead_changes_nothing_any_more(database: Server) -> None:
    scene = await small_team(tenants=1)
    run = await _start(scene)
    claim, old = await runs.claim(run)
    assert claim is runs.Claim.MINE
    assert (await runs.claim(run))[0] is runs.Claim.BUSY
    await execute("update plan_runs set heartbeat_at = now() - interval '1 hour'")
    claim, new = await runs.claim(run)
    assert claim is runs.Claim.MINE
    assert old is not None
    assert new is not None
    assert await runs.beat(old, None)
    assert not await runs.beat(new, None)
    assert not await runs.fail(old, RunError.CRASHED)
    assert await fetch_value("select state from plan_runs where id = $1", run) == "running"


async def test_a_run_that_kills_its_workers_is_given_up(database: Server) -> None:
    scene = await small_team(tenants=1)
    run = await _start(scene)
    for _ in range(runs.MOST_ATTEMPTS):
        assert (await runs.claim(run))[0] is runs.Claim.MINE
        await execute("update plan_runs set heartbeat_at = now() - interval '1 hour'")
    assert (await runs.claim(run))[0] is runs.Claim.OVER
    view = await plan_run(scene.lead, run)
    assert (view.state, view.error) == (RunState.FAILED, RunError.WORKER_LOST)
    assert await _start(scene)


async def test_contradictory_pins_fail_the_run_with_a_code(database: Server) -> None:
    scene = await small_team(tenants=2, workers=1)
    await plan_and_publish_next_week(["ICM"], effort=Effort.QUICK)
    at = await fetch_value("select min(starts_at) from visits")
    await execute(
        "update visits set pinned = true, starts_at = $1, ends_at = $2",
        at,
        at + timedelta(minutes=45),
    )
    run = await _start(scene)
    await run_worker(wait=False)
    view = await plan_run(scene.lead, run)
    assert (view.state, view.error) == (RunState.FAILED, RunError.BAD_PROBLEM)


async def test_a_visit_called_off_is_not_planned_again(database: Server) -> None:
    scene = await small_team(tenants=2)
    await _start(scene)
    await run_worker(wait=False)
    visit = await fetch_value("select id from visits order by need limit 1")
    await cancel_visit(scene.lead, visit, expected_version=2)
    await _start(scene)
    await run_worker(wait=False)
    states = await fetch_all("select state from visits order by need")
    assert [row["state"] for row in states] == ["cancelled", "placed"]


async def test_the_child_says_what_went_wrong_by_code() -> None:
    async def watch(_: RunProgress | None) -> bool:
        return False

    solved = await solve_in_child("{}", effort=Effort.QUICK, seed=1, watch=watch)
    assert (solved.plan, solved.error) == (None, RunError.BAD_PROBLEM)


async def test_a_cancelled_solve_leaves_no_child(database: Server) -> None:
    scene = await small_team(tenants=12, workers=4)
    run = await _start(scene, Effort.THOROUGH)
    working = asyncio.create_task(plan_week(run))
    await _until(lambda: fetch_value("select progress from plan_runs where id = $1", run))
    assert _children()
    working.cancel()
    with pytest.raises(asyncio.CancelledError):
        await working
    assert not _children()


def _children() -> list[str]:
    """Solving children of this process, by what the kernel says."""
    found = []
    for pid in (name for name in os.listdir("/proc") if name.isdigit()):  # noqa: PTH208
        try:
            with open(f"/proc/{pid}/stat") as stat:  # noqa: PTH123
                parent = stat.read().rpartition(")")[2].split()[1]
            with open(f"/proc/{pid}/cmdline") as line:  # noqa: PTH123
                if parent == str(os.getpid()) and "solver_child" in line.read():
                    found.append(pid)
        except OSError:
            continue
    return found
