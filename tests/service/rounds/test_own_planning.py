"""Workers of a team that plans its own: what they may do in a draft, and what only a lead does."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from service import clock
from service.access.policy import Viewer
from service.database.sql import execute, fetch_one, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.errors import Forbidden, Invalid, NotFound
from service.rounds.actions import (
    add_visit,
    cancel_visit,
    move_visit,
    pin_visit,
    promise_visit,
    swap_visits,
    undo_step,
)
from service.rounds.errors import MoveRefused
from service.rounds.own_visits import changeable_visits, own_tenants
from service.rounds.pricing import MoveAsked, Verdict, price_move
from service.rounds.problem import build_problem
from service.rounds.week import read_week
from service.teams.queries import team_by_code
from tests.service import factories as make
from tests.service.rounds.scene import (
    THURSDAY,
    WEEK,
    Scene,
    roster_version,
    three_placed,
    visit_of,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
async def scene(rolled_back: UnitOfWork) -> AsyncIterator[Scene]:
    made = await three_placed()
    with clock.stopped(THURSDAY):
        yield made


async def _worker(scene: Scene, number: int = 0) -> Viewer:
    return await make.account(
        f"w{number}", role="worker", team=scene.team, worker=scene.workers[number]
    )


async def test_a_worker_moves_pins_and_promises_what_is_theirs(scene: Scene) -> None:
    worker, visit = await _worker(scene), await visit_of(1)
    moved = await move_visit(
        worker,
        visit,
        day=WEEK + timedelta(days=1),
        start=11 * 60,
        workers=("W-001",),
        expected_version=await roster_version(),
    )
    assert moved.breaches == ()
    row = await fetch_one("select pinned, updated_by from visits where id = $1", visit)
    assert row == {"pinned": True, "updated_by": worker.account}
    await promise_visit(worker, visit, promised=True, expected_version=moved.version)
    await undo_step(worker, team="ICM", week=WEEK)
    with pytest.raises(Forbidden):
        await cancel_visit(worker, visit, expected_version=await roster_version())


async def test_a_worker_never_breaks_a_hard_rule(scene: Scene) -> None:
    worker = await _worker(scene)
    for day, start in ((5, 11 * 60), (1, 20 * 60)):
        with pytest.raises(MoveRefused):
            await move_visit(
                worker,
                await visit_of(1),
                day=WEEK + timedelta(days=day),
                start=start,
                workers=("W-001",),
                expected_version=await roster_version(),
            )


async def test_a_worker_leaves_the_rounds_of_others_alone(scene: Scene) -> None:
    worker, seen = await _worker(scene), await roster_version()
    with pytest.raises(Forbidden):
        await pin_visit(worker, await visit_of(2), expected_version=seen)
    with pytest.raises(Forbidden):
        await move_visit(
            worker,
            await visit_of(1),
            day=WEEK,
            start=15 * 60,
            workers=("W-002",),
            expected_version=seen,
        )
    with pytest.raises(Forbidden):
        await swap_visits(worker, await visit_of(1), await visit_of(2), expected_version=seen)
    mine = await changeable_visits(worker, team="ICM", week=WEEK)
    assert mine == {await visit_of(1), await visit_of(4)}
    assert await changeable_visits(scene.lead, team="ICM", week=WEEK) is None


async def test_what_is_added_is_asked_kept_and_can_be_taken_back(scene: Scene) -> None:
    worker = await _worker(scene)
    done = await add_visit(
        worker,
        team="ICM",
        week=WEEK,
        tenant="T-001",
        day=WEEK + timedelta(days=3),
        start=None,
        minutes=30,
    )
    row = await fetch_one("select need, pinned, state from visits where id = $1", done.visit)
    assert row == {"need": "T-001:add:1", "pinned": True, "state": "placed"}
    team = await team_by_code("ICM")
    assert team is not None
    problem = build_problem(await read_week(team, WEEK, now=clock.now()))
    (pin,) = (one for one in problem.pins if one.visit == "T-001:add:1")
    assert (pin.day, pin.workers) == (3, ("W-001",))
    await undo_step(worker, team="ICM", week=WEEK, step=done.step)
    problem = build_problem(await read_week(team, WEEK, now=clock.now()))
    assert "T-001:add:1" not in {visit.code for visit in problem.visits}


async def test_only_own_tenants_can_be_added_and_a_pair_needs_the_lead(scene: Scene) -> None:
    worker = await _worker(scene)
    team = await team_by_code("ICM")
    assert team is not None
    assert [code for _, code in await own_tenants(worker, team, WEEK)] == ["T-001", "T-004"]
    assert len(await own_tenants(scene.lead, team, WEEK)) == 4
    for tenant, refusal, field in (("T-002", Invalid, "tenant"), ("T-001", Invalid, "workers")):
        if tenant == "T-001":
            await make.safety_flag(tenant=scene.tenants[0])
        with pytest.raises(refusal) as refused:
            await add_visit(
                worker, team="ICM", week=WEEK, tenant=tenant, day=WEEK, start=600, minutes=30
            )
        assert set(refused.value.fields) == {field}
    assert await fetch_value("select count(*) from visits where need like '%:add:%'") == 0


async def test_two_own_visits_change_places(scene: Scene) -> None:
    worker = await _worker(scene)
    before = [await _starts(1), await _starts(4)]
    done = await swap_visits(
        worker, await visit_of(1), await visit_of(4), expected_version=await roster_version()
    )
    assert [await _starts(1), await _starts(4)] == before[::-1]
    await undo_step(worker, team="ICM", week=WEEK, step=done.step)
    assert [await _starts(1), await _starts(4)] == before


async def _starts(number: int) -> object:
    return await fetch_value("select starts_at from visits where id = $1", await visit_of(number))


async def test_who_may_do_it(scene: Scene) -> None:
    """The table of the policy, in deeds: a worker of a team that the lead plans may not."""
    worker, visit, seen = await _worker(scene), await visit_of(1), await roster_version()
    await execute("update teams set policy = $1", '{"workers_plan_own": false}')
    coordinator = await make.account("c", role="coordinator")
    for viewer in (worker, coordinator):
        with pytest.raises(Forbidden):
            await pin_visit(viewer, visit, expected_version=seen)
        with pytest.raises(Forbidden):
            await add_visit(
                viewer, team="ICM", week=WEEK, tenant="T-001", day=WEEK, start=600, minutes=30
            )
    housing = await make.account("h", role="housing_officer")
    stranger = await make.account("s", role="team_lead", team=await make.team("ACT"))
    for viewer in (housing, stranger):
        with pytest.raises(NotFound):
            await pin_visit(viewer, visit, expected_version=seen)
        with pytest.raises(NotFound):
            await add_visit(
                viewer, team="ICM", week=WEEK, tenant="T-001", day=WEEK, start=600, minutes=30
            )
    await pin_visit(scene.lead, visit, expected_version=seen)


async def test_the_price_of_a_move(scene: Scene) -> None:
    visit, tuesday = await visit_of(1), WEEK + timedelta(days=1)

    async def asked(viewer: Viewer, **how: object) -> tuple[Verdict, tuple[str, ...]]:
        question = MoveAsked(day=tuesday, **how)  # type: ignore[arg-type]
        found = await price_move(viewer, team="ICM", week=WEEK, visit=visit, asked=question)
        return found.verdict, found.lines

    verdict, _ = await asked(scene.lead, start=11 * 60)
    assert verdict in {Verdict.FREE, Verdict.COSTS}
    verdict, lines = await asked(scene.lead, start=20 * 60)
    assert verdict is Verdict.REFUSED
    assert lines
    assert not any("agr" in line for line in lines), "needs are no words for people"
    assert (await asked(scene.lead, version=0))[0] is Verdict.STALE
    best = await price_move(
        scene.lead, team="ICM", week=WEEK, visit=visit, asked=MoveAsked(day=tuesday)
    )
    assert best.starts_at is not None
    assert best.workers == ("W-001",)
    verdict, lines = await asked(await _worker(scene), gone="W-001", comes="W-002")
    assert verdict is Verdict.REFUSED
    with pytest.raises(Forbidden):
        await asked(await _worker(scene, 1))
