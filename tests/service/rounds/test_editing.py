"""What a person does to a visit: what is kept, what it breaks, what is refused."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from service import clock
from service.database.sql import execute, fetch_one
from service.database.unit_of_work import UnitOfWork
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.rounds.actions import (
    cancel_visit,
    move_visit,
    pin_visit,
    promise_visit,
    unpin_visit,
    unplace_visit,
)
from service.rounds.queries import roster_board
from service.rounds.states import VisitState
from service.rounds.types import BoardVisit, DraftChange
from tests.service import factories as make
from tests.service.rounds.scene import (
    THURSDAY,
    WEEK,
    Scene,
    roster_row,
    roster_version,
    two_placed_one_waits,
    visit_of,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
async def scene(rolled_back: UnitOfWork) -> AsyncIterator[Scene]:
    made = await two_placed_one_waits(
        reasons='[{"code": "duty", "left": 2}, {"code": "window", "left": 0}]'
    )
    with clock.stopped(THURSDAY):
        yield made


async def _move(
    scene: Scene, tenant: int, *, day: int = 0, start: int = 600, workers: tuple[str, ...]
) -> DraftChange:
    return await move_visit(
        scene.lead,
        await visit_of(tenant),
        day=WEEK + timedelta(days=day),
        start=start,
        workers=workers,
        expected_version=await roster_version(),
    )


async def _on_board(scene: Scene, need: str) -> BoardVisit:
    board = await roster_board(scene.lead, team="ICM", week=WEEK)
    found = [visit for row in board.rows for cell in row.cells for visit in cell.visits]
    return next(visit for visit in (*found, *board.waiting) if visit.need == need)


async def test_a_waiting_visit_placed_by_hand_is_pinned_there(scene: Scene) -> None:
    changed = await _move(scene, 3, day=2, start=14 * 60, workers=("W-002",))
    assert (changed.version, changed.breaches) == (2, ())
    visit = await _on_board(scene, "T-003:agr:1")
    assert visit.state is VisitState.PLACED
    assert visit.pinned
    assert visit.starts_at == datetime(2026, 12, 2, 13, tzinfo=UTC)
    assert visit.ends_at == datetime(2026, 12, 2, 13, 45, tzinfo=UTC)
    assert visit.reasons == ()
    row = await fetch_one("select updated_by, updated_at from visits where need = 'T-003:agr:1'")
    assert row == {"updated_by": scene.lead.account, "updated_at": THURSDAY}


async def test_a_move_says_what_it_breaks_and_is_kept(scene: Scene) -> None:
    """Onto a pinned visit of the same worker, then with somebody who must not go."""
    await execute("update visits set pinned = true where need = 'T-002:agr:1'")
    changed = await _move(scene, 3, start=14 * 60 + 15, workers=("W-001",))
    assert "travel" in {breach.rule for breach in changed.breaches}
    assert (await _on_board(scene, "T-003:agr:1")).workers == ("W-001",)
    await make.exclusion(worker=scene.workers[1], tenant=scene.tenants[2])
    changed = await _move(scene, 3, day=2, workers=("W-002",))
    (breach,) = changed.breaches
    assert (breach.rule, breach.workers, breach.tenants) == ("exclusion", ("W-002",), ("T-003",))
    assert breach.visits == (await visit_of(3),)
    changed = await _move(scene, 3, day=2, workers=("W-003",))
    assert changed.breaches == ()


async def test_a_move_only_reports_what_is_new(scene: Scene) -> None:
    await make.exclusion(worker=scene.workers[0], tenant=scene.tenants[0])
    changed = await _move(scene, 3, day=2, start=14 * 60, workers=("W-002",))
    assert changed.breaches == ()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": 7}, "day"),
        ({"day": -1}, "day"),
        ({"start": 602}, "start"),
        ({"start": 1430}, "start"),
        ({"workers": ("W-001", "W-002")}, "workers"),
        ({"workers": ("W-999",)}, "workers"),
        ({"workers": ("W-STRANGER",)}, "workers"),
    ],
)
async def test_a_move_that_makes_no_sense_is_refused(
    scene: Scene, change: dict[str, object], field: str
) -> None:
    await make.worker("W-STRANGER", team=await make.team("ACT"))
    with pytest.raises(Invalid) as refused:
        await _move(scene, 3, **({"workers": ("W-001",)} | change))  # type: ignore[arg-type]
    assert set(refused.value.fields) == {field}
    assert (await _on_board(scene, "T-003:agr:1")).state is VisitState.WAITING


async def test_pin_promise_unplace_and_call_off(scene: Scene) -> None:
    visit = await visit_of(1)
    assert (await pin_visit(scene.lead, visit, expected_version=1)).version == 2
    assert (await _on_board(scene, "T-001:agr:1")).pinned
    await unpin_visit(scene.lead, visit, expected_version=2)
    await promise_visit(scene.lead, visit, promised=True, expected_version=3)
    on_board = await _on_board(scene, "T-001:agr:1")
    assert (on_board.pinned, on_board.promised) == (False, True)
    await unplace_visit(scene.lead, visit, expected_version=4)
    waiting = await _on_board(scene, "T-001:agr:1")
    assert (waiting.state, waiting.workers, waiting.starts_at) == (VisitState.WAITING, (), None)
    with pytest.raises(Invalid):
        await pin_visit(scene.lead, visit, expected_version=5)
    await cancel_visit(scene.lead, visit, expected_version=5)
    board = await roster_board(scene.lead, team="ICM", week=WEEK)
    assert board.capacity.asked == 2


async def test_what_somebody_else_changed_is_not_overwritten(scene: Scene) -> None:
    visit = await visit_of(1)
    await pin_visit(scene.lead, visit, expected_version=1)
    for call in (pin_visit, unpin_visit, unplace_visit, cancel_visit):
        with pytest.raises(Stale):
            await call(scene.lead, visit, expected_version=1)
    assert (await _on_board(scene, "T-001:agr:1")).pinned


async def test_who_may_change_a_draft(scene: Scene) -> None:
    visit = await visit_of(1)
    worker = await make.account("w", role="worker", team=scene.team)
    stranger = await make.account("s", role="team_lead", team=await make.team("ACT"))
    housing = await make.account("h", role="housing_officer")
    for viewer, refusal in ((worker, Forbidden), (stranger, NotFound), (housing, NotFound)):
        with pytest.raises(refusal):
            await unplace_visit(viewer, visit, expected_version=1)
    with pytest.raises(NotFound):
        await unplace_visit(scene.lead, 10**6, expected_version=1)


async def test_the_board_counts_and_sorts(scene: Scene) -> None:
    board = await roster_board(scene.lead, team="ICM", week=WEEK)
    assert (board.capacity.asked, board.capacity.placed, board.capacity.waiting) == (3, 2, 1)
    assert (board.capacity.beyond_gap, board.capacity.visiting_minutes) == (1, 90)
    assert board.capacity.share_minutes == 3 * 40 * 60 // 2
    assert [day.isoweekday() for day in board.days] == [1, 2, 3, 4, 5]
    assert [row.worker for row in board.rows] == ["W-001", "W-002", "W-003"]
    first = board.rows[0]
    assert (first.visiting_minutes, first.share_minutes) == (90, 1200)
    assert [visit.tenant for visit in first.cells[0].visits] == ["T-001", "T-002"]
    assert (first.cells[5].off, first.cells[0].off, first.cells[0].absent) == (True, False, False)
    (waiting,) = board.waiting
    assert [(one.code, one.left) for one in waiting.reasons] == [("duty", 2), ("window", 0)]
    assert board.changes_since_published == 0
    await make.absence(
        worker=scene.workers[1],
        starts_at=datetime(2026, 12, 1, tzinfo=UTC),
        ends_at=datetime(2026, 12, 2, tzinfo=UTC),
    )
    cell = (await roster_board(scene.lead, team="ICM", week=WEEK)).rows[1].cells[1]
    assert (cell.absent, cell.off, cell.hours) == (True, False, ())


async def test_a_board_takes_as_many_queries_for_one_visit_as_for_many(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service.database import sql

    counted = 0
    plain = sql._connection

    def counting() -> object:
        nonlocal counted
        counted += 1
        return plain()

    monkeypatch.setattr(sql, "_connection", counting)
    await roster_board(scene.lead, team="ICM", week=WEEK)
    many, counted = counted, 0
    monkeypatch.undo()
    act = await make.team("ACT")
    lead = await make.account("one", role="team_lead", team=act)
    await roster_row(act)
    monkeypatch.setattr(sql, "_connection", counting)
    await roster_board(lead, team="ACT", week=WEEK)
    assert counted <= many <= 14
