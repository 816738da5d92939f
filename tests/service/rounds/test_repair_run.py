"""A repair from the click to the changes that people must be told, with a real child process."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from scheduling.check import check
from scheduling.instances import load_plan, load_problem
from scheduling.weeks import monday_of, to_instant
from service import clock
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.errors import Forbidden, Invalid
from service.jobs.worker import run_worker
from service.rounds.actions import accept_plan_run, start_plan_run
from service.rounds.next_week import plan_and_publish_next_week
from service.rounds.queries import latest_plan_run, plan_run
from service.rounds.states import Effort, RepairKind, RunKind, RunState
from tests.service import factories as make
from tests.service.rounds.readers import office, reading
from tests.service.rounds.scene import Scene, small_team
from tests.support.database import Server

pytestmark = pytest.mark.anyio


def next_week() -> date:
    return monday_of(clock.today()) + timedelta(weeks=1)


async def _repair(scene: Scene) -> int:
    return await start_plan_run(
        scene.lead, team="ICM", week=next_week(), effort=Effort.QUICK, kind=RunKind.REPAIR
    )


async def test_a_sick_workers_visits_are_given_away_and_told(database: Server) -> None:
    scene = await small_team()
    await plan_and_publish_next_week(["ICM"], effort=Effort.QUICK)
    theirs = await fetch_all(
        "select v.need, w.worker from visits v join visit_workers w on w.visit = v.id"
    )
    ill = theirs[0]["worker"]
    lost = {row["need"] for row in theirs if row["worker"] == ill}
    code = await fetch_value("select code from workers where id = $1", ill)
    begins = to_instant(next_week(), day=0, minute=0)
    await make.absence(worker=ill, starts_at=begins, ends_at=begins + timedelta(days=7))
    run = await _repair(scene)
    await run_worker(wait=False)
    row = await fetch_one("select * from plan_runs where id = $1", run)
    assert row is not None
    assert (row["state"], row["kind"], row["error"]) == ("done", "repair", None)
    assert check(load_problem(row["problem"]), load_plan(row["plan"])) == ()
    view = await plan_run(scene.lead, run)
    assert view.kind is RunKind.REPAIR
    assert {change.visit for change in view.changes} >= lost
    given = {change.visit: change for change in view.changes if change.visit in lost}
    for change in given.values():
        assert change.became in (RepairKind.GIVEN, RepairKind.DROPPED)
        assert code in change.tell
        assert change.tenant is not None
        assert change.visit.startswith(change.tenant)
        assert change.before is not None
        assert code in change.before.workers
        if change.after is not None:
            assert code not in change.after.workers
            assert set(change.after.workers) <= set(change.tell)
    before = await fetch_all("select worker from visit_workers")
    assert ill in {one["worker"] for one in before}  # published weeks change when people say so
    version = await fetch_value("select version from rosters")
    await accept_plan_run(scene.lead, run, expected_version=version)
    after = await fetch_all("select worker from visit_workers")
    assert ill not in {one["worker"] for one in after}
    assert not (await plan_run(scene.lead, run)).proposal


async def test_a_repair_of_a_calm_week_changes_nothing(database: Server) -> None:
    scene = await small_team()
    await plan_and_publish_next_week(["ICM"], effort=Effort.QUICK)
    before = await fetch_all("select need, starts_at, ends_at from visits order by need")
    await _repair(scene)
    await run_worker(wait=False)
    view = await latest_plan_run(scene.lead, team="ICM", week=next_week())
    assert view is not None
    assert (view.state, view.changes) == (RunState.DONE, ())
    assert await fetch_all("select need, starts_at, ends_at from visits order by need") == before


async def test_a_visit_that_is_not_asked_any_more_is_called_off(database: Server) -> None:
    scene = await small_team()
    await plan_and_publish_next_week(["ICM"], effort=Effort.QUICK)
    visit = await fetch_one("select id, need from visits order by need limit 1")
    assert visit is not None
    await execute("delete from visit_workers where visit = $1", visit["id"])
    await execute(
        "update visits set state = 'cancelled', starts_at = null, ends_at = null, pinned = false"
        " where id = $1",
        visit["id"],
    )
    run = await _repair(scene)
    await run_worker(wait=False)
    view = await plan_run(scene.lead, run)
    became = {change.visit: change.became for change in view.changes}
    assert became[visit["need"]] is RepairKind.CALLED_OFF


async def test_the_board_shows_what_changed_and_whom_to_tell(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office()
    async with reading(tmp_path, "lead") as lead:
        refused = await lead.post(f"{at_work.path}/repair", on="/account")
        assert refused.status_code == 422
        assert "Only a week that is published" in refused.text
        await plan_and_publish_next_week(["ACT"], effort=Effort.QUICK)
        row = await fetch_one(
            "select t.code, w.worker from visits v join visit_workers w on w.visit = v.id"
            " join tenants t on t.id = v.tenant order by t.code limit 1"
        )
        assert row is not None
        begins = to_instant(at_work.week, day=0, minute=0)
        await make.absence(
            worker=row["worker"], starts_at=begins, ends_at=begins + timedelta(days=7)
        )
        assert "Repair what is published" in (await lead.get(at_work.path)).text
        answer = await lead.post(f"{at_work.path}/repair", on=at_work.path)
        assert (answer.status_code, answer.headers["location"]) == (303, at_work.path)
        await run_worker(wait=False)
        run = await fetch_value("select max(id) from plan_runs")
        board = (await lead.get(at_work.path)).text
        assert f'href="{at_work.path}/runs/{run}"' in board
        seen = (await lead.get(f"{at_work.path}/runs/{run}")).text
    assert "goes to somebody else" in seen
    assert f"<b>{row['code']}</b>" in seen
    told = seen[seen.index("Who must be told") :]
    assert "Amina1" in told
    assert "Amina2" in told


async def test_only_a_published_week_is_repaired_and_only_by_its_lead(database: Server) -> None:
    scene = await small_team(tenants=1)
    with pytest.raises(Invalid):
        await _repair(scene)
    worker = await make.account("w", role="worker", team=scene.team)
    with pytest.raises(Forbidden):
        await start_plan_run(worker, team="ICM", week=next_week(), kind=RunKind.REPAIR)
