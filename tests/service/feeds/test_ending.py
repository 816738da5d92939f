"""How feeds end: revoked, renewed, with the account, with the place in the team."""

from datetime import timedelta

import httpx

from service import clock
from service.access.states import Language
from service.database.sql import execute
from service.feeds.actions import renew_feed, revoke_feed
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


async def test_revoked_feed_says_only_that_it_ended_and_is_gone_after_six_weeks(
    house: House, program: httpx.AsyncClient
) -> None:
    with clock.stopped(THURSDAY_BEFORE):
        await published.publish(team=house.team, workers=[house.amina], starts_at=MONDAY)
        feed = await own_feed(house.amina_signed_in, language=Language.DUTCH)
    full = await fetch(program, feed, at=SUNDAY)
    assert len(read_events(full.content)) == 1
    with clock.stopped(SUNDAY):
        await revoke_feed(house.amina_signed_in, feed.id)
    for at in (SUNDAY, SUNDAY + timedelta(weeks=6) - timedelta(seconds=1)):
        answer = await fetch(program, feed, at=at, if_none_match=full.headers["etag"])
        assert answer.status_code == 200
        (event,) = read_events(answer.content)
        assert event.summary == "Dit agenda-abonnement is beëindigd"
        assert (event.location, event.starts_at) == ("", SUNDAY)
        unchanged = await fetch(program, feed, at=at, if_none_match=answer.headers["etag"])
        assert unchanged.status_code == 304
    gone = await fetch(program, feed, at=SUNDAY + timedelta(weeks=6))
    assert gone.status_code == 410
    assert b"VEVENT" not in gone.content


async def test_renewed_feed_lives_at_its_new_address_alone(
    house: House, program: httpx.AsyncClient
) -> None:
    with clock.stopped(THURSDAY_BEFORE):
        visit = await published.publish(team=house.team, workers=[house.amina], starts_at=MONDAY)
        old = await own_feed(house.amina_signed_in)
        new = await renew_feed(house.amina_signed_in, old.id)
    (before,) = read_events((await fetch(program, old, at=SUNDAY)).content)
    (after,) = read_events((await fetch(program, new, at=SUNDAY)).content)
    assert before.uid != visit_uid(visit.uid)
    assert after.uid == visit_uid(visit.uid)


async def test_feed_dies_with_the_account(house: House, program: httpx.AsyncClient) -> None:
    with clock.stopped(THURSDAY_BEFORE):
        await published.publish(team=house.team, workers=[house.amina], starts_at=MONDAY)
        feed = await own_feed(house.amina_signed_in)
    await fetch(program, feed, at=SUNDAY)
    await execute("update accounts set active = false where login = 'amina'")
    (event,) = read_events((await fetch(program, feed, at=SUNDAY)).content)
    assert event.summary == "Cet abonnement au calendrier a pris fin"
    await execute("update accounts set active = true where login = 'amina'")
    (event,) = read_events((await fetch(program, feed, at=SUNDAY)).content)
    assert event.summary == "Cet abonnement au calendrier a pris fin"
    gone = await fetch(program, feed, at=SUNDAY + timedelta(weeks=6))
    assert gone.status_code == 410


async def test_team_feed_dies_when_its_owner_leaves_the_team(
    house: House, program: httpx.AsyncClient
) -> None:
    other = await make.team("ICM", kind="icm")
    viewer = house.amina_signed_in
    with clock.stopped(THURSDAY_BEFORE):
        await published.publish(team=house.team, workers=[house.karim], starts_at=MONDAY)
        feed = await team_feed(viewer, house.team)
        own = await own_feed(viewer)
    await execute("update account_roles set team = $1 where account = $2", other, viewer.account)
    (event,) = read_events((await fetch(program, feed, at=SUNDAY)).content)
    assert "T-" not in event.summary
    assert (await fetch(program, own, at=SUNDAY)).status_code == 200
    assert read_events((await fetch(program, own, at=SUNDAY)).content) == []
