"""Notes of fetches: written in batches, by client, with what that client has not seen yet."""

from datetime import timedelta

import httpx
import pytest
from litestar import Litestar

from service import clock
from service.database.sql import fetch_one, fetch_value
from service.errors import DatabaseUnavailable
from service.feeds import fetches
from service.feeds.api import feed_service
from service.feeds.clients import client_name
from service.feeds.fetches import Fetch, FetchLog, flushing
from service.feeds.queries import my_feeds
from tests.service.feeds import published
from tests.service.feeds.conftest import MONDAY, THURSDAY_BEFORE, House, fetch, own_feed

THUNDERBIRD = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Thunderbird/140.2.0"


async def test_fetch_writes_nothing_until_the_flush(
    house: House, program: httpx.AsyncClient, app: Litestar
) -> None:
    feed = await own_feed(house.amina_signed_in)
    await fetch(program, feed, at=MONDAY, user_agent="curl/8")
    await fetch(program, feed, at=MONDAY + timedelta(minutes=5), user_agent=THUNDERBIRD)
    assert await fetch_value("select last_fetch_at from feeds") is None
    log = feed_service(app).fetches
    assert (await log.flush(), await log.flush()) == (1, 0)
    row = await fetch_one("select last_fetch_at, last_client, fetched_version from feeds")
    assert row == {
        "last_fetch_at": MONDAY + timedelta(minutes=5),
        "last_client": "Thunderbird",
        "fetched_version": 0,
    }


async def test_client_is_behind_by_the_visits_changed_since(
    house: House, program: httpx.AsyncClient, app: Litestar
) -> None:
    feed = await own_feed(house.amina_signed_in)
    log = feed_service(app).fetches
    hour = timedelta(hours=1)
    with clock.stopped(THURSDAY_BEFORE):
        visits = [
            await published.publish(
                team=house.team, workers=[house.amina], starts_at=MONDAY + number * hour
            )
            for number in range(3)
        ]
    behind = []
    for number in range(3):
        await fetch(program, feed, at=THURSDAY_BEFORE + (2 * number + 1) * hour)
        await log.flush()
        behind += [row.behind for row in await my_feeds(house.amina_signed_in)]
        with clock.stopped(THURSDAY_BEFORE + (2 * number + 2) * hour):
            for place, visit in enumerate(visits[: number + 1]):
                starts_at = MONDAY + timedelta(days=number + 1) + place * hour
                await published.move(visit, team=house.team, starts_at=starts_at)
        behind += [row.behind for row in await my_feeds(house.amina_signed_in)]
    assert behind == [0, 1, 0, 2, 0, 3]


async def test_304_counts_as_fetched_and_head_does_not(
    house: House, program: httpx.AsyncClient, app: Litestar
) -> None:
    feed = await own_feed(house.amina_signed_in)
    log = feed_service(app).fetches
    with clock.stopped(MONDAY):
        await program.head(f"/calendars/{feed.token}.ics")
    assert await log.flush() == 0
    tag = (await fetch(program, feed, at=MONDAY)).headers["etag"]
    await log.flush()
    later = MONDAY + timedelta(hours=1)
    assert (await fetch(program, feed, at=later, if_none_match=tag)).status_code == 304
    await log.flush()
    assert await fetch_value("select last_fetch_at from feeds") == later


async def test_late_batch_of_another_process_does_not_turn_time_back(house: House) -> None:
    feed = await own_feed(house.amina_signed_in)
    for at, version in ((MONDAY, 5), (MONDAY - timedelta(hours=1), 4)):
        log = FetchLog()
        log.note(Fetch(feed=feed.id, at=at, client="curl", version=version))
        await log.flush()
    row = await fetch_one("select last_fetch_at, fetched_version from feeds")
    assert row == {"last_fetch_at": MONDAY, "fetched_version": 5}


async def test_notes_survive_a_database_that_is_away(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = await own_feed(house.amina_signed_in)
    log = FetchLog()
    log.note(Fetch(feed=feed.id, at=MONDAY, client="curl", version=1))
    with monkeypatch.context() as away:
        away.setattr(fetches, "execute", _unavailable)
        with pytest.raises(DatabaseUnavailable):
            await log.flush()
    assert await log.flush() == 1


async def test_end_of_a_process_writes_what_is_left(house: House) -> None:
    feed = await own_feed(house.amina_signed_in)
    log = FetchLog()
    async with flushing(log, every_seconds=3600):
        log.note(Fetch(feed=feed.id, at=MONDAY, client="curl", version=1))
    assert await fetch_value("select last_fetch_at from feeds") == MONDAY


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Google-Calendar-Importer", "Google Calendar"),
        ("Microsoft Office/16.0 (Microsoft Outlook 16.0)", "Outlook"),
        ("Microsoft.Exchange/15.20 (CalendarSharing)", "Outlook"),
        ("macOS/15.1 (24B83) CalendarAgent/1122", "Apple Calendar"),
        ("iOS/18.1 (22B83) dataaccessd/1.0", "Apple Calendar"),
        (THUNDERBIRD, "Thunderbird"),
        ("ICSx5/2.4 (ical4j) Android/15", "ICSx5"),
        ("Nextcloud Server Crawler", "Nextcloud"),
        ("somebody@example.org's own script", "other"),
        ("", "other"),
    ],
)
def test_client_is_known_by_a_coarse_name(user_agent: str, name: str) -> None:
    assert client_name(user_agent) == name


async def _unavailable(*_args: object) -> int:
    raise DatabaseUnavailable("The database is away.")
