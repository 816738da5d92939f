"""Proposals: what a run would change once people worked on a week, taken whole, in part, or not."""

from datetime import date, timedelta

import pytest

from scheduling.weeks import monday_of, to_instant
from service import clock
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.jobs.worker import run_worker
from service.rounds.actions import (
    accept_plan_run,
    cancel_visit,
    discard_plan_run,
    move_visit,
    publish_roster,
    start_plan_run,
)
from service.rounds.calling_sick import report_away
from service.rounds.errors import PlanRunOver, SubsetUnsafe
from service.rounds.next_week import plan_and_publish_next_week
from service.rounds.proposal_view import proposal_view
from service.rounds.queries import plan_run
from service.rounds.states import Effort, RepairKind, RunKind
from tests.service import factories as make
from tests.service.rounds.scene import Scene, small_team
from tests.support.database import Server

pytestmark = pytest.mark.anyio


def next_week() -> date:
    return monday_of(clock.today()) + timedelta(weeks=1)


async def _planned(scene: Scene, **scope: object) -> int:
    run = await start_plan_run(
        scene.lead,
        team="ICM",
        week=next_week(),
        effort=Effort.QUICK,
        **scope,  # type: ignore[arg-type]
    )
    await run_worker(wait=False)
    return run


async def _version() -> int:
    found: int = await fetch_value("select version from rosters")
    return found


async def _draft() -> dict[str, tuple[object, tuple[str, ...]]]:
    """Start and workers by need."""
    rows = await fetch_all(
        "select v.need, v.starts_at, array(select w.code from visit_workers x"
        " join workers w on w.id = x.worker where x.visit = v.id order by x.seat) as workers"
        " from visits v order by v.need"
    )
    return {row["need"]: (row["starts_at"], tuple(row["workers"])) for row in rows}


async def test_a_first_draft_is_there_at_once_and_a_touched_one_is_proposed(
    database: Server,
) -> None:
    scene = await small_team()
    first = await _planned(scene)
    assert not (await plan_run(scene.lead, first)).proposal
    again = await _planned(scene)  # nobody did anything: replaced as before
    assert (await plan_run(scene.lead, again)).applied_at is not None
    visit = await fetch_one("select id, starts_at from visits where state = 'placed' limit 1")
    assert visit is not None
    await execute("update rosters set version = version + 1")
    touched = await _planned(scene)
    assert (await plan_run(scene.lead, touched)).proposal
    await discard_plan_run(scene.lead, touched)
    assert not (await plan_run(scene.lead, touched)).proposal
    with pytest.raises(PlanRunOver):
        await accept_plan_run(scene.lead, touched, expected_version=await _version())


async def test_what_people_decide_meanwhile_stays_theirs(database: Server) -> None:
    """A visit moved by hand and one called off while the planner worked are left alone."""
    scene = await small_team()
    await _planned(scene)
    await execute("update rosters set version = version + 1")
    run = await _planned(scene)
    assert (await plan_run(scene.lead, run)).proposal
    moved, off = (
        row["id"] for row in await fetch_all("select id from visits order by need limit 2")
    )
    code = await fetch_value("select code from workers order by code limit 1")
    friday = next_week() + timedelta(days=4)
    await move_visit(
        scene.lead, moved, day=friday, start=15 * 60, workers=(code,),
        expected_version=await _version(),
    )  # fmt: skip
    await cancel_visit(scene.lead, off, expected_version=await _version())
    stood = await _draft()
    await execute(  # so that the proposal has something to change
        "update visits set starts_at = starts_at + interval '5 minutes',"
        " ends_at = ends_at + interval '5 minutes' where not pinned and state = 'placed'"
    )
    found = await proposal_view(scene.lead, run)
    assert found.left_alone == 2
    assert found.lines
    with pytest.raises(Stale):
        await accept_plan_run(scene.lead, run, expected_version=found.version - 1)
    await accept_plan_run(scene.lead, run, expected_version=found.version)
    now = await _draft()
    assert now["T-001:agr:1"] == stood["T-001:agr:1"]
    assert now["T-002:agr:1"] == (None, ())
    state = await fetch_value("select state from visits where id = $1", off)
    assert state == "cancelled"


async def test_a_day_planned_again_leaves_the_others_as_they_are(database: Server) -> None:
    scene = await small_team(tenants=8)
    await _planned(scene)
    await execute("update rosters set version = version + 1")
    before = await _draft()
    days = {str(start)[:10] for start, _ in before.values() if start}
    day = date.fromisoformat(min(days))
    gone = await fetch_value(
        "select id from visits where starts_at::date = $1 order by need limit 1", day
    )
    await execute("delete from visit_workers where visit = $1", gone)
    await execute(
        "update visits set state = 'waiting', starts_at = null, ends_at = null where id = $1", gone
    )
    run = await _planned(scene, only_day=day)
    view = await plan_run(scene.lead, run)
    assert (view.only_day, view.error) == (day, None)
    await accept_plan_run(scene.lead, run, expected_version=await _version())
    after = await _draft()
    for need, (start, workers) in before.items():
        if start is not None and str(start)[:10] != day.isoformat():
            assert after[need] == (start, workers)
    assert {str(start)[:10] for start, _ in after.values() if start} <= days
    placed = await fetch_value("select state from visits where id = $1", gone)
    assert placed == "placed"  # it fitted there before


async def test_a_worker_planned_again_keeps_everybody_elses_round(database: Server) -> None:
    scene = await small_team(tenants=8)
    await _planned(scene)
    await execute("update rosters set version = version + 1")
    before = await _draft()
    run = await _planned(scene, only_worker="W-001")
    assert (await plan_run(scene.lead, run)).only_worker == "W-001"
    found = await proposal_view(scene.lead, run)
    if found.lines:
        await accept_plan_run(scene.lead, run, expected_version=found.version)
    after = await _draft()
    others = {need: stand for need, stand in before.items() if stand[1] not in ((), ("W-001",))}
    assert others
    assert {need: after[need] for need in others} == others
    mine = {need for need, stand in before.items() if stand[1] == ("W-001",)}
    assert all(after[need][1] in (("W-001",), ()) for need in mine)


async def test_a_scope_that_the_week_does_not_have_is_refused(database: Server) -> None:
    scene = await small_team(tenants=1)
    for scope in (
        {"only_day": next_week() - timedelta(days=1)},
        {"only_worker": "W-999"},
        {"only_worker": "W-001", "only_day": next_week()},
    ):
        with pytest.raises(Invalid):
            await _planned(scene, **scope)


async def test_a_sick_call_makes_one_proposal_that_is_taken_in_parts(database: Server) -> None:
    scene = await small_team()
    await plan_and_publish_next_week(["ICM"], effort=Effort.QUICK)
    code = await fetch_value(
        "select w.code from visit_workers x join workers w on w.id = x.worker"
        " group by w.code order by count(*) desc, w.code limit 1"
    )
    call = await report_away(
        scene.lead,
        team="ICM",
        week=next_week(),
        worker=code,
        first=next_week(),
        last=next_week() + timedelta(days=6),
    )
    assert call.run is not None
    run = call.run
    absence = await fetch_one("select kind, starts_at, ends_at from absences")
    assert absence is not None
    assert absence["kind"] == "unplanned"
    assert absence["starts_at"] == to_instant(next_week(), day=0, minute=0)
    assert absence["ends_at"] == to_instant(next_week(), day=7, minute=0)
    await run_worker(wait=False)
    found = await proposal_view(scene.lead, run)
    assert found.run.kind is RunKind.REPAIR
    assert found.away is not None
    assert found.away.worker == code
    assert found.away.last == next_week() + timedelta(days=6)
    given = [line for line in found.theirs if line.change.became is RepairKind.GIVEN]
    assert len(given) > 1
    assert code in found.workers_told
    one = given[0].change
    await accept_plan_run(
        scene.lead, run, expected_version=found.version, needs=(one.visit,), duties=False
    )
    assert one.after is not None
    draft = await _draft()
    assert draft[one.visit] == (one.after.starts_at, one.after.workers)
    rest = await proposal_view(scene.lead, run)
    assert len(rest.lines) == len(found.lines) - 1
    assert not rest.decided
    await accept_plan_run(scene.lead, run, expected_version=rest.version)
    assert (await proposal_view(scene.lead, run)).decided
    assert code not in {worker for _, workers in (await _draft()).values() for worker in workers}
    await publish_roster(
        scene.lead, team="ICM", week=next_week(), expected_version=await _version()
    )


async def test_changes_that_break_a_rule_alone_say_what_belongs_to_them(database: Server) -> None:
    """Two visits that change places: one alone would stand on the other."""
    scene = await small_team(tenants=2, workers=1)
    await plan_and_publish_next_week(["ICM"], effort=Effort.QUICK)
    await execute("update rosters set version = version + 1")
    run = await _planned(scene)
    assert (await plan_run(scene.lead, run)).proposal
    first, second = await fetch_all("select id, starts_at, ends_at from visits order by need")
    for visit, place in ((first, second), (second, first)):
        await execute(
            "update visits set starts_at = $2, ends_at = $3 where id = $1",
            visit["id"],
            place["starts_at"],
            place["ends_at"],
        )
    found = await proposal_view(scene.lead, run)
    assert {line.change.visit for line in found.lines} == {"T-001:agr:1", "T-002:agr:1"}
    with pytest.raises(SubsetUnsafe) as refused:
        await accept_plan_run(
            scene.lead, run, expected_version=found.version, needs=("T-001:agr:1",)
        )
    assert refused.value.breaches
    assert refused.value.besides == ("T-002:agr:1",)
    assert await _version() == found.version  # nothing stayed of it
    await accept_plan_run(
        scene.lead, run, expected_version=found.version, needs=("T-001:agr:1", "T-002:agr:1")
    )


async def test_a_promised_visit_that_changes_has_a_neutral_text(database: Server) -> None:
    scene = await small_team(workers=2)
    await execute("update tenants set languages = '{tr,nl}'")
    await plan_and_publish_next_week(["ICM"], effort=Effort.QUICK)
    await execute("update visits set promised = true")
    call = await report_away(
        scene.lead, team="ICM", week=next_week(), worker="W-001",
        first=next_week(), last=next_week() + timedelta(days=6),
    )  # fmt: skip
    await run_worker(wait=False)
    assert call.run is not None
    found = await proposal_view(scene.lead, call.run)
    assert found.texts
    for line in found.texts:
        assert line.text is not None
        assert line.text.language == "nl"
        assert line.change.before is not None
        for secret in ("T-0", "Given", "Family", "ICM", "W-0"):
            assert secret not in line.text.text


async def test_only_who_plans_the_team_sees_proposals_and_reports_absences(
    database: Server,
) -> None:
    scene = await small_team(tenants=1)
    run = await _planned(scene)
    worker = await make.account("w", role="worker", team=scene.team)
    other = await make.team("ACT")
    stranger = await make.account("s", role="team_lead", team=other)
    with pytest.raises(Forbidden):
        await proposal_view(worker, run)
    with pytest.raises(NotFound):
        await proposal_view(stranger, run)
    for viewer, error in ((worker, Forbidden), (stranger, NotFound)):
        with pytest.raises(error):
            await report_away(
                viewer, team="ICM", week=next_week(), worker="W-001", last=next_week()
            )
    assert await fetch_value("select count(*) from absences") == 0
