"""A team with two workers, and a calendar program that asks the application for feeds."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar

from service import clock
from service.access.policy import Viewer
from service.access.states import Language
from service.feeds.actions import NewFeed, make_feed
from service.feeds.states import FeedLevel, ScopeKind
from service.feeds.types import FeedScope
from tests.service import factories as make
from tests.support.database import Server
from tests.support.web import make_app

MONDAY = datetime(2026, 11, 30, 8, 30, tzinfo=UTC)
THURSDAY_BEFORE = datetime(2026, 11, 26, 16, 0, tzinfo=UTC)


@dataclass(frozen=True)
class House:
    """Ids of a team and two of its workers, who can sign in."""

    team: int
    amina: int
    karim: int
    amina_signed_in: Viewer
    karim_signed_in: Viewer


@pytest.fixture
async def house(database: Server) -> House:
    team = await make.team("ACT")
    amina = await make.worker("W-03", team=team, first_name="Amina", last_name="Benali")
    karim = await make.worker("W-07", team=team, first_name="Karim", last_name="Dupré")
    return House(
        team=team,
        amina=amina,
        karim=karim,
        amina_signed_in=await make.account("amina", role="worker", team=team, worker=amina),
        karim_signed_in=await make.account("karim", role="worker", team=team, worker=karim),
    )


@pytest.fixture
def app(tmp_path: Path) -> Litestar:
    return make_app(tmp_path)


@pytest.fixture
async def program(app: Litestar, database: Server) -> AsyncIterator[httpx.AsyncClient]:
    """A calendar program."""
    transport = httpx.ASGITransport(app=cast("Any", app))
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        yield client


async def own_feed(
    viewer: Viewer,
    *,
    level: FeedLevel = FeedLevel.MINIMAL,
    language: Language = Language.FRENCH,
    device: str = "phone",
) -> NewFeed:
    """A feed of the viewer's own round."""
    assert viewer.worker is not None
    scope = FeedScope(ScopeKind.WORKER, viewer.worker)
    return await make_feed(viewer, scope=scope, device=device, level=level, language=language)


async def team_feed(
    viewer: Viewer, team: int, *, level: FeedLevel = FeedLevel.MINIMAL, device: str = "wall"
) -> NewFeed:
    """A feed of a team's week."""
    scope = FeedScope(ScopeKind.TEAM, team)
    return await make_feed(
        viewer, scope=scope, device=device, level=level, language=Language.FRENCH
    )


async def fetch(
    program: httpx.AsyncClient, feed: NewFeed, *, at: datetime, **headers: str
) -> httpx.Response:
    """Fetch a feed at an instant, with headers such as `if_none_match`."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    with clock.stopped(at):
        return await program.get(f"/calendars/{feed.token}.ics", headers=names)
