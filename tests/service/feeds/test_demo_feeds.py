"""The demonstration's feeds: one per team, shown once, explained afterwards."""

import httpx

from service.database.sql import fetch_value
from service.demo.feeds import ensure_demo_feeds
from service.demo.subscribers import subscribe_demo_workers
from service.feeds.actions import revoke_feed
from service.feeds.queries import my_feeds
from tests.service import factories as make
from tests.service.feeds.conftest import MONDAY, House
from tests.service.feeds.published import publish

BASE = "http://localhost:8000"


async def test_each_visiting_team_gets_one_feed_of_its_lead_that_works(
    house: House, program: httpx.AsyncClient
) -> None:
    lead = await make.account("lead", role="team_lead", team=house.team)
    icm = await make.team("ICM", kind="icm")
    await make.account("icm-worker", role="worker", team=icm)
    housing = await make.team("HOU", kind="housing")
    await make.account("boss", role="team_lead", team=housing)
    feeds = await ensure_demo_feeds(base_url=BASE)
    assert [(feed.team, feed.owner) for feed in feeds] == [("ACT", "lead"), ("ICM", "icm-worker")]
    for feed in feeds:
        assert feed.link is not None
        assert feed.sentence(base_url=BASE) == f"Team {feed.team} as a calendar: {feed.link}"
        assert (await program.get(feed.link.removeprefix(BASE))).status_code == 200
    assert len(await my_feeds(lead)) == 1


async def test_second_run_makes_nothing_and_says_how_to_get_another(house: House) -> None:
    await ensure_demo_feeds(base_url=BASE)
    (again,) = await ensure_demo_feeds(base_url=BASE)
    assert again.link is None
    assert again.sentence(base_url=BASE) == (
        "Team ACT as a calendar: its address was shown when it was made. For a new one sign in"
        " as amina, open http://localhost:8000/feeds and choose 'New address'."
    )
    assert await fetch_value("select count(*) from feeds") == 1


async def test_workers_hold_what_is_published_until_more_is(house: House) -> None:
    await make.account("lead", role="team_lead", team=house.team, worker=await make.worker())
    await publish(team=house.team, workers=[house.amina], starts_at=MONDAY)
    assert (await subscribe_demo_workers(), await subscribe_demo_workers()) == (2, 0)
    viewers = (house.amina_signed_in, house.karim_signed_in)
    found = [feed for viewer in viewers for feed in await my_feeds(viewer)]
    assert [(feed.code, feed.behind) for feed in found] == [("W-03", 0), ("W-07", 0)]
    await publish(team=house.team, workers=[house.karim], starts_at=MONDAY)
    assert [feed.behind for viewer in viewers for feed in await my_feeds(viewer)] == [0, 1]


async def test_ended_feed_is_made_anew(house: House) -> None:
    await ensure_demo_feeds(base_url=BASE)
    (feed,) = await my_feeds(house.amina_signed_in)
    await revoke_feed(house.amina_signed_in, feed.id)
    (again,) = await ensure_demo_feeds(base_url=BASE)
    assert again.link is not None
