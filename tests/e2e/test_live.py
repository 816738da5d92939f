"""Boards that know at once: event streams of a real server process, for whom and until when."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import httpx
import pytest

from service.access.account_actions import deactivate_account
from service.access.policy import Viewer
from service.access.queries import account_by_login
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import rehearsal
from service.rounds.actions import pin_visit
from tests.e2e.conftest import Site
from tests.service import factories as make
from tests.service.rounds.drafted import at, next_monday, roster, visit
from tests.support.passwords import PASSWORD
from tests.support.web import form_token, person

pytestmark = [pytest.mark.e2e, pytest.mark.anyio]
SOON = 6.0


@dataclass(frozen=True)
class Two:
    """Two teams with a draft each; `visit` stands in ACT's."""

    site: Site
    visit: int
    rosters: tuple[int, int]


@pytest.fixture(scope="module")
async def two(anyio_backend: str, site: Site) -> Two:
    week = next_monday()
    async with site.database():
        act, icm = await make.team("ACT"), await make.team("ICM", kind="icm")
        worker = await make.worker("W-01", team=act)
        tenant = await make.tenant("T-001", team=act, place=await make.place())
        drafts = await roster(act, week), await roster(icm, week)
        stands = await visit(drafts[0], tenant, workers=(worker,), starts_at=at(week))
        for login in ("first", "second", "leaves", "ends"):
            await person(login, ("team_lead", act))
        await person("other", ("team_lead", icm))
    return Two(site, stands, drafts)


@asynccontextmanager
async def listening(two: Two, login: str) -> AsyncIterator[tuple[httpx.AsyncClient, "Heard"]]:
    """Somebody signed in with a stream open, its first look read."""
    async with httpx.AsyncClient(base_url=two.site.address, timeout=20) as client:
        token = form_token((await client.get("/sign-in")).text)
        sent = {"csrf_token": token, "login": login, "password": PASSWORD}
        assert (await client.post("/sign-in", data=sent)).status_code == 303
        async with client.stream("GET", "/board/events") as answer:
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith("text/event-stream")
            assert answer.headers["cache-control"] == "no-store"
            heard = Heard()
            reader = asyncio.create_task(heard.read(answer.aiter_lines()))
            yield client, heard
            reader.cancel()


class Heard:
    """The events of a stream, one after the other."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[tuple[str, dict[str, object]]] = asyncio.Queue()

    async def read(self, lines: AsyncIterator[str]) -> None:
        """Collect name and data of each event; ('', {}) once the stream has ended."""
        name = ""
        with suppress(httpx.HTTPError):
            async for line in lines:
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    await self._events.put((name, json.loads(line.removeprefix("data: "))))
        await self._events.put(("", {}))

    async def soon(self) -> tuple[str, dict[str, object]]:
        return await asyncio.wait_for(self._events.get(), SOON)

    async def version(self) -> object:
        """The newest version told: the first look may come twice, when listening begins."""
        await asyncio.sleep(1.0)
        return [(await self.soon())[1]["version"] for _ in range(self._events.qsize())][-1]

    def forget(self) -> None:
        """Pass over what was told so far."""
        while not self._events.empty():
            self._events.get_nowait()

    async def silent(self) -> bool:
        """Whether nothing is said for a while."""
        await asyncio.sleep(1.0)
        return self._events.empty()


async def _pinned(two: Two) -> int:
    """A change of the draft by another process; the version it makes."""
    async with two.site.database():
        lead = await _lead()
        seen = await fetch_value("select version from rosters where id = $1", two.rosters[0])
        await execute("update visits set pinned = false where id = $1", two.visit)
        return (await pin_visit(lead, two.visit, expected_version=seen)).version


async def _lead() -> Viewer:
    account = await account_by_login("first")
    assert account is not None
    return account.viewer()


async def test_the_second_lead_hears_of_the_firsts_change_and_a_stranger_does_not(
    two: Two,
) -> None:
    async with (
        listening(two, "second") as (_, second),
        listening(two, "other") as (_, other),
    ):
        name, first_look = await second.soon()
        assert (name, first_look["team"]) == ("roster", "ACT")
        assert (await other.soon())[1]["team"] == "ICM"
        await asyncio.sleep(0.5)
        other.forget()
        assert first_look["week"] == str(next_monday())
        version = await _pinned(two)
        assert await second.version() == version
        assert await other.silent()


async def test_a_rolled_back_change_is_not_told(two: Two) -> None:
    async with listening(two, "second") as (_, second):
        await second.soon()
        await asyncio.sleep(0.5)
        second.forget()
        async with two.site.database(), rehearsal():
            await execute("update rosters set version = version + 1")
        assert await second.silent()


async def test_streams_end_with_the_session_and_with_the_account(two: Two) -> None:
    async with listening(two, "leaves") as (client, leaves):
        await leaves.soon()
        token = form_token((await client.get("/account")).text)
        assert (await client.post("/sign-out", data={"csrf_token": token})).status_code == 303
        assert (await leaves.soon())[0] == "ended"
        assert (await leaves.soon())[0] == ""
    async with listening(two, "ends") as (_, ends):
        await ends.soon()
        async with two.site.database():
            await deactivate_account(None, login="ends")
        assert (await ends.soon())[0] == "ended"


async def test_what_expires_or_loses_its_team_hears_nothing_more(two: Two) -> None:
    async with listening(two, "second") as (_, second):
        await second.soon()
        async with two.site.database():
            await execute(
                "update account_roles set team = (select id from teams where code = 'ICM')"
                " where account = (select id from accounts where login = 'second')"
            )
        await _pinned(two)
        assert await second.silent()
        async with two.site.database():
            await execute(
                "update sessions set last_seen_at = created_at - interval '1 day' where account ="
                " (select id from accounts where login = 'second')"
            )
        await _pinned(two)
        assert (await second.soon())[0] == "ended"
