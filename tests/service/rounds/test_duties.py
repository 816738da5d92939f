"""Duty slots of a team's week: in the problem, staffed with the plan, published, on pages' data."""

from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scheduling.engine.solve import solve
from scheduling.instances import validated
from scheduling.plan import Effort, Plan
from scheduling.problem import Busy, Duty, Problem
from service import clock
from service.database.sql import execute, fetch_all, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.rounds import rows
from service.rounds.actions import call_off_duty, give_duty, publish_roster
from service.rounds.draft import write_plan
from service.rounds.problem import build_problem
from service.rounds.queries import my_week, publication_preview, roster_board
from service.rounds.seeing import SeenBy, Sight, note_week_opened, seen_by
from service.rounds.week import read_week
from service.teams.queries import team_by_code
from tests.service import factories as make
from tests.service.rounds.scene import THURSDAY, WEEK, Scene, roster_row, small_team

pytestmark = pytest.mark.anyio

MONDAY_EVENING, WEDNESDAY_EVENING = "evening.2026-11-30.1020", "evening.2026-12-02.1020"


@pytest.fixture
async def scene(rolled_back: UnitOfWork) -> AsyncIterator[Scene]:
    """Thursday; a team of three with duty on Monday and Wednesday evening, and no draft."""
    made = await small_team(tenants=1)
    await execute(
        "update teams set policy = jsonb_build_object('duties', jsonb_build_array($2::jsonb))"
        " where id = $1",
        made.team,
        '{"kind": "evening", "weekdays": [1, 3], "from_minute": 1020, "to_minute": 1320}',
    )
    await roster_row(made.team)
    with clock.stopped(THURSDAY):
        yield made


async def _problem(*, now: datetime = THURSDAY) -> Problem:
    team = await team_by_code("ICM")
    assert team is not None
    return validated(build_problem(await read_week(team, WEEK, now=now)))


async def _plan(problem: Problem, scene: Scene) -> Plan:
    plan = solve(problem, effort=Effort.QUICK)
    roster = await rows.roster_of(scene.team, WEEK, lock=True)
    assert roster is not None
    run = await make.insert(
        "plan_runs", team=scene.team, week=WEEK, requested_at=THURSDAY, state="cancelled"
    )
    await write_plan(roster, problem=problem, plan=plan, run=run, by=None, now=THURSDAY)
    return plan


async def _version() -> int:
    version: int = await fetch_value("select version from rosters order by id limit 1")
    return version


async def _slots() -> dict[str, dict[str, Any]]:
    found = await fetch_all(
        "select d.key, w.code as worker, p.code as published, d.held, d.state, d.sequence,"
        " d.starts_at, d.ends_at from duty_slots d left join workers w on w.id = d.worker"
        " left join workers p on p.id = d.published_worker"
    )
    return {row["key"]: row for row in found}


def _duty(problem: Problem, key: str) -> Duty:
    return next(duty for duty in problem.duties if duty.code == key)


async def test_the_settings_slots_are_in_the_problem(scene: Scene) -> None:
    problem = await _problem()
    assert [(d.code, d.day, d.start, d.end) for d in problem.duties] == [
        (MONDAY_EVENING, 0, 1020, 1320),
        (WEDNESDAY_EVENING, 2, 1020, 1320),
    ]
    assert all(duty.worker is None and not duty.holiday for duty in problem.duties)
    for worker in problem.workers:  # the Monday after, and no Sunday's work before
        assert worker.outside == (Busy(day=7, start=540, end=1020),)


async def test_a_plan_staffs_them_and_planning_again_moves_nobody(scene: Scene) -> None:
    plan = await _plan(await _problem(), scene)
    given = {one.duty: one.worker for one in plan.duties}
    assert set(given) == {MONDAY_EVENING, WEDNESDAY_EVENING}
    assert len(set(given.values())) == 2
    stored = await _slots()
    assert {key: row["worker"] for key, row in stored.items()} == given
    assert all(row["published"] is None for row in stored.values())
    again = await _problem()
    assert {duty.code: duty.worker for duty in again.duties} == given
    assert (await _plan(again, scene)).duties == plan.duties


async def test_who_is_absent_gives_the_duty_up_and_the_other_stays(scene: Scene) -> None:
    before = {one.duty: one.worker for one in (await _plan(await _problem(), scene)).duties}
    ill = before[MONDAY_EVENING]
    await make.absence(
        worker=await fetch_value("select id from workers where code = $1", ill),
        starts_at=datetime(2026, 11, 30, 15, tzinfo=UTC),
        ends_at=datetime(2026, 11, 30, 23, tzinfo=UTC),
    )
    after = {one.duty: one.worker for one in (await _plan(await _problem(), scene)).duties}
    assert after[MONDAY_EVENING] not in {ill, None}
    assert after[WEDNESDAY_EVENING] == before[WEDNESDAY_EVENING]


async def test_nothing_is_told_before_it_is_published(scene: Scene) -> None:
    plan = await _plan(await _problem(), scene)
    worker = plan.duties[0].worker
    assert (await my_week(scene.lead, worker=worker, week=WEEK)).duties == ()
    preview = await publication_preview(scene.lead, team="ICM", week=WEEK)
    assert [duty.worker for duty in preview.duties] == [one.worker for one in plan.duties]
    assert set(preview.recipients) >= {one.worker for one in plan.duties}
    await publish_roster(scene.lead, team="ICM", week=WEEK, expected_version=await _version())
    mine = await my_week(scene.lead, worker=worker, week=WEEK)
    assert [duty.kind for duty in mine.duties] == ["evening"]
    assert mine.duties_on(WEEK) == mine.duties
    preview = await publication_preview(scene.lead, team="ICM", week=WEEK)
    assert preview.duties == ()


async def test_a_change_after_publishing_is_a_revision_and_tells_both(scene: Scene) -> None:
    plan = await _plan(await _problem(), scene)
    await publish_roster(scene.lead, team="ICM", week=WEEK, expected_version=await _version())
    first = plan.duties[0].worker
    other = next(f"W-00{n}" for n in (1, 2, 3) if f"W-00{n}" not in {d.worker for d in plan.duties})
    await give_duty(
        scene.lead,
        team="ICM",
        week=WEEK,
        key=MONDAY_EVENING,
        worker=other,
        expected_version=await _version(),
    )
    board = await roster_board(scene.lead, team="ICM", week=WEEK)
    assert board.changes_since_published == 1
    preview = await publication_preview(scene.lead, team="ICM", week=WEEK)
    assert preview.recipients == tuple(sorted((first, other)))
    versions = "select sum(version)::int from feed_versions where worker is not null"
    before = await fetch_value(versions)
    with clock.stopped(THURSDAY + timedelta(hours=1)):
        done = await publish_roster(
            scene.lead, team="ICM", week=WEEK, expected_version=await _version()
        )
    assert (done.revision, done.changes) == (2, ())
    assert await fetch_value(versions) == before + 2
    row = (await _slots())[MONDAY_EVENING]
    assert (row["worker"], row["published"], row["held"], row["sequence"]) == (
        other,
        other,
        True,
        1,
    )
    lost = await fetch_all(
        "select w.code, d.key, l.sequence, l.cancelled_at = d.changed_at as at_once,"
        " l.starts_at = d.starts_at as then from lost_duties l"
        " join duty_slots d on d.id = l.slot join workers w on w.id = l.worker"
    )
    assert lost == [
        {"code": first, "key": MONDAY_EVENING, "sequence": 1, "at_once": True, "then": True}
    ]
    again = await publish_roster(
        scene.lead, team="ICM", week=WEEK, expected_version=await _version()
    )
    assert again.revision == 2
    assert await fetch_value("select count(*) from lost_duties") == 1


async def test_a_duty_alone_counts_for_who_has_seen_the_week(scene: Scene) -> None:
    """No visit changes: who got the duty and who lost it are both asked for having seen it."""
    plan = await _plan(await _problem(), scene)
    with_visits = {code for place in plan.placements for code in place.workers}
    await publish_roster(scene.lead, team="ICM", week=WEEK, expected_version=await _version())
    first = plan.duties[0].worker
    seen = await _seen(scene)
    assert set(seen) == with_visits | {one.worker for one in plan.duties}
    on_duty = Counter(one.worker for one in plan.duties)
    for code, person in seen.items():
        assert person.changes == on_duty[code] + (code in with_visits)
        assert person.sight is Sight.NOT_YET
    with clock.stopped(THURSDAY + timedelta(minutes=5)):
        for n, code in enumerate(("W-001", "W-002", "W-003")):
            if code in seen:
                viewer = await make.account(
                    f"w{n}", role="worker", team=scene.team, worker=scene.workers[n]
                )
                await note_week_opened(viewer, WEEK)
    assert {one.sight for one in (await _seen(scene)).values()} == {Sight.OPENED}
    other = next(f"W-00{n}" for n in (1, 2, 3) if f"W-00{n}" not in on_duty)
    await give_duty(
        scene.lead,
        team="ICM",
        week=WEEK,
        key=MONDAY_EVENING,
        worker=other,
        expected_version=await _version(),
    )
    with clock.stopped(THURSDAY + timedelta(hours=1)):
        await publish_roster(scene.lead, team="ICM", week=WEEK, expected_version=await _version())
    seen = await _seen(scene)
    assert {code for code, one in seen.items() if one.sight is Sight.NOT_YET} == {first, other}
    assert (seen[first].unseen, seen[other].unseen) == (1, 1)
    assert seen[first].changed_at == THURSDAY + timedelta(hours=1)


async def _seen(scene: Scene) -> dict[str, SeenBy]:
    _, people = await seen_by(scene.lead, team="ICM", week=WEEK)
    return {one.worker: one for one in people}


async def test_the_board_shows_duties_in_rows_and_those_nobody_has(scene: Scene) -> None:
    plan = await _plan(await _problem(), scene)
    await give_duty(
        scene.lead,
        team="ICM",
        week=WEEK,
        key=WEDNESDAY_EVENING,
        worker=None,
        expected_version=await _version(),
    )
    board = await roster_board(scene.lead, team="ICM", week=WEEK)
    assert [duty.key for duty in board.open_duties] == [WEDNESDAY_EVENING]
    shown = {
        (row.worker, cell.day, duty.key)
        for row in board.rows
        for cell in row.cells
        for duty in cell.duties
    }
    assert shown == {(plan.duties[0].worker, WEEK, MONDAY_EVENING)}


async def test_a_hand_made_duty_that_breaks_a_rule_says_so_and_cannot_be_published(
    scene: Scene,
) -> None:
    await _plan(await _problem(), scene)
    early = await make.worker(team=scene.team, hours=((3, 480, 960), (4, 420, 900)))
    code = await fetch_value("select code from workers where id = $1", early)
    change = await give_duty(
        scene.lead,
        team="ICM",
        week=WEEK,
        key=WEDNESDAY_EVENING,
        worker=code,
        expected_version=await _version(),
    )
    assert [breach.rule for breach in change.breaches] == ["rest"]
    preview = await publication_preview(scene.lead, team="ICM", week=WEEK)
    assert [breach.rule for breach in preview.breaches] == ["rest"]


async def test_a_duty_called_off_is_not_asked_again(scene: Scene) -> None:
    plan = await _plan(await _problem(), scene)
    await publish_roster(scene.lead, team="ICM", week=WEEK, expected_version=await _version())
    await call_off_duty(
        scene.lead, team="ICM", week=WEEK, key=MONDAY_EVENING, expected_version=await _version()
    )
    assert [duty.code for duty in (await _problem()).duties] == [WEDNESDAY_EVENING]
    with clock.stopped(THURSDAY + timedelta(hours=1)):
        done = await publish_roster(
            scene.lead, team="ICM", week=WEEK, expected_version=await _version()
        )
    assert done.revision == 2
    assert (await my_week(scene.lead, worker=plan.duties[0].worker, week=WEEK)).duties == ()


async def test_only_the_lead_changes_duties_and_only_what_is_there(scene: Scene) -> None:
    await _plan(await _problem(), scene)
    worker = await make.account("worker-icm", role="worker", team=scene.team)
    given: dict[str, Any] = {"team": "ICM", "week": WEEK, "worker": "W-001"}
    version = await _version()
    with pytest.raises(Forbidden):
        await give_duty(worker, **given, key=MONDAY_EVENING, expected_version=version)
    with pytest.raises(Stale):
        await give_duty(scene.lead, **given, key=MONDAY_EVENING, expected_version=version - 1)
    with pytest.raises(NotFound):
        await give_duty(
            scene.lead, **given, key="evening.2026-12-01.1020", expected_version=version
        )
    with pytest.raises(Invalid):
        await give_duty(
            scene.lead, **(given | {"worker": "X"}), key=MONDAY_EVENING, expected_version=version
        )


async def test_what_the_settings_no_longer_ask_loses_its_worker(scene: Scene) -> None:
    await _plan(await _problem(), scene)
    await execute("update teams set policy = '{}' where id = $1", scene.team)
    problem = await _problem()
    assert problem.duties == ()
    await _plan(problem, scene)
    assert {row["worker"] for row in (await _slots()).values()} == {None}


async def test_other_hours_in_the_settings_reach_the_row(scene: Scene) -> None:
    await _plan(await _problem(), scene)
    await execute(
        "update teams set policy = jsonb_set(policy, '{duties,0,to_minute}', '1260') where id = $1",
        scene.team,
    )
    problem = await _problem()
    assert _duty(problem, MONDAY_EVENING).end == 1260
    await _plan(problem, scene)
    row = (await _slots())[MONDAY_EVENING]
    assert row["ends_at"] - row["starts_at"] == timedelta(hours=4)


async def test_duties_for_another_team_are_busy_time_and_cost_rest(scene: Scene) -> None:
    act = await make.team("ACT")
    await make.membership(worker=scene.workers[0], team=act)
    times = {"kind": "phone", "team": act, "updated_at": THURSDAY, "worker": scene.workers[0]}
    noon = datetime(2026, 12, 1, 11, tzinfo=UTC)
    sunday = datetime(2026, 11, 29, 18, tzinfo=UTC)
    for key, at in (("own.1", noon), ("own.2", sunday)):
        await make.insert(
            "duty_slots",
            uid=await fetch_value("select gen_random_uuid()"),
            key=key,
            starts_at=at,
            ends_at=at + timedelta(hours=2),
            **times,
        )
    problem = await _problem()
    shared = next(worker for worker in problem.workers if worker.code == "W-001")
    assert (1, 720, 810) in {(b.day, b.start, b.end) for b in shared.busy}  # until the meeting
    assert Busy(day=1, start=720, end=840) in shared.outside
    assert Busy(day=-1, start=1140, end=1260) in shared.outside
    assert shared.duty_minutes == 120


async def test_what_earlier_weeks_held_counts_in_the_next(scene: Scene) -> None:
    for week in (1, 2):
        at = datetime(2026, 11, 30, 16, tzinfo=UTC) - timedelta(weeks=week)
        await make.insert(
            "duty_slots",
            uid=await fetch_value("select gen_random_uuid()"),
            team=scene.team,
            key=f"own.{week}",
            kind="evening",
            starts_at=at,
            ends_at=at + timedelta(hours=5),
            worker=scene.workers[week],
            updated_at=THURSDAY,
        )
    problem = await _problem()
    assert [worker.duty_minutes for worker in problem.workers] == [0, 300, 300]
    first = replace(problem, duties=problem.duties[:1])
    assert solve(first, effort=Effort.QUICK).duties[0].worker == "W-001"


async def test_resources_and_what_needs_them(scene: Scene) -> None:
    court = await make.place(kind="court")
    appointment = await make.appointment(
        tenant=scene.tenants[0],
        place=court,
        starts_at=datetime(2026, 12, 1, 9, tzinfo=UTC),
    )
    car = await make.insert(
        "resources", team=scene.team, code="car", kind="car", available=2, starts_on=WEEK
    )
    gone = await make.insert(
        "resources",
        team=scene.team,
        code="room",
        kind="room",
        starts_on=WEEK - timedelta(days=90),
        ends_on=WEEK + timedelta(days=3),
    )
    for resource in (car, gone):
        await make.insert("appointment_resources", appointment=appointment, resource=resource)
    problem = await _problem()
    assert [(one.code, one.count) for one in problem.resources] == [("car", 2)]
    visit = next(one for one in problem.visits if ":app:" in one.code)
    assert visit.resources == ("car",)
