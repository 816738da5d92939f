"""What each worker is told of a publication: their own changes, today's apart, once."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import pytest

from service import clock
from service.access.policy import Viewer
from service.database.sql import fetch_value
from service.database.unit_of_work import UnitOfWork
from service.notices.queries import my_notices
from service.notices.types import ChangedToday, Message, WeekPublished
from service.rounds.actions import move_visit, publish_roster
from tests.service import factories as make
from tests.service.rounds.scene import THURSDAY, WEEK, Scene, placed, roster_row, small_team

pytestmark = pytest.mark.anyio

TUESDAY = date(2026, 12, 1)


@pytest.fixture
async def scene(rolled_back: UnitOfWork) -> AsyncIterator[Scene]:
    """Thursday; a draft of three visits of two workers, nothing published."""
    made = await small_team(tenants=3)
    roster = await roster_row(made.team)
    await placed(made, roster, 0, day=0, hour=10, workers=(0,))
    await placed(made, roster, 1, day=0, hour=14, workers=(1,))
    await placed(made, roster, 2, day=1, hour=10, workers=(1,))
    with clock.stopped(THURSDAY):
        yield made


async def _accounts(scene: Scene) -> list[Viewer]:
    """An account for each of the first two workers."""
    return [
        await make.account(f"worker-{n}", role="worker", team=scene.team, worker=scene.workers[n])
        for n in range(2)
    ]


async def _publish(scene: Scene) -> None:
    version = await fetch_value("select version from rosters")
    await publish_roster(scene.lead, team="ICM", week=WEEK, expected_version=version)


async def _move(
    scene: Scene, tenant: int, *, day: int, hour: int, workers: tuple[str, ...]
) -> None:
    moved = await move_visit(
        scene.lead,
        await fetch_value("select id from visits where need = $1", f"T-{tenant + 1:03d}:agr:1"),
        day=WEEK + timedelta(days=day),
        start=hour * 60,
        workers=workers,
        expected_version=await fetch_value("select version from rosters"),
    )
    assert moved.breaches == ()


async def _told(viewer: Viewer) -> list[Message]:
    return [notice.message for notice in reversed(await my_notices(viewer))]


async def test_each_worker_is_told_the_own_changes(scene: Scene) -> None:
    first, second = await _accounts(scene)
    await _publish(scene)
    assert await _told(first) == [
        WeekPublished(team="ICM", week=WEEK, revision=1, new=1, days=(WEEK,))
    ]
    assert await _told(second) == [
        WeekPublished(team="ICM", week=WEEK, revision=1, new=2, days=(WEEK, TUESDAY))
    ]
    assert await _told(scene.lead) == []


async def test_publishing_again_without_a_change_tells_nobody(scene: Scene) -> None:
    first, second = await _accounts(scene)
    for _ in range(3):
        await _publish(scene)
    assert [len(await _told(who)) for who in (first, second)] == [1, 1]


async def test_a_visit_given_away_is_cancelled_for_one_and_new_for_the_other(scene: Scene) -> None:
    first, second = await _accounts(scene)
    await _publish(scene)
    await _move(scene, 0, day=2, hour=10, workers=("W-002",))
    await _publish(scene)
    assert (await _told(first))[1:] == [
        WeekPublished(team="ICM", week=WEEK, revision=2, cancelled=1, days=(WEEK,))
    ]
    assert (await _told(second))[1:] == [
        WeekPublished(team="ICM", week=WEEK, revision=2, new=1, days=(date(2026, 12, 2),))
    ]


async def test_todays_changes_are_told_apart(scene: Scene) -> None:
    first, second = await _accounts(scene)
    await _publish(scene)
    with clock.stopped(datetime(2026, 11, 30, 8, 0, tzinfo=UTC)):
        await _move(scene, 0, day=0, hour=11, workers=("W-001",))
        await _move(scene, 2, day=2, hour=10, workers=("W-001",))
        await _publish(scene)
    assert (await _told(first))[1:] == [
        ChangedToday(team="ICM", day=WEEK, revision=2, moved=1),
        WeekPublished(team="ICM", week=WEEK, revision=2, new=1, days=(date(2026, 12, 2),)),
    ]
    assert (await _told(second))[1:] == [
        WeekPublished(team="ICM", week=WEEK, revision=2, cancelled=1, days=(TUESDAY,))
    ]


async def test_a_visit_of_today_moved_to_another_day_changes_today(scene: Scene) -> None:
    first, _second = await _accounts(scene)
    await _publish(scene)
    with clock.stopped(datetime(2026, 11, 30, 8, 0, tzinfo=UTC)):
        await _move(scene, 0, day=3, hour=11, workers=("W-001",))
        await _publish(scene)
    assert (await _told(first))[1:] == [
        ChangedToday(team="ICM", day=WEEK, revision=2, moved=1),
    ]


async def test_what_is_over_is_nobodys_news(scene: Scene) -> None:
    first, second = await _accounts(scene)
    with clock.stopped(datetime(2026, 11, 30, 18, 0, tzinfo=UTC)):
        await _publish(scene)
    assert await _told(first) == []
    assert await _told(second) == [
        WeekPublished(team="ICM", week=WEEK, revision=1, new=1, days=(TUESDAY,))
    ]
