"""Whatever stands in an address or a form, the service answers: no value makes it fail.

One account with every role asks, so that no door keeps a value from what is behind it.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from service.database.sql import fetch_value
from tests.service import factories
from tests.service.web.access_table import ROWS
from tests.service.web.access_world import World, make_world
from tests.support.database import Server
from tests.support.web import Browser, browser, person

IDS = ("0", "-1", "2147483647", "2147483648", "9" * 25, "9" * 5000, "%D9%A3")
DAYS = (
    "1990-01-01",
    "2199-12-30",
    "2199-12-31",
    "0001-01-01",
    "9999-12-31",
    "2026-02-31",
    "9" * 99,
)
TEXTS = ("%00", "%ED%A0%80", "%F0%9F%98%80", "%25", "..", "'", "9" * 5000, "A" * 300, "own")
TYPED = {
    "date": ("0001-01-01", "9999-12-31", "2026-02-31", "\0"),
    "number": ("9" * 25, "-1", "1e400", "\0"),
    "time": ("24:00", "25:99", "\0", "9" * 25),
    "text": ("\0", "\ud800", "\N{GRINNING FACE}" * 50, "9" * 5000),
}
ENDS_THE_SESSION = {"/sign-out", "/account/sign-out-everywhere", "/account/password"}


@dataclass
class Sent:
    """A form of a page: where it goes, and the value and the type of each field."""

    action: str
    fields: dict[str, tuple[str, str]] = field(default_factory=dict)

    def with_odd(self, kind: str, value: str) -> bytes:
        """The form with one value in all fields of a kind, encoded as no browser would."""
        pairs = {
            name: value if kind == found and name != "csrf_token" else text
            for name, (text, found) in self.fields.items()
        }
        return urlencode(pairs, errors="surrogatepass").encode()


class Forms(HTMLParser):
    """Collects the forms of a page; a choice among several keeps the first."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[Sent] = []
        self._page = page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            posted = given.get("method", "").lower() == "post"
            self.found.append(Sent(given.get("action", "") or self._page if posted else ""))
        name = given.get("name")
        if name and self.found and tag in {"input", "select", "textarea"}:
            kind = given.get("type", "text")
            known = kind if kind in TYPED else "text"
            self.found[-1].fields.setdefault(name, (given.get("value", ""), known))


@pytest.fixture
async def world(database: Server) -> World:
    made = await make_world()
    team = await fetch_value("select id from teams where code = 'ACT'")
    worker = await factories.worker("W05", team=team)
    roles = ("coordinator", "housing_officer", "administrator")
    await person("everybody", ("team_lead", team), ("worker", team), *roles, worker=worker)
    return made


@pytest.fixture
async def everybody(world: World, app: Litestar) -> AsyncIterator[Browser]:
    async with browser(app) as made:
        await made.sign_in("everybody")
        yield made


def _odd_paths(app: Litestar, world: World) -> Iterator[str]:
    """Each page's address with one odd value in place of each of its parts."""
    kinds = {
        route.path_format: {name: one.type for name, one in route.path_parameters.items()}
        for route in app.routes
        if isinstance(route, HTTPRoute)
    }
    for row in {row.route: row for row in ROWS if row.method == "GET"}.values():
        names = [part.strip("{}") for part in row.route.split("/")]
        parts = row.path.format(**world.ids).partition("?")[0].split("/")
        for index, kind in enumerate(kinds[row.route].get(name) for name in names[: len(parts)]):
            values = () if kind is None else IDS if kind is int else DAYS if kind is date else TEXTS
            yield from ("/".join([*parts[:index], odd, *parts[index + 1 :]]) for odd in values)


async def test_no_address_makes_the_service_fail(
    app: Litestar, world: World, everybody: Browser
) -> None:
    broken = []
    paths = list(_odd_paths(app, world))
    assert len(paths) > 300
    for path in paths:
        answer = await everybody.get(path)
        if answer.status_code >= 500:
            broken.append((path[:90], answer.status_code))
    assert broken == []


async def _forms(world: World, everybody: Browser) -> Sequence[Sent]:
    """One of each form that the pages of the access table show."""
    found: dict[tuple[str, ...], Sent] = {}
    for row in ROWS:
        if row.method != "GET" or row.route == "/board/events":
            continue
        path = row.path.format(**world.ids)
        answer = await everybody.get(path)
        if answer.status_code != 200 or "html" not in answer.headers["content-type"]:
            continue
        forms = Forms(path.partition("?")[0])
        forms.feed(answer.text)
        for one in forms.found:
            if one.action.startswith("/") and one.action not in ENDS_THE_SESSION:
                found.setdefault((one.action, *sorted(one.fields)), one)
    return list(found.values())


async def test_no_form_makes_the_service_fail(world: World, everybody: Browser) -> None:
    broken = []
    forms = await _forms(world, everybody)
    assert len(forms) > 40
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    token = await everybody.token("/account")
    for form in forms:
        kinds = {kind for name, (_, kind) in form.fields.items() if name != "csrf_token"}
        for kind in sorted(kinds):
            for value in TYPED[kind]:
                answer = await everybody.client.post(
                    form.action,
                    content=form.with_odd(kind, value),
                    headers=headers | {"X-CSRF-Token": token},
                )
                if answer.status_code >= 500:
                    broken.append((form.action, kind, value[:20], answer.status_code))
    assert broken == []
