"""Publishing: what is compared, written, refused and told to feeds."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from service import clock
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.errors import Forbidden, NotFound, Stale
from service.rounds.actions import (
    cancel_visit,
    move_visit,
    publish_roster,
    unplace_visit,
)
from service.rounds.errors import DraftUnsafe
from service.rounds.queries import my_week, publication_preview
from service.rounds.states import ChangeKind
from service.rounds.types import Publication
from tests.service import factories as make
from tests.service.rounds.scene import (
    THURSDAY,
    WEEK,
    Scene,
    drafted,
    placed,
    roster_row,
    roster_version,
    small_team,
    visit_of,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
async def scene(rolled_back: UnitOfWork) -> AsyncIterator[Scene]:
    """Thursday; a draft of three visits on Monday and Tuesday, nothing published."""
    made = await small_team(tenants=3)
    roster = await roster_row(made.team)
    for tenant, (day, hour, worker) in enumerate(((0, 10, 0), (0, 14, 0), (1, 10, 1))):
        await placed(made, roster, tenant, day=day, hour=hour, workers=(worker,))
    with clock.stopped(THURSDAY):
        yield made


async def _publish(scene: Scene) -> Publication:
    return await publish_roster(
        scene.lead, team="ICM", week=WEEK, expected_version=await roster_version()
    )


async def _move(scene: Scene, tenant: int, *, day: int, hour: int, worker: str) -> None:
    changed = await move_visit(
        scene.lead,
        await visit_of(tenant + 1),
        day=WEEK + timedelta(days=day),
        start=hour * 60,
        workers=(worker,),
        expected_version=await roster_version(),
    )
    assert changed.breaches == ()


async def _stops(tenant: int) -> list[dict[str, Any]]:
    return await fetch_all(
        "select w.code, s.state, s.starts_at, s.sequence, s.changed_at, s.cancelled_at"
        " from published_stops s join workers w on w.id = s.worker"
        " join published_visits p on p.id = s.published_visit where p.visit = $1 order by w.code",
        await visit_of(tenant + 1),
    )


async def _feeds() -> dict[str, int]:
    rows = await fetch_all(
        "select coalesce(w.code, t.code) as code, f.version from feed_versions f"
        " left join workers w on w.id = f.worker left join teams t on t.id = f.team"
    )
    return {row["code"]: row["version"] for row in rows}


async def test_the_first_publication_is_all_new(scene: Scene) -> None:
    preview = await publication_preview(scene.lead, team="ICM", week=WEEK)
    publication = await _publish(scene)
    assert publication.changes == preview.changes
    assert preview.recipients == ("W-001", "W-002")
    assert preview.breaches == ()
    assert [change.kind for change in publication.changes] == [ChangeKind.NEW] * 3
    row = await fetch_one("select state, revision, published_at from rosters")
    assert row == {"state": "published", "revision": 1, "published_at": THURSDAY}
    assert await _feeds() == {"ICM": 1, "W-001": 1, "W-002": 1}
    changes = await fetch_all("select kind, before, after from roster_changes")
    assert [(one["kind"], one["before"]) for one in changes] == [("new", None)] * 3
    audit = await fetch_one("select action, object_kind, account_id from audit_entries")
    assert audit == {"action": "publish", "object_kind": "roster", "account_id": scene.lead.account}


async def test_publishing_again_without_a_change_does_nothing(scene: Scene) -> None:
    await _publish(scene)
    before = await fetch_all("select * from published_stops order by id")
    again = await _publish(scene)
    assert (again.revision, again.changes) == (1, ())
    assert await fetch_all("select * from published_stops order by id") == before
    assert await _feeds() == {"ICM": 1, "W-001": 1, "W-002": 1}


async def test_a_moved_visit_keeps_its_row_and_counts_on(scene: Scene) -> None:
    await _publish(scene)
    uid = await fetch_value("select uid from visits where id = $1", await visit_of(1))
    await _move(scene, 0, day=2, hour=10, worker="W-001")
    (change,) = (await _publish(scene)).changes
    assert change.kind is ChangeKind.MOVED
    assert change.before is not None
    assert change.after is not None
    assert change.after.starts_at == datetime(2026, 12, 2, 9, tzinfo=UTC)
    (stop,) = await _stops(0)
    assert (stop["sequence"], stop["state"]) == (1, "confirmed")
    assert stop["changed_at"] == THURSDAY + timedelta(seconds=1)
    assert await fetch_value("select uid from visits where id = $1", await visit_of(1)) == uid
    assert await fetch_value("select sequence from published_visits where visit = $1", change.visit)
    assert await _feeds() == {"ICM": 2, "W-001": 2, "W-002": 1}


async def test_who_loses_a_visit_keeps_it_as_cancelled(scene: Scene) -> None:
    await _publish(scene)
    await _move(scene, 0, day=0, hour=10, worker="W-003")
    await _publish(scene)
    lost, gained = await _stops(0)
    assert (lost["code"], lost["state"], lost["cancelled_at"]) == ("W-001", "cancelled", THURSDAY)
    assert (gained["code"], gained["state"], gained["sequence"]) == ("W-003", "confirmed", 0)
    assert await _feeds() == {"ICM": 2, "W-001": 2, "W-002": 1, "W-003": 1}
    await _move(scene, 0, day=0, hour=10, worker="W-001")
    await _publish(scene)
    back, gone = await _stops(0)
    assert (back["state"], back["sequence"], back["cancelled_at"]) == ("confirmed", 2, None)
    assert back["changed_at"] > lost["changed_at"]
    assert gone["state"] == "cancelled"


async def test_two_visits_of_a_worker_can_change_places(scene: Scene) -> None:
    await _publish(scene)
    await _move(scene, 0, day=3, hour=14, worker="W-001")
    await _move(scene, 1, day=0, hour=10, worker="W-001")
    await _move(scene, 0, day=0, hour=14, worker="W-001")
    publication = await _publish(scene)
    assert [change.kind for change in publication.changes] == [ChangeKind.MOVED] * 2
    starts = [(await _stops(tenant))[0]["starts_at"].hour for tenant in (0, 1)]
    assert starts == [13, 9]


async def test_a_visit_called_off_is_published_as_cancelled_and_can_come_back(
    scene: Scene,
) -> None:
    await _publish(scene)
    visit = await visit_of(3)
    await cancel_visit(scene.lead, visit, expected_version=await roster_version())
    (change,) = (await _publish(scene)).changes
    assert (change.kind, change.after) == (ChangeKind.CANCELLED, None)
    row = await fetch_one(
        "select state, cancelled_at, starts_at from published_visits where visit = $1", visit
    )
    assert row is not None
    assert (row["state"], row["cancelled_at"]) == ("cancelled", THURSDAY)
    assert row["starts_at"] == datetime(2026, 12, 1, 9, tzinfo=UTC)
    week = await my_week(scene.lead, worker="W-002", week=WEEK)
    assert [stop.state for stop in week.days[1][1]] == ["cancelled"]
    await _move(scene, 2, day=1, hour=11, worker="W-002")
    (change,) = (await _publish(scene)).changes
    assert change.kind is ChangeKind.NEW
    (stop,) = await _stops(2)
    assert (stop["state"], stop["sequence"]) == ("confirmed", 2)


async def test_a_promised_visit_that_moves_is_marked_for_telling(scene: Scene) -> None:
    await execute("update visits set promised = true where id = $1", await visit_of(2))
    await _publish(scene)
    await _move(scene, 1, day=2, hour=14, worker="W-001")
    (change,) = (await _publish(scene)).changes
    assert change.promised


async def test_an_unsafe_draft_is_refused_with_its_reasons(scene: Scene) -> None:
    """Each change after drafting makes a draft unsafe in its own way."""
    await make.safety_flag(tenant=scene.tenants[0])
    with pytest.raises(DraftUnsafe) as flagged:
        await _publish(scene)
    (breach,) = flagged.value.breaches
    assert (breach.rule, breach.tenants) == ("seats", ("T-001",))
    await execute("delete from safety_flags")
    await make.exclusion(worker=scene.workers[1], tenant=scene.tenants[2])
    with pytest.raises(DraftUnsafe) as kept_apart:
        await _publish(scene)
    assert [one.rule for one in kept_apart.value.breaches] == ["exclusion"]
    await execute("delete from exclusions")
    await make.absence(
        worker=scene.workers[0],
        starts_at=datetime(2026, 11, 30, tzinfo=UTC),
        ends_at=datetime(2026, 11, 30, 12, tzinfo=UTC),
    )
    with pytest.raises(DraftUnsafe) as absent:
        await _publish(scene)
    assert {(one.rule, one.workers) for one in absent.value.breaches} == {("shift", ("W-001",))}
    await execute("delete from absences")
    await execute("update agreements set ends_on = $2 where tenant = $1", scene.tenants[0], WEEK)
    with pytest.raises(DraftUnsafe) as ended:
        await _publish(scene)
    assert [one.rule for one in ended.value.breaches] == ["not_asked"]
    await execute("update agreements set ends_on = null")
    moved_to = await make.place(kind="hospital")
    await make.stay(tenant=scene.tenants[0], place=moved_to, kind="hospital", starts_on=WEEK)
    await make.encounter(
        tenant=scene.tenants[0], team=scene.team, starts_at=THURSDAY - timedelta(hours=1)
    )
    with pytest.raises(DraftUnsafe) as elsewhere:
        await _publish(scene)
    assert "other_place" in {one.rule for one in elsewhere.value.breaches}
    assert await fetch_value("select count(*) from published_visits") == 0


async def test_of_two_teams_that_share_a_worker_the_later_one_is_refused(scene: Scene) -> None:
    """Another team's draft refuses nothing; its publication does."""
    act = await make.team("ACT")
    lead = await make.account("lead-act", role="team_lead", team=act)
    await make.membership(worker=scene.workers[0], team=act)
    tenant = await make.tenant("T-900", team=act, place=scene.places[2])
    await make.agreement(tenant=tenant)
    await make.encounter(tenant=tenant, team=act, starts_at=THURSDAY - timedelta(days=9))
    at = datetime(2026, 11, 30, 9, 15, tzinfo=UTC)  # while W-001 is with T-001
    visit = await drafted(
        await roster_row(act),
        tenant,
        scene.places[2],
        "T-900:agr:1",
        starts_at=at,
        ends_at=at + timedelta(minutes=45),
    )
    await make.insert("visit_workers", visit=visit, worker=scene.workers[0], seat=0)
    assert (await _publish(scene)).revision == 1
    with pytest.raises(DraftUnsafe) as refused:
        await publish_roster(lead, team="ACT", week=WEEK, expected_version=1)
    assert {one.rule for one in refused.value.breaches} == {"travel"}


async def test_what_has_begun_no_longer_refuses(scene: Scene) -> None:
    await _publish(scene)
    await make.exclusion(worker=scene.workers[0], tenant=scene.tenants[0])
    with clock.stopped(datetime(2026, 12, 1, 6, tzinfo=UTC)):
        await unplace_visit(scene.lead, await visit_of(3), expected_version=await roster_version())
        (change,) = (await _publish(scene)).changes
    assert change.kind is ChangeKind.CANCELLED


async def test_a_stale_version_and_strangers_are_refused(scene: Scene) -> None:
    with pytest.raises(Stale):
        await publish_roster(
            scene.lead, team="ICM", week=WEEK, expected_version=await roster_version() - 1
        )
    worker = await make.account("worker", role="worker", team=scene.team)
    other = await make.account("other", role="team_lead", team=await make.team("ACT"))
    coordinator = await make.account("all", role="coordinator")
    for viewer, refusal in ((worker, Forbidden), (coordinator, Forbidden), (other, NotFound)):
        with pytest.raises(refusal):
            await publish_roster(viewer, team="ICM", week=WEEK, expected_version=1)
    with pytest.raises(NotFound):
        await publication_preview(other, team="ICM", week=WEEK)
    with pytest.raises(NotFound):
        await my_week(other, worker="W-001", week=WEEK)
