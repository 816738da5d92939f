"""A world of two teams, and programs that ask with tokens of its people."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar

from service.access.scopes import SCOPES
from service.access.token_actions import make_token
from tests.service.web.access_world import World, make_world
from tests.support.database import Server
from tests.support.web import HOST, make_app


@dataclass
class Programs:
    """The application as programs of several people meet it."""

    app: Litestar
    world: World
    client: httpx.AsyncClient
    made: int = 0

    async def token(self, actor: str, *scopes: str, days: int = 90) -> str:
        """A token of an actor, for everything unless scopes are named."""
        self.made += 1
        wanted = scopes or tuple(SCOPES)
        name = f"program {self.made}"
        made = await make_token(self.world.viewers[actor], name=name, scopes=wanted, days=days)
        return made.secret

    async def ask(
        self, method: str, path: str, *, token: str | None, **options: Any
    ) -> httpx.Response:
        """Ask below `/api/v1`; `{name}` in the path is an id of the world."""
        headers = dict(options.pop("headers", {}))
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        address = f"/api/v1{path.format(**self.world.ids)}"
        return await self.client.request(method, address, headers=headers, **options)


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path)


@pytest.fixture
async def programs(database: Server, app: Litestar) -> AsyncIterator[Programs]:
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
        yield Programs(app, await make_world(), client)
