"""An absence that reaches into several weeks: each that it touches is asked, shown and decided."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from service.database.sql import execute, fetch_all, fetch_value
from service.errors import Forbidden, NotFound
from service.jobs.worker import run_worker
from service.rounds.actions import accept_plan_run, publish_roster, start_plan_run
from service.rounds.away_weeks import AwayState, next_away_week
from service.rounds.calling_sick import ask_away_week, report_away
from service.rounds.errors import PlanRunActive
from service.rounds.proposal_view import proposal_view
from service.rounds.states import Effort, RunKind
from tests.service import factories as make
from tests.service.rounds.drafted import at, next_monday, roster, version, visit
from tests.service.rounds.readers import office, reading
from tests.service.rounds.scene import Scene, small_team
from tests.support.database import Server

pytestmark = pytest.mark.anyio

WEEK = timedelta(weeks=1)


async def _two_weeks(team: int, workers: tuple[int, ...], tenants: tuple[int, ...]) -> None:
    """Next week and the one after, each with a visit for the first two workers, by hand."""
    await execute(
        "update teams set policy = policy || '{\"first_visit_pairs\": false}' where id = $1", team
    )
    for week in (next_monday(), next_monday() + WEEK):
        made = await roster(team, week)
        for n in (0, 1):
            starts = at(week, 2 + n, time(10, 0))
            await visit(made, tenants[n], workers=(workers[n],), starts_at=starts)


async def _scene() -> Scene:
    """The first of the two weeks is published."""
    scene = await small_team(tenants=2, workers=2)
    await _two_weeks(scene.team, scene.workers, scene.tenants)
    await publish_roster(
        scene.lead, team="ICM", week=next_monday(), expected_version=await _version(next_monday())
    )
    return scene


async def _version(week: date) -> int:
    found: int = await fetch_value("select version from rosters where week = $1", week)
    return found


async def test_each_week_that_is_touched_gets_its_proposal(database: Server) -> None:
    scene = await _scene()
    first, second = next_monday(), next_monday() + WEEK
    call = await report_away(
        scene.lead, team="ICM", week=first, worker="W-001", first=first, last=second + 3 * WEEK
    )
    assert call.week == first
    assert call.run is not None
    kinds = await fetch_all("select week, kind from plan_runs order by week")
    assert [(row["week"], row["kind"]) for row in kinds] == [
        (first, RunKind.REPAIR),
        (second, RunKind.PLAN),
    ]
    working = await proposal_view(scene.lead, call.run)
    assert [one.state for one in working.weeks] == [AwayState.WORKING] * 2
    await run_worker(wait=False)
    found = await proposal_view(scene.lead, call.run)
    assert [(one.week, one.published) for one in found.weeks] == [(first, True), (second, False)]
    assert [one.state for one in found.weeks] == [AwayState.PROPOSED] * 2
    assert found.next_week == found.weeks[1]
    await accept_plan_run(scene.lead, call.run, expected_version=found.version)
    after = await proposal_view(scene.lead, call.run)
    assert [one.state for one in after.weeks] == [AwayState.DECIDED, AwayState.PROPOSED]
    later = await next_away_week(scene.team, first)
    assert later is not None
    assert (later[0].worker, later[1].week) == ("W-001", second)
    assert later[1].run is not None
    there = await proposal_view(scene.lead, later[1].run)
    assert there.away == found.away
    assert there.theirs
    assert there.next_week is None
    await accept_plan_run(scene.lead, later[1].run, expected_version=there.version)
    assert await next_away_week(scene.team, first) is None
    gone = await fetch_value(
        "select count(*) from visit_workers x join workers w on w.id = x.worker"
        " where w.code = 'W-001'"
    )
    assert gone == 0


async def test_nothing_is_asked_where_nothing_is_touched(database: Server) -> None:
    scene = await _scene()
    third = next_monday() + 2 * WEEK
    call = await report_away(
        scene.lead, team="ICM", week=next_monday(), worker="W-001", first=third, last=third
    )
    assert call.run is None
    assert await fetch_value("select count(*) from absences") == 1
    assert await fetch_value("select count(*) from plan_runs") == 0


async def test_a_duty_alone_is_touched_too(database: Server) -> None:
    scene = await _scene()
    second = next_monday() + WEEK
    await make.insert(
        "duty_slots",
        uid="00000000-0000-0000-0000-000000000001",
        team=scene.team,
        key="own.1",
        kind="evening",
        starts_at=at(second, 5, time(17, 0)),
        ends_at=at(second, 5, time(22, 0)),
        worker=scene.workers[0],
        held=True,
        updated_at=at(second),
    )
    friday = second + timedelta(days=4)
    call = await report_away(
        scene.lead, team="ICM", week=second, worker="W-001", first=friday, last=friday
    )
    assert (call.week, call.run is None) == (second, False)


async def test_a_week_that_is_being_planned_is_asked_afterwards(database: Server) -> None:
    scene = await _scene()
    first, second = next_monday(), next_monday() + WEEK
    busy = await start_plan_run(scene.lead, team="ICM", week=second, effort=Effort.QUICK)
    call = await report_away(
        scene.lead, team="ICM", week=first, worker="W-001", first=first, last=second
    )
    assert call.run is not None
    weeks = (await proposal_view(scene.lead, call.run)).weeks
    assert [one.state for one in weeks] == [AwayState.WORKING]  # Monday: nothing of the second
    absence = await fetch_value("select id from absences")
    await execute(
        "update absences set ends_at = ends_at + interval '6 days' where id = $1", absence
    )
    weeks = (await proposal_view(scene.lead, call.run)).weeks
    assert [(one.state, one.run) for one in weeks][1] == (AwayState.OPEN, None)
    with pytest.raises(PlanRunActive):
        await ask_away_week(scene.lead, team="ICM", week=second, absence=absence)
    await execute("update plan_runs set state = 'cancelled' where id = $1", busy)
    run = await ask_away_week(scene.lead, team="ICM", week=second, absence=absence)
    weeks = (await proposal_view(scene.lead, call.run)).weeks
    assert (weeks[1].state, weeks[1].run) == (AwayState.WORKING, run)
    with pytest.raises(PlanRunActive):
        await report_away(
            scene.lead, team="ICM", week=first, worker="W-001", first=first, last=second + WEEK
        )


async def test_only_the_team_s_own_absences_are_asked_by_who_plans(database: Server) -> None:
    scene = await _scene()
    first = next_monday()
    starts = at(first, 1, time(8, 0))
    absence = await make.absence(
        worker=scene.workers[0], starts_at=starts, ends_at=starts + timedelta(days=4)
    )
    elsewhere = await make.absence(
        worker=await make.worker(), starts_at=starts, ends_at=starts + timedelta(days=4)
    )
    worker = await make.account("w", role="worker", team=scene.team)
    with pytest.raises(Forbidden):
        await ask_away_week(worker, team="ICM", week=first, absence=absence)
    for known in (elsewhere, 999999):
        with pytest.raises(NotFound):
            await ask_away_week(scene.lead, team="ICM", week=first, absence=known)
    await ask_away_week(scene.lead, team="ICM", week=first, absence=absence)


async def test_the_pages_lead_from_one_week_to_the_next(database: Server, tmp_path: Path) -> None:
    at_work = await office()
    first, second = at_work.week, at_work.week + WEEK
    await _two_weeks(at_work.team, at_work.workers, at_work.tenants)
    path = f"{at_work.path}/workers/W-01/away"
    async with reading(tmp_path, "lead") as lead:
        sent = await version(await fetch_value("select id from rosters where week = $1", first))
        publish = f"{at_work.path}/publish"
        assert (await lead.post(publish, on=publish, version=sent)).status_code == 303
        days: dict[str, Any] = {"first": str(first), "last": str(second + timedelta(days=6))}
        answer = await lead.post(path, on=path, **days)
        assert answer.status_code == 303
        await run_worker(wait=False)
        shown = answer.headers["location"]
        page = (await lead.get(shown)).text
        runs = {row["week"]: row["id"] for row in await fetch_all("select id, week from plan_runs")}
        assert "The absence touches 2 weeks" in page
        assert f'href="/board/ACT/{second}/runs/{runs[second]}"' in page
        sent = await version(await fetch_value("select id from rosters where week = $1", first))
        taken = await lead.post(f"{shown}/accept", on=shown, version=sent)
        assert taken.headers["location"] == publish
        sent = await version(await fetch_value("select id from rosters where week = $1", first))
        done = await lead.post(publish, on=publish, version=sent)
        board = (await lead.get(done.headers["location"])).text
        assert f'href="/board/ACT/{second}/runs/{runs[second]}"' in board
        away = await lead.post(f"/board/ACT/{second}/runs/{runs[second]}/discard", on=shown)
        assert away.headers["location"] == f"/board/ACT/{second}"
        third: dict[str, Any] = {"first": str(second + WEEK), "last": str(second + WEEK)}
        nothing = await lead.post(path, on=path, **third)
        assert nothing.status_code == 200
        assert "Nothing that is planned has to change for it." in nothing.text
        absence = await fetch_value("select absence from plan_runs where week = $1", second)
        again = await lead.post(f"/board/ACT/{second}/absences/{absence}/ask", on=shown)
        assert again.status_code == 303
        busy = await lead.post(f"/board/ACT/{second}/absences/{absence}/ask", on=shown)
        assert busy.status_code == 409
        assert "is being planned already" in busy.text
