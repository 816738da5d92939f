"""Forged requests are refused, whoever is signed in."""

import re

import pytest
from litestar import Litestar

from service.database.sql import fetch_value
from service.web.csrf import unmasked
from tests.support.database import Server
from tests.support.web import Browser, browser, person


async def _signed_in(visitor: Browser) -> str:
    await person("amina", "administrator")
    await visitor.sign_in("amina")
    return await visitor.token("/account")


async def test_a_form_needs_the_sessions_own_token(visitor: Browser, app: Litestar) -> None:
    token = await _signed_in(visitor)
    assert (await visitor.client.post("/sign-out")).status_code == 403
    async with browser(app) as other:
        foreign = await other.token("/sign-in")
    for wrong in (foreign, "", token[:-1]):
        answer = await visitor.client.post("/sign-out", data={"csrf_token": wrong})
        assert answer.status_code == 403
    assert await fetch_value("select count(*) from sessions") == 1
    answer = await visitor.client.post("/sign-out", data={"csrf_token": token})
    assert answer.status_code == 303


async def test_htmx_sends_it_as_a_header(visitor: Browser) -> None:
    token = await _signed_in(visitor)
    page = await visitor.get("/account")
    found = re.search(r'hx-headers:inherited=.{"X-CSRF-Token": "([^"]+)"}', page.text)
    assert found is not None
    assert unmasked(found[1]) == unmasked(token)
    headers = {"X-CSRF-Token": found[1], "HX-Request": "true"}
    answer = await visitor.client.post("/sign-out", headers=headers)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/sign-in")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_another_sites_page_is_refused_even_with_the_token(
    visitor: Browser, headers: dict[str, str]
) -> None:
    token = await _signed_in(visitor)
    answer = await visitor.client.post("/sign-out", data={"csrf_token": token}, headers=headers)
    assert answer.status_code == 403


async def test_our_own_page_is_let_through(visitor: Browser) -> None:
    token = await _signed_in(visitor)
    headers = {"Origin": "http://localhost:8000", "Sec-Fetch-Site": "same-origin"}
    answer = await visitor.client.post("/sign-out", data={"csrf_token": token}, headers=headers)
    assert answer.status_code == 303


async def test_each_session_has_a_token_of_its_own(
    database: Server, app: Litestar, visitor: Browser
) -> None:
    before = await visitor.token("/sign-in")
    first = await _signed_in(visitor)
    async with browser(app) as second:
        await second.sign_in("amina")
        assert len({before, first, await second.token("/account")}) == 3
