"""A visit called off, with a moved clock: gone, or marked for 48 hours and then gone."""

from datetime import timedelta

import httpx
import pytest

from service import clock
from service.feeds.calendar import visit_uid
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

HOUR = timedelta(hours=1)


async def test_visit_cancelled_two_days_ahead_leaves_at_once(
    house: House, program: httpx.AsyncClient
) -> None:
    with clock.stopped(THURSDAY_BEFORE):
        visit = await published.publish(team=house.team, workers=[house.amina], starts_at=MONDAY)
        feed = await own_feed(house.amina_signed_in)
        wall = await team_feed(house.amina_signed_in, house.team)
    cancelled_at = MONDAY - 48 * HOUR
    with clock.stopped(cancelled_at):
        await published.cancel(visit, team=house.team)
    for each in (feed, wall):
        assert read_events((await fetch(program, each, at=cancelled_at)).content) == []


@pytest.mark.parametrize("ahead", [48 * HOUR - timedelta(seconds=1), HOUR, -HOUR])
async def test_visit_cancelled_late_stays_marked_for_48_hours(
    house: House, program: httpx.AsyncClient, ahead: timedelta
) -> None:
    with clock.stopped(THURSDAY_BEFORE):
        visit = await published.publish(team=house.team, workers=[house.amina], starts_at=MONDAY)
        feed = await own_feed(house.amina_signed_in)
        wall = await team_feed(house.amina_signed_in, house.team)
        before = read_events((await fetch(program, feed, at=THURSDAY_BEFORE)).content)
    cancelled_at = MONDAY - ahead
    with clock.stopped(cancelled_at):
        await published.cancel(visit, team=house.team)
    for each, worker in ((feed, ""), (wall, "W-03 : ")):
        for at in (cancelled_at, cancelled_at + 48 * HOUR - timedelta(seconds=1)):
            (event,) = read_events((await fetch(program, each, at=at)).content)
            assert event.uid == visit_uid(visit.uid)
            assert event.status == "CANCELLED"
            assert event.summary.startswith(f"Annulé : {worker}T-")
            assert event.sequence == before[0].sequence + 1
            assert event.changed_at == cancelled_at
        assert read_events((await fetch(program, each, at=cancelled_at + 48 * HOUR)).content) == []


async def test_going_of_a_cancelled_visit_shows_in_both_validators(
    house: House, program: httpx.AsyncClient
) -> None:
    """No publication happens at that instant, yet the body is another one."""
    with clock.stopped(THURSDAY_BEFORE):
        visit = await published.publish(team=house.team, workers=[house.amina], starts_at=MONDAY)
        feed = await own_feed(house.amina_signed_in)
    cancelled_at = MONDAY - HOUR
    with clock.stopped(cancelled_at):
        await published.cancel(visit, team=house.team)
    marked = await fetch(program, feed, at=cancelled_at)
    for headers in (
        {"if_none_match": marked.headers["etag"]},
        {"if_modified_since": marked.headers["last-modified"]},
    ):
        just_before = cancelled_at + 48 * HOUR - timedelta(seconds=1)
        assert (await fetch(program, feed, at=just_before, **headers)).status_code == 304
        gone = await fetch(program, feed, at=cancelled_at + 48 * HOUR, **headers)
        assert gone.status_code == 200
        assert read_events(gone.content) == []


async def test_visit_given_to_somebody_else_is_cancelled_for_the_loser_alone(
    house: House, program: httpx.AsyncClient
) -> None:
    with clock.stopped(THURSDAY_BEFORE):
        visit = await published.publish(team=house.team, workers=[house.amina], starts_at=MONDAY)
        loser = await own_feed(house.amina_signed_in)
        winner = await own_feed(house.karim_signed_in)
        wall = await team_feed(house.amina_signed_in, house.team)
    given_at = MONDAY - HOUR
    with clock.stopped(given_at):
        await published.give(visit, team=house.team, loser=house.amina, winner=house.karim)
    seen = {}
    for name, each in (("loser", loser), ("winner", winner), ("wall", wall)):
        (event,) = read_events((await fetch(program, each, at=given_at)).content)
        assert event.uid == visit_uid(visit.uid)
        seen[name] = (event.status, event.summary.split("T-")[0])
    assert seen == {
        "loser": ("CANCELLED", "Annulé : "),
        "winner": ("CONFIRMED", ""),
        "wall": ("CONFIRMED", "W-07 : "),
    }
    assert read_events((await fetch(program, loser, at=given_at + 48 * HOUR)).content) == []
    assert len(read_events((await fetch(program, winner, at=given_at + 48 * HOUR)).content)) == 1
