"""The application in a test process: a browser's worth of client, and people who sign in."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from litestar import Litestar

from service.access.policy import HeldRole, Viewer
from service.access.queries import account_by_login
from service.access.states import Language
from service.app import create_app, settle
from service.settings import Settings
from tests.service import factories
from tests.support.passwords import PASSWORD, QUICK_HASH

HOST = "http://localhost:8000"


@asynccontextmanager
async def browser(app: Litestar, *, host: str = HOST, **headers: str) -> AsyncIterator["Browser"]:
    """A client with its own cookies that reads French, as nobody yet."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    defaults = {"Accept": "text/html", "Accept-Language": "fr"}
    async with httpx.AsyncClient(
        transport=transport, base_url=host, headers=defaults | headers
    ) as client:
        yield Browser(client)


@dataclass
class Browser:
    """What a person does with a browser: look at a page, send the form on it."""

    client: httpx.AsyncClient

    async def get(self, path: str, **options: Any) -> httpx.Response:
        return await self.client.get(path, **options)

    async def send(self, path: str, *, on: str = "/sign-in", **fields: str) -> httpx.Response:
        """Send a form with the token that the page `on` shows."""
        return await self.client.post(path, data={"csrf_token": await self.token(on)} | fields)

    async def token(self, path: str) -> str:
        """The token in the first form of a page."""
        return form_token((await self.client.get(path)).text)

    async def sign_in(self, login: str, password: str = PASSWORD) -> httpx.Response:
        return await self.send("/sign-in", login=login, password=password)


def form_token(html: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found is not None, html[:2000]
    return found[1]


async def person(login: str, *roles: tuple[str, int | None] | str, **values: Any) -> Viewer:
    """An account that can sign in with `PASSWORD`; a role in a team is (role, team id)."""
    pairs: Sequence[tuple[str, int | None]] = [
        role if isinstance(role, tuple) else (role, None) for role in roles
    ]
    first, *others = pairs
    made = await factories.account(
        login,
        role=first[0],
        team=first[1],
        **({"password_hash": QUICK_HASH, "language": "en"} | values),
    )
    for role, team in others:
        await factories.insert("account_roles", account=made.account, role=role, team=team)
    found = await account_by_login(login)
    assert found is not None
    return found.viewer()


def viewer(
    *roles: HeldRole, account: int = 1, worker: int | None = None, language: str = "en"
) -> Viewer:
    """A viewer without a database."""
    return Viewer(
        account=account, roles=frozenset(roles), language=Language(language), worker=worker
    )


def make_app(data_dir: Path, *, base_url: str = HOST) -> Litestar:
    """The application as it runs, on the database that the test opened."""
    return settled_app(Settings(data_dir=data_dir, base_url=base_url))


def settled_app(settings: Settings) -> Litestar:
    """The application under these settings; the one that was made before is under them too.

    Its routes are put together once, since that takes longer than most tests.
    """
    if not _made:
        _made.append(create_app(settings))
    settle(_made[0], settings)
    return _made[0]


_made: list[Litestar] = []
