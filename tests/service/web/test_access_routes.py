"""Every route answers every kind of person as the access table says."""

import re
from collections.abc import Iterator

import httpx
import pytest
from litestar import Litestar

from service.access.sessions import cookie_name
from service.api.routing import BASE
from service.web.routing import declared_routes
from tests.service.web.access_row import Row
from tests.service.web.access_table import ROWS
from tests.service.web.access_world import ACTORS, World, make_world
from tests.support.database import Server
from tests.support.web import Browser, browser

# The token of forms stands in other signs each time.
MASKED_TOKEN = r"[A-Za-z0-9_-]{100,}={0,2}"
# What the factories call tenants and workers.
NAMES = re.compile("(Given|Family|First|Last)[TW]-?[0-9]")
PERSONAL = ("text/html", "application/json", "text/event-stream")
OPEN_TO_ALL = {f"{BASE}/openapi.json"}


async def _answer(visitor: Browser, world: World, row: Row, actor: str) -> int:
    """Ask as somebody who has just signed in; a form carries its token, a program its own."""
    if row.route.startswith(f"{BASE}/"):
        return await _answer_to_a_program(visitor, world, row, actor)
    session = await world.session(actor)
    headers = {}
    if session is not None and session.token is not None:
        visitor.client.cookies.set(cookie_name(secure=False), session.token)
        headers = {"X-CSRF-Token": session.csrf_token}
    elif row.method == "POST":
        headers = {"X-CSRF-Token": await visitor.token("/sign-in")}
    path = row.path.format(**world.ids)
    answer = await visitor.client.request(
        row.method, path, headers=headers, data=dict(row.fields) if row.method == "POST" else None
    )
    _check_what_stays_behind(answer)
    return answer.status_code


def _check_what_stays_behind(answer: httpx.Response) -> None:
    """A browser keeps titles in its history, and pages that do not forbid it in its cache."""
    title = re.search("<title>(.*)</title>", answer.text)
    assert title is None or NAMES.search(title[1]) is None, title[1]
    if answer.text and answer.headers.get("content-type", "").startswith(PERSONAL):
        assert answer.headers["cache-control"] == "no-store"


async def _answer_to_a_program(visitor: Browser, world: World, row: Row, actor: str) -> int:
    """Ask with a token for everything, of a version that does not exist; cookies do not count."""
    token = await world.token(actor)
    session = await world.session("coordinator")
    assert session is not None
    assert session.token is not None
    visitor.client.cookies.set(cookie_name(secure=False), session.token)
    headers = {"If-Match": '"999"'}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    answer = await visitor.client.request(
        row.method,
        row.path.format(**world.ids),
        headers=headers,
        json=dict(row.fields) if row.method in {"POST", "PUT"} else None,
    )
    if row.route not in OPEN_TO_ALL and answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code


def _of_nobody(row: Row) -> Iterator[str]:
    if len(row.statuses) != len(ACTORS):
        yield f"{row.method} {row.route} has {len(row.statuses)} answers for {len(ACTORS)} actors"


def test_every_route_has_a_row_and_every_row_a_route(app: Litestar) -> None:
    routes = {f"{method} {path}" for method, path, _ in declared_routes(app)}
    rows = {f"{row.method} {row.route}" for row in ROWS}
    assert routes - rows == set(), "routes without a row in tests/service/web/access_table.py"
    assert rows - routes == set(), "rows of routes that are gone"
    assert [problem for row in ROWS for problem in _of_nobody(row)] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.method} {row.path}")
async def test_each_actor_gets_what_the_table_says(
    database: Server, app: Litestar, row: Row
) -> None:
    """Each actor meets the world as it was: it is made anew where one of them changed it."""
    got: list[int] = []
    for actor in ACTORS:
        if not got or (row.method != "GET" and got[-1] < 400):
            database.clean()
            world = await make_world()
        async with browser(app) as visitor:
            got.append(await _answer(visitor, world, row, actor))
    assert dict(zip(ACTORS, got, strict=True)) == dict(zip(ACTORS, row.statuses, strict=True))


async def test_what_only_a_stranger_could_tell_apart_is_the_same(
    database: Server, app: Litestar
) -> None:
    """A feed of somebody else and one that does not exist get the same page."""
    world = await make_world()
    async with browser(app) as visitor:
        session = await world.session("stranger")
        assert session is not None
        assert session.token is not None
        visitor.client.cookies.set(cookie_name(secure=False), session.token)
        of_another = await visitor.get(f"/feeds/{world.ids['feed']}/revoke")
        of_nobody = await visitor.get("/feeds/999999/revoke")
    assert of_another.status_code == of_nobody.status_code == 404
    texts = (
        of_another.text.replace(f"feeds/{world.ids['feed']}/", "feeds/999999/"),
        of_nobody.text,
    )
    assert len({re.sub(MASKED_TOKEN, "", text) for text in texts}) == 1
