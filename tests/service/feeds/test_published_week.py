"""From the board to the telephone: real publications of a draft, seen through feeds."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from litestar import Litestar

from service import clock
from service.access.policy import Viewer
from service.database.sql import execute, fetch_one, fetch_value
from service.feeds.actions import NewFeed
from service.feeds.api import feed_service
from service.feeds.calendar import visit_uid
from service.feeds.queries import my_feeds
from service.rounds.actions import cancel_visit, move_visit, publish_roster
from tests.service import factories as make
from tests.service.feeds.conftest import fetch, own_feed, team_feed
from tests.service.feeds.reading import Read, read_events
from tests.service.rounds.scene import THURSDAY, WEEK, Scene, small_team
from tests.support.database import Server

MONDAY_EARLY = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
TUESDAY, WEDNESDAY = WEEK + timedelta(days=1), WEEK + timedelta(days=2)


@dataclass
class Week:
    """A published week: one visit alone on Monday, one of a pair on Tuesday."""

    scene: Scene
    roster: int
    alone: int
    pair: int
    feeds: tuple[NewFeed, ...]
    owners: tuple[Viewer, ...]
    wall: NewFeed

    async def move(self, visit: int, day: date, start: int, *workers: str) -> None:
        await move_visit(
            self.scene.lead,
            visit,
            day=day,
            start=start,
            workers=workers,
            expected_version=await self._version(),
        )

    async def cancel(self, visit: int) -> None:
        await cancel_visit(self.scene.lead, visit, expected_version=await self._version())

    async def publish(self) -> int:
        """Publish the draft and return how many visits changed."""
        published = await publish_roster(
            self.scene.lead, team="ICM", week=WEEK, expected_version=await self._version()
        )
        return len(published.changes)

    async def uid(self, visit: int) -> str:
        return visit_uid(await fetch_value("select uid from visits where id = $1", visit))

    async def _version(self) -> int:
        version: int = await fetch_value("select version from rosters where id = $1", self.roster)
        return version


@pytest.fixture
async def week(database: Server) -> Week:
    with clock.stopped(THURSDAY):
        scene = await small_team()
        await execute(
            "update agreements set workers_needed = 2 where tenant = $1", scene.tenants[1]
        )
        roster = await make.insert(
            "rosters", team=scene.team, week=WEEK, state="draft", updated_at=THURSDAY
        )
        alone, pair = [
            await make.insert("visits", **_waiting(scene, roster, number)) for number in (0, 1)
        ]
        owners = tuple(
            [
                await make.account(f"w{number}", role="worker", team=scene.team, worker=worker)
                for number, worker in enumerate(scene.workers)
            ]
        )
        made = Week(
            scene=scene,
            roster=roster,
            alone=alone,
            pair=pair,
            feeds=tuple([await own_feed(owner) for owner in owners]),
            owners=owners,
            wall=await team_feed(scene.lead, scene.team),
        )
        await made.move(alone, WEEK, 9 * 60 + 30, "W-001")
        await made.move(pair, TUESDAY, 10 * 60, "W-001", "W-002")
        assert await made.publish() == 2
    return made


def _waiting(scene: Scene, roster: int, number: int) -> dict[str, Any]:
    return {
        "uid": uuid4(),
        "roster": roster,
        "need": f"T-{number + 1:03d}:agr:1",
        "tenant": scene.tenants[number],
        "kind": "home_visit",
        "priority": "should",
        "place": scene.places[number],
        "minutes": 45,
        "workers_needed": number + 1,
        "state": "waiting",
        "reasons": "[]",
        "updated_at": THURSDAY,
    }


async def _seen(
    program: httpx.AsyncClient, feed: NewFeed, at: datetime
) -> list[tuple[str, str, str]]:
    """The feed as (uid, start, status)."""
    events = read_events((await fetch(program, feed, at=at)).content)
    return [(e.uid, e.starts_at.strftime("%a %H:%M"), e.status) for e in events]


async def _event(program: httpx.AsyncClient, feed: NewFeed, uid: str, at: datetime) -> Read:
    events = read_events((await fetch(program, feed, at=at)).content)
    return next(event for event in events if event.uid == uid)


async def test_published_week_is_in_the_feeds_of_those_who_go(
    week: Week, program: httpx.AsyncClient
) -> None:
    alone, pair = await week.uid(week.alone), await week.uid(week.pair)
    assert await _seen(program, week.feeds[0], THURSDAY) == [
        (alone, "Mon 08:30", "CONFIRMED"),
        (pair, "Tue 09:00", "CONFIRMED"),
    ]
    assert await _seen(program, week.feeds[1], THURSDAY) == [(pair, "Tue 09:00", "CONFIRMED")]
    assert await _seen(program, week.feeds[2], THURSDAY) == []
    assert len(await _seen(program, week.wall, THURSDAY)) == 2
    assert (await _event(program, week.wall, pair, THURSDAY)).summary.startswith(
        "W-001 + W-002 : T-002"
    )


async def test_draft_shows_nowhere_until_it_is_published(
    week: Week, program: httpx.AsyncClient
) -> None:
    before = [(await fetch(program, feed, at=THURSDAY)).headers["etag"] for feed in week.feeds]
    with clock.stopped(THURSDAY):
        await week.move(week.alone, WEDNESDAY, 11 * 60, "W-003")
    for feed, tag in zip(week.feeds, before, strict=True):
        assert (await fetch(program, feed, at=THURSDAY, if_none_match=tag)).status_code == 304


async def test_revision_moves_swaps_and_cancels_by_the_contract(
    week: Week, program: httpx.AsyncClient, app: Litestar
) -> None:
    """In one second of the clock, so that stamps must move on by themselves."""
    alone, pair = await week.uid(week.alone), await week.uid(week.pair)
    first = await _event(program, week.feeds[0], pair, THURSDAY)
    await feed_service(app).fetches.flush()
    with clock.stopped(THURSDAY):
        await week.move(week.alone, WEDNESDAY, 11 * 60, "W-001")
        await week.move(week.pair, TUESDAY, 10 * 60, "W-001", "W-003")
        assert await week.publish() == 2
    assert await _seen(program, week.feeds[0], THURSDAY) == [
        (pair, "Tue 09:00", "CONFIRMED"),
        (alone, "Wed 10:00", "CONFIRMED"),
    ]
    assert await _seen(program, week.feeds[1], THURSDAY) == []  # told five days ahead
    assert await _seen(program, week.feeds[2], THURSDAY) == [(pair, "Tue 09:00", "CONFIRMED")]
    second = await _event(program, week.feeds[0], pair, THURSDAY)
    assert (first.summary.split(", ")[1], second.summary.split(", ")[1]) == (
        "avec W-002",
        "avec W-003",
    )
    assert (first.sequence, second.sequence) == (0, 1)
    assert second.changed_at > first.changed_at

    with clock.stopped(MONDAY_EARLY):
        await week.cancel(week.pair)
        assert await week.publish() == 1
    for feed in (week.feeds[0], week.feeds[2], week.wall):
        event = await _event(program, feed, pair, MONDAY_EARLY)
        assert (event.status, event.changed_at) == ("CANCELLED", MONDAY_EARLY)
        later = MONDAY_EARLY + timedelta(hours=48)
        assert pair not in [uid for uid, _, _ in await _seen(program, feed, later)]
    assert (await _event(program, week.wall, pair, MONDAY_EARLY)).summary.startswith(
        "Annulé : W-001 + W-003 : T-002"
    )


async def test_each_publication_counts_for_those_it_touched_alone(
    week: Week, program: httpx.AsyncClient, app: Litestar
) -> None:
    for feed in week.feeds:
        await fetch(program, feed, at=THURSDAY + timedelta(hours=1))
    await feed_service(app).fetches.flush()
    with clock.stopped(THURSDAY + timedelta(hours=2)):
        await week.move(week.pair, TUESDAY, 11 * 60, "W-001", "W-002")
        await week.publish()
    behind = [[row.behind for row in await my_feeds(owner)] for owner in week.owners]
    assert behind == [[1], [1], [0]]


async def test_publishing_the_same_again_changes_no_feed(
    week: Week, program: httpx.AsyncClient
) -> None:
    before = await fetch(program, week.feeds[0], at=THURSDAY)
    versions = await fetch_one("select array_agg(version order by id) as all from feed_versions")
    with clock.stopped(THURSDAY + timedelta(hours=1)):
        assert await week.publish() == 0
    after = await fetch(program, week.feeds[0], at=THURSDAY + timedelta(hours=1))
    assert (after.content, after.headers["etag"]) == (before.content, before.headers["etag"])
    assert after.headers["last-modified"] == before.headers["last-modified"]
    assert versions == await fetch_one(
        "select array_agg(version order by id) as all from feed_versions"
    )
