"""The demonstration's feeds: one per team, shown once, explained afterwards."""

import httpx

from service.database.sql import fetch_value
from service.demo.feeds import ensure_demo_feeds
from service.feeds.actions import revoke_feed
from service.feeds.queries import my_feeds
from tests.service import factories as make
from tests.service.feeds.conftest import House

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


async def test_ended_feed_is_made_anew(house: House) -> None:
    await ensure_demo_feeds(base_url=BASE)
    (feed,) = await my_feeds(house.amina_signed_in)
    await revoke_feed(house.amina_signed_in, feed.id)
    (again,) = await ensure_demo_feeds(base_url=BASE)
    assert again.link is not None
