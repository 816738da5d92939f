"""Steps of a draft: what slides, what is undone, and what somebody else's change forbids."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from service import clock
from service.access.policy import Viewer
from service.database.sql import execute, fetch_all, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.errors import Forbidden, NotFound, Stale
from service.rounds.actions import (
    cancel_visit,
    move_visit,
    pin_visit,
    promise_visit,
    undo_step,
    unplace_visit,
)
from service.rounds.errors import MoveRefused
from service.rounds.queries import draft_steps
from service.rounds.states import StepKind
from service.rounds.types import DraftChange
from service.rounds.undoing import NothingToUndo
from tests.service import factories as make
from tests.service.rounds.scene import (
    THURSDAY,
    WEEK,
    Scene,
    roster_version,
    two_placed_one_waits,
    visit_of,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
async def scene(rolled_back: UnitOfWork) -> AsyncIterator[Scene]:
    made = await two_placed_one_waits()
    with clock.stopped(THURSDAY):
        yield made


async def _rows() -> list[dict[str, object]]:
    """Everything a step may change, but not who changed it when."""
    return await fetch_all(
        "select v.id, v.state, v.starts_at, v.ends_at, v.pinned, v.promised, v.reasons,"
        " array(select x.worker from visit_workers x where x.visit = v.id order by x.seat) as crew"
        " from visits v order by v.id"
    )


async def _move(
    scene: Scene, number: int, *, start: int, day: int = 0, worker: str = "W-001", **more: bool
) -> DraftChange:
    return await move_visit(
        scene.lead,
        await visit_of(number),
        day=WEEK + timedelta(days=day),
        start=start,
        workers=(worker,),
        expected_version=await roster_version(),
        **more,
    )


async def test_the_others_of_the_day_make_room_and_go_back(scene: Scene) -> None:
    before = await _rows()
    changed = await _move(scene, 3, start=14 * 60)
    (slid,) = changed.slid
    assert (slid.tenant, slid.before) == ("T-002", datetime(2026, 11, 30, 13, tzinfo=UTC))
    assert slid.after >= datetime(2026, 11, 30, 13, 45, tzinfo=UTC)
    starts = await fetch_value("select starts_at from visits where id = $1", await visit_of(2))
    assert starts == slid.after
    assert changed.breaches == ()
    undone = await undo_step(scene.lead, team="ICM", week=WEEK, step=changed.step)
    assert await _rows() == before
    assert undone.version == changed.version + 1
    await undo_step(scene.lead, team="ICM", week=WEEK, step=undone.step)
    again = await fetch_value("select starts_at from visits where id = $1", await visit_of(2))
    assert again == slid.after


async def test_a_strict_move_that_breaks_a_rule_is_not_made(scene: Scene) -> None:
    before, version = await _rows(), await roster_version()
    with pytest.raises(MoveRefused) as refused:
        await _move(scene, 3, start=10 * 60, day=5, strict=True)
    assert "shift" in {breach.rule for breach in refused.value.breaks}
    assert "T-003" not in str(refused.value)
    assert (await _rows(), await roster_version()) == (before, version)
    assert (await _move(scene, 3, start=10 * 60, day=2, strict=True)).breaches == ()


@pytest.mark.parametrize("what", ["pin", "promise", "unplace", "cancel"])
async def test_every_step_can_be_undone_once(scene: Scene, what: str) -> None:
    before, visit, seen = await _rows(), await visit_of(1), await roster_version()
    if what == "promise":
        done = await promise_visit(scene.lead, visit, promised=True, expected_version=seen)
    else:
        act = {"pin": pin_visit, "unplace": unplace_visit, "cancel": cancel_visit}[what]
        done = await act(scene.lead, visit, expected_version=seen)
    assert await _rows() != before
    await undo_step(scene.lead, team="ICM", week=WEEK)
    assert await _rows() == before
    with pytest.raises(Stale):
        await undo_step(scene.lead, team="ICM", week=WEEK, step=done.step)
    with pytest.raises(NothingToUndo):
        await undo_step(scene.lead, team="ICM", week=WEEK)


async def test_what_somebody_changed_since_is_not_undone(scene: Scene) -> None:
    changed = await _move(scene, 3, start=9 * 60, day=2)
    await pin_visit(scene.lead, await visit_of(1), expected_version=changed.version)
    await unplace_visit(scene.lead, await visit_of(3), expected_version=changed.version + 1)
    kept = await _rows()
    with pytest.raises(Stale):
        await undo_step(scene.lead, team="ICM", week=WEEK, step=changed.step)
    assert await _rows() == kept


async def test_a_change_of_another_visit_meanwhile_is_no_hindrance(scene: Scene) -> None:
    seen = await roster_version()
    await pin_visit(scene.lead, await visit_of(1), expected_version=seen)
    await promise_visit(scene.lead, await visit_of(2), promised=True, expected_version=seen)
    with pytest.raises(Stale):
        await unplace_visit(scene.lead, await visit_of(1), expected_version=seen)
    await execute("update rosters set version = version + 1")
    with pytest.raises(Stale):
        await pin_visit(scene.lead, await visit_of(3), expected_version=seen)


async def test_who_did_what_can_be_read(scene: Scene) -> None:
    seen = await roster_version()
    await execute(
        "update accounts set worker = $1 where id = $2", scene.workers[0], scene.lead.account
    )
    await pin_visit(scene.lead, await visit_of(1), expected_version=seen)
    (step,) = await draft_steps(scene.lead, team="ICM", week=WEEK, after=seen)
    assert (step.kind, step.tenant, step.by) == (StepKind.PIN, "T-001", scene.lead.account)
    assert step.who is not None
    assert await draft_steps(scene.lead, team="ICM", week=WEEK, after=seen + 1) == []


async def test_who_may_undo(scene: Scene) -> None:
    done = await pin_visit(scene.lead, await visit_of(1), expected_version=await roster_version())
    worker = await _worker(scene, 2)
    with pytest.raises(Forbidden):
        await undo_step(worker, team="ICM", week=WEEK, step=done.step)
    stranger = await make.account("s", role="team_lead", team=await make.team("ACT"))
    for step in (done.step, None):
        with pytest.raises(NotFound):
            await undo_step(stranger, team="ICM", week=WEEK, step=step)
    colleague = await make.account("c", role="team_lead", team=scene.team)
    await undo_step(colleague, team="ICM", week=WEEK, step=done.step)


async def _worker(scene: Scene, number: int) -> Viewer:
    return await make.account(
        f"w{number}", role="worker", team=scene.team, worker=scene.workers[number]
    )
