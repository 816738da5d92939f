"""The application on this process's database, and a browser in front of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from litestar import Litestar

from tests.support.database import Server
from tests.support.web import Browser, browser, make_app


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path)


@pytest.fixture
async def visitor(database: Server, app: Litestar) -> AsyncIterator[Browser]:
    """Somebody in front of a browser, not signed in."""
    async with browser(app) as made:
        yield made
