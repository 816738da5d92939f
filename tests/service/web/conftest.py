"""The application on this process's database, and a browser in front of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from litestar import Litestar

from service.database.sql import fetch_value
from tests.service import factories
from tests.service.web.access_world import World, make_world
from tests.support.database import Server
from tests.support.web import Browser, browser, make_app, person


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path)


@pytest.fixture
async def visitor(database: Server, app: Litestar) -> AsyncIterator[Browser]:
    """Somebody in front of a browser, not signed in."""
    async with browser(app) as made:
        yield made


@pytest.fixture
async def world(database: Server) -> World:
    """The world of the access table, and somebody with every role of it."""
    made = await make_world()
    team = await fetch_value("select id from teams where code = 'ACT'")
    worker = await factories.worker("W05", team=team)
    roles = ("coordinator", "housing_officer", "administrator")
    await person("everybody", ("team_lead", team), ("worker", team), *roles, worker=worker)
    return made


@pytest.fixture
async def everybody(world: World, app: Litestar) -> AsyncIterator[Browser]:
    """The one with every role, signed in: no door keeps a form from what is behind it."""
    async with browser(app) as made:
        await made.sign_in("everybody")
        yield made
