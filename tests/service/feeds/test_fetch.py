"""What a calendar program gets: bodies, validators, refusals."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from service import clock
from service.feeds.calendar import visit_uid
from tests.service import factories as make
from tests.service.feeds import published
from tests.service.feeds.conftest import (
    MONDAY,
    THURSDAY_BEFORE,
    House,
    fetch,
    own_feed,
    team_feed,
)
from tests.service.feeds.reading import read_events

SUNDAY = MONDAY - timedelta(days=1)


async def test_feed_before_any_publication_is_an_empty_calendar(
    house: House, program: httpx.AsyncClient
) -> None:
    feed = await own_feed(house.amina_signed_in)
    answer = await fetch(program, feed, at=MONDAY)
    assert answer.status_code == 200
    assert read_events(answer.content) == []


async def test_answer_carries_the_headers_of_the_contract(
    house: House, program: httpx.AsyncClient
) -> None:
    feed = await own_feed(house.amina_signed_in)
    headers = (await fetch(program, feed, at=MONDAY)).headers
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert headers["cache-control"] == "private, no-cache"
    assert headers["x-robots-tag"] == "noindex"
    assert headers["etag"].startswith('"')
    assert headers["last-modified"].endswith(" GMT")
    assert "content-disposition" not in headers
    assert "set-cookie" not in headers


async def test_own_visits_and_nobody_elses(house: House, program: httpx.AsyncClient) -> None:
    with clock.stopped(THURSDAY_BEFORE):
        mine = await published.publish(team=house.team, workers=[house.amina], starts_at=MONDAY)
        await published.publish(team=house.team, workers=[house.karim], starts_at=MONDAY)
    feed = await own_feed(house.amina_signed_in)
    (event,) = read_events((await fetch(program, feed, at=SUNDAY)).content)
    assert event.uid == visit_uid(mine.uid)
    assert event.starts_at == MONDAY
    assert event.ends_at == MONDAY + timedelta(minutes=45)
    assert event.stamp == event.changed_at == THURSDAY_BEFORE
    assert event.sequence == 0
    assert event.summary.endswith(" Jette")


async def test_pair_is_one_visit_with_one_uid_in_three_feeds(
    house: House, program: httpx.AsyncClient
) -> None:
    with clock.stopped(THURSDAY_BEFORE):
        pair = await published.publish(
            team=house.team, workers=[house.amina, house.karim], starts_at=MONDAY
        )
    feeds = [
        await own_feed(house.amina_signed_in),
        await own_feed(house.karim_signed_in),
        await team_feed(house.amina_signed_in, house.team),
    ]
    events = [
        event
        for feed in feeds
        for event in read_events((await fetch(program, feed, at=SUNDAY)).content)
    ]
    assert [event.uid for event in events] == [visit_uid(pair.uid)] * 3
    summaries = [event.summary for event in events]
    assert summaries[0].endswith(", avec W-07")
    assert summaries[1].endswith(", avec W-03")
    assert summaries[2].startswith("W-03 + W-07 : T-")


async def test_unchanged_feed_answers_304_to_either_validator(
    house: House, program: httpx.AsyncClient
) -> None:
    with clock.stopped(THURSDAY_BEFORE):
        await published.publish(team=house.team, workers=[house.amina], starts_at=MONDAY)
    feed = await own_feed(house.amina_signed_in)
    first = await fetch(program, feed, at=SUNDAY)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    later = SUNDAY + timedelta(days=3)
    for headers in (
        {"if_none_match": tag},
        {"if_none_match": f'"other", W/{tag}'},
        {"if_none_match": "*"},
        {"if_modified_since": date},
        {"if_none_match": tag, "if_modified_since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        answer = await fetch(program, feed, at=later, **headers)
        assert (answer.status_code, answer.content) == (304, b""), headers
        assert (answer.headers["etag"], answer.headers["last-modified"]) == (tag, date)
    again = await fetch(program, feed, at=later)
    assert again.content == first.content


@pytest.mark.parametrize(
    "headers",
    [
        {"if_none_match": '"other"'},
        {"if_modified_since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"if_modified_since": "yesterday"},
        {"if_none_match": '"other"', "if_modified_since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    ],
)
async def test_other_validators_get_the_body(
    house: House, program: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    feed = await own_feed(house.amina_signed_in)
    answer = await fetch(program, feed, at=MONDAY, **headers)
    assert answer.status_code == 200


async def test_publication_changes_both_validators_even_within_a_second(
    house: House, program: httpx.AsyncClient
) -> None:
    feed = await own_feed(house.amina_signed_in)
    answers = []
    for part in (100, 400, 700):
        with clock.stopped(THURSDAY_BEFORE + timedelta(milliseconds=part)):
            await published.publish(
                team=house.team, workers=[house.amina], starts_at=MONDAY + timedelta(hours=part)
            )
        answers.append(await fetch(program, feed, at=SUNDAY))
    assert len({answer.headers["etag"] for answer in answers}) == 3
    assert len({answer.headers["last-modified"] for answer in answers}) == 3
    behind = await fetch(
        program, feed, at=SUNDAY, if_modified_since=answers[1].headers["last-modified"]
    )
    assert behind.status_code == 200


async def test_moved_visit_keeps_its_uid_and_its_stamp_goes_up(
    house: House, program: httpx.AsyncClient
) -> None:
    """Three publications in one second: SEQUENCE and LAST-MODIFIED go up each time."""
    with clock.stopped(THURSDAY_BEFORE):
        visit = await published.publish(team=house.team, workers=[house.amina], starts_at=MONDAY)
        feed = await own_feed(house.amina_signed_in)
        seen = []
        for hours in (0, 2, 4):
            if hours:
                at = MONDAY + timedelta(hours=hours)
                await published.move(visit, team=house.team, starts_at=at)
            seen += read_events((await fetch(program, feed, at=THURSDAY_BEFORE)).content)
    assert {event.uid for event in seen} == {visit_uid(visit.uid)}
    assert [event.sequence for event in seen] == [0, 1, 2]
    stamps = [event.changed_at for event in seen]
    assert stamps == sorted(set(stamps))
    assert [event.starts_at for event in seen] == [MONDAY + timedelta(hours=h) for h in (0, 2, 4)]


async def test_head_has_the_headers_of_get_and_no_body(
    house: House, program: httpx.AsyncClient
) -> None:
    feed = await own_feed(house.amina_signed_in)
    got = await fetch(program, feed, at=MONDAY)
    with clock.stopped(MONDAY):
        head = await program.head(f"/calendars/{feed.token}.ics")
    assert (head.status_code, head.content) == (200, b"")
    for name in ("etag", "last-modified", "content-type", "content-length", "cache-control"):
        assert head.headers[name] == got.headers[name]


@pytest.mark.parametrize(
    "file", [f"{'Az09_-' * 5}Az.ics", "short.ics", "no-suffix", f"{'ü' * 32}.ics", "%00.ics"]
)
async def test_unknown_address_is_404(house: House, program: httpx.AsyncClient, file: str) -> None:
    answer = await program.get(f"/calendars/{file}")
    assert answer.status_code == 404
    assert answer.headers["x-robots-tag"] == "noindex"


async def test_nothing_can_be_written_to_an_address(
    house: House, program: httpx.AsyncClient
) -> None:
    feed = await own_feed(house.amina_signed_in)
    for method in ("POST", "PUT", "DELETE", "PROPFIND"):
        answer = await program.request(method, f"/calendars/{feed.token}.ics")
        assert answer.status_code == 405


async def test_window_is_14_days_back_and_all_that_is_ahead(
    house: House, program: httpx.AsyncClient
) -> None:
    ahead = MONDAY + timedelta(days=70)
    with clock.stopped(THURSDAY_BEFORE):
        await published.publish(team=house.team, workers=[house.amina], starts_at=MONDAY)
        await published.publish(team=house.team, workers=[house.amina], starts_at=ahead)
    feed = await own_feed(house.amina_signed_in)
    midnight = datetime(2026, 12, 14, 23, tzinfo=UTC)  # in Brussels, 14 whole days later
    before = await fetch(program, feed, at=midnight - timedelta(seconds=1))
    after = await fetch(program, feed, at=midnight)
    assert [e.starts_at for e in read_events(before.content)] == [MONDAY, ahead]
    assert [e.starts_at for e in read_events(after.content)] == [ahead]
    stale = await fetch(
        program,
        feed,
        at=midnight,
        if_modified_since=before.headers["last-modified"],
    )
    assert stale.status_code == 200


async def test_feed_of_five_hundred_visits(house: House, program: httpx.AsyncClient) -> None:
    tenant = await make.tenant(team=house.team)
    place = await make.place()
    starts = [MONDAY + timedelta(hours=number) for number in range(500)]
    with clock.stopped(THURSDAY_BEFORE):
        for starts_at in starts:
            await published.publish(
                team=house.team,
                workers=[house.amina],
                starts_at=starts_at,
                tenant=tenant,
                place=place,
            )
    feed = await own_feed(house.amina_signed_in)
    events = read_events((await fetch(program, feed, at=SUNDAY)).content)
    assert [event.starts_at for event in events] == starts
    assert len({event.uid for event in events}) == 500
