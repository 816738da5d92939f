"""'My feeds' in a browser without JavaScript: make, see once, renew, end."""

import html
import re
from collections.abc import AsyncIterator
from urllib.robotparser import RobotFileParser

import httpx
import pytest
from litestar import Litestar

from service.database.sql import execute, fetch_value
from tests.service.feeds.conftest import House, own_feed
from tests.support.passwords import QUICK_HASH
from tests.support.web import Browser, browser, person

LINK = re.compile(r"http://localhost:8000/calendars/([A-Za-z0-9_-]{32})\.ics")
NEW = {"device": "phone", "scope": "own", "level": "minimal", "language": "en"}


@pytest.fixture
async def amina(house: House, app: Litestar) -> AsyncIterator[Browser]:
    """The worker W-03, signed in and reading English."""
    await execute(
        "update accounts set password_hash = $1, language = 'en' where login = 'amina'", QUICK_HASH
    )
    async with browser(app) as made:
        await made.sign_in("amina")
        yield made


async def test_new_address_is_shown_once_with_link_webcal_and_code(
    amina: Browser, program: httpx.AsyncClient
) -> None:
    assert "No feed yet" in (await amina.get("/feeds")).text
    answer = await amina.send("/feeds", on="/feeds", **NEW)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    tokens = set(LINK.findall(answer.text))
    assert len(tokens) == 1
    token = tokens.pop()
    assert f"webcal://localhost:8000/calendars/{token}.ics" in answer.text
    assert re.search(r"<svg[^>]*>.*<path", answer.text, re.DOTALL)
    assert "style=" not in answer.text
    assert (await program.get(f"/calendars/{token}.ics")).status_code == 200
    listed = await amina.get("/feeds")
    assert token not in listed.text
    assert "phone" in listed.text
    assert "not fetched yet" in listed.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"device": ""}, "Fill this in."),
        ({"device": "x" * 61}, "too long"),
        ({"scope": "team:ICM"}, "Choose one of the options."),
        ({"level": "everything"}, "Choose one of the options."),
        ({"language": "de"}, "Choose one of the options."),
    ],
)
async def test_wrong_field_is_marked_and_nothing_is_made(
    amina: Browser, wrong: dict[str, str], sentence: str
) -> None:
    answer = await amina.send("/feeds", on="/feeds", **(NEW | wrong))
    assert answer.status_code == 422
    assert sentence in answer.text
    assert await fetch_value("select count(*) from feeds") == 0


async def test_sending_the_form_twice_makes_one_feed(amina: Browser) -> None:
    await amina.send("/feeds", on="/feeds", **NEW)
    again = await amina.send("/feeds", on="/feeds", **NEW)
    assert again.status_code == 422
    assert "give it a new address" in again.text
    assert await fetch_value("select count(*) from feeds") == 1


async def test_form_without_its_token_is_refused(amina: Browser) -> None:
    assert (await amina.client.post("/feeds", data=NEW)).status_code == 403
    assert await fetch_value("select count(*) from feeds") == 0


async def test_renewing_asks_first_and_shows_another_address(amina: Browser) -> None:
    first = LINK.findall((await amina.send("/feeds", on="/feeds", **NEW)).text)[0]
    feed = await fetch_value("select id from feeds")
    asked = await amina.get(f"/feeds/{feed}/renew")
    assert "The old address stops at once." in asked.text
    second = LINK.findall(
        (await amina.send(f"/feeds/{feed}/renew", on=f"/feeds/{feed}/renew")).text
    )[0]
    assert first != second
    assert (await amina.send(f"/feeds/{feed}/renew", on="/feeds")).status_code == 404


async def test_ending_asks_first_and_says_that_it_is_done(amina: Browser) -> None:
    await amina.send("/feeds", on="/feeds", **NEW)
    feed = await fetch_value("select id from feeds")
    asked = await amina.get(f"/feeds/{feed}/revoke")
    assert "For six weeks" in asked.text
    assert await fetch_value("select state from feeds") == "active"
    done = await amina.send(f"/feeds/{feed}/revoke", on=f"/feeds/{feed}/revoke")
    assert (done.status_code, done.headers["location"]) == (303, "/feeds?notice=ended")
    assert await fetch_value("select state from feeds") == "revoked"
    assert "The feed is ended." in (await amina.get("/feeds?notice=ended")).text


async def test_feed_of_somebody_else_does_not_exist(amina: Browser, house: House) -> None:
    feed = await own_feed(house.karim_signed_in, device="karims telephone")
    for path in (f"/feeds/{feed.id}/renew", f"/feeds/{feed.id}/revoke"):
        assert (await amina.get(path)).status_code == 404
        assert (await amina.send(path, on="/feeds")).status_code == 404
    assert "karims telephone" not in (await amina.get("/feeds")).text
    assert await fetch_value("select state from feeds") == "active"


async def test_administrator_sees_and_ends_the_feeds_of_others(house: House, app: Litestar) -> None:
    await person("admin", "administrator")
    feed = await own_feed(house.amina_signed_in, device="amina's <phone>")
    async with browser(app) as admin:
        await admin.sign_in("admin")
        listed = (await admin.get("/feeds")).text
        assert "amina&#39;s &lt;phone&gt;" in listed
        assert f"/feeds/{feed.id}/renew" not in listed
        assert "No feed for your role" not in listed
        refused = await admin.get(f"/feeds/{feed.id}/renew")
        assert refused.status_code == 403
        assert "You can end it; its owner then makes another one." in refused.text
        asked = html.unescape((await admin.get(f"/feeds/{feed.id}/revoke")).text)
        assert "End the feed of amina on amina's <phone>?" in asked
        path = f"/feeds/{feed.id}/revoke"
        assert (await admin.send(path, on=path)).status_code == 303
    assert await fetch_value("select state from feeds") == "revoked"


async def test_who_may_make_none_is_told_so(house: House, app: Litestar) -> None:
    await person("housing", "housing_officer")
    async with browser(app) as made:
        await made.sign_in("housing")
        text = (await made.get("/feeds")).text
        assert "No feed for your role" in text
        assert 'name="device"' not in text
        refused = await made.send("/feeds", on="/feeds", **(NEW | {"scope": "team:ACT"}))
    assert refused.status_code in (403, 422)
    assert await fetch_value("select count(*) from feeds") == 0


async def test_stranger_is_led_to_sign_in(house: House, app: Litestar) -> None:
    async with browser(app) as nobody:
        answer = await nobody.get("/feeds")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=/feeds")


async def test_calendar_programs_are_not_barred_by_robots_txt(app: Litestar) -> None:
    async with browser(app) as robot:
        text = (await robot.get("/robots.txt")).text
    rules = RobotFileParser()
    rules.parse(text.splitlines())
    assert rules.can_fetch("Google-Calendar-Importer", "http://localhost:8000/calendars/x.ics")
    assert not rules.can_fetch("Googlebot", "http://localhost:8000/feeds")
