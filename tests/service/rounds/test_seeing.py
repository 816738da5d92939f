"""Who gets what before a week goes out; who has seen it afterwards: a page, a calendar."""

from datetime import timedelta

import pytest

from service import clock
from service.database.sql import execute, fetch_value
from service.errors import Forbidden, NotFound
from service.rounds.actions import publish_roster
from service.rounds.publish_view import parts_of, texts_for
from service.rounds.queries import publication_preview
from service.rounds.seeing import Sight, note_week_opened, seen_by
from tests.service import factories as make
from tests.service.rounds.drafted import at, next_monday, roster, visit
from tests.service.rounds.scene import Scene, small_team
from tests.support.database import Server

pytestmark = pytest.mark.anyio


async def _published(scene: Scene) -> int:
    """A week with a visit for each of two workers, published; returns the roster."""
    week = next_monday()
    await execute("update teams set policy = '{\"first_visit_pairs\": false}' where code = 'ICM'")
    made = await roster(scene.team, week)
    for n in (0, 1):
        await visit(made, scene.tenants[n], workers=(scene.workers[n],), starts_at=at(week, 1 + n))
    await _publish(scene)
    return made


async def _publish(scene: Scene) -> None:
    version = await fetch_value("select version from rosters")
    await publish_roster(scene.lead, team="ICM", week=next_monday(), expected_version=version)


async def test_who_opened_the_page_who_fetched_and_who_did_not(database: Server) -> None:
    scene = await small_team(tenants=2, workers=2)
    await _published(scene)
    worker = await make.account("w", role="worker", team=scene.team, worker=scene.workers[0])
    revision, people = await seen_by(scene.lead, team="ICM", week=next_monday())
    assert revision == 1
    assert [one.sight for one in people] == [Sight.NOT_YET, Sight.NOT_YET]
    assert [(one.changes, one.unseen) for one in people] == [(1, 1), (1, 1)]
    with clock.moved(timedelta(minutes=1)):
        await note_week_opened(worker, next_monday())
    await make.insert(
        "feeds",
        owner=worker.account,
        worker=scene.workers[1],
        device="phone",
        language="fr",
        token_hash=b"x" * 32,
        created_at=clock.now(),
        last_fetch_at=clock.now(),
        fetched_version=await fetch_value(
            "select version from feed_versions where worker = $1", scene.workers[1]
        ),
    )
    _, people = await seen_by(scene.lead, team="ICM", week=next_monday())
    seen = {one.worker: one for one in people}
    assert seen["W-001"].sight is Sight.OPENED
    assert seen["W-001"].unseen == 0
    assert seen["W-002"].sight is Sight.FETCHED
    feeds = seen["W-002"].feeds
    assert feeds is not None
    assert (feeds.feeds, feeds.current) == (1, 1)


async def test_a_later_change_is_unseen_again(database: Server) -> None:
    scene = await small_team(tenants=2, workers=2)
    made = await _published(scene)
    worker = await make.account("w", role="worker", team=scene.team, worker=scene.workers[0])
    await note_week_opened(worker, next_monday())
    with clock.moved(timedelta(hours=1)):
        await execute(
            "update visits set starts_at = starts_at + interval '1 hour',"
            " ends_at = ends_at + interval '1 hour', promised = true where tenant = $1",
            scene.tenants[0],
        )
        await execute("update rosters set version = version + 1 where id = $1", made)
        preview = await publication_preview(scene.lead, team="ICM", week=next_monday())
        [part] = parts_of(preview)
        assert (part.worker, len(part.moves), part.count) == ("W-001", 1, 1)
        await execute("update tenants set languages = '{en}'")
        [text] = await texts_for(preview.changes, now=clock.now())
        assert text.text.startswith("Hello, our appointment on Monday")
        assert "10:30" in text.text
        for secret in ("T-001", "W-001", "Given", "ICM", "visit"):
            assert secret not in text.text
        await _publish(scene)
    _, people = await seen_by(scene.lead, team="ICM", week=next_monday())
    seen = {one.worker: one for one in people}
    assert seen["W-001"].sight is Sight.NOT_YET
    assert (seen["W-001"].changes, seen["W-001"].unseen) == (2, 1)


async def test_only_who_publishes_sees_who_has_seen_it(database: Server) -> None:
    scene = await small_team(tenants=2, workers=2)
    with pytest.raises(NotFound):
        await seen_by(scene.lead, team="ICM", week=next_monday())
    await _published(scene)
    worker = await make.account("w", role="worker", team=scene.team)
    with pytest.raises(Forbidden):
        await seen_by(worker, team="ICM", week=next_monday())
    other = await make.team("ACT")
    stranger = await make.account("s", role="team_lead", team=other)
    with pytest.raises(NotFound):
        await seen_by(stranger, team="ICM", week=next_monday())
    nobody = await make.account("h", role="coordinator")
    await note_week_opened(nobody, next_monday())
    assert await fetch_value("select count(*) from roster_views") == 0
