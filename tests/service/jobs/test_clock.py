"""The clock's leader: one at a time, gone with its connection, followed by another."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime

import anyio
import psycopg
import pytest

from service import clock
from service.database.dedicated import lock_key
from service.database.sql import fetch_all, fetch_value
from service.jobs.clock import LOCK, run_clock
from service.jobs.ticks import catch_up
from tests.support.database import Server

pytestmark = pytest.mark.anyio
FRIDAY = datetime(2026, 11, 27, 8, tzinfo=clock.BRUSSELS)


async def _leaders() -> list[int]:
    """Server processes that hold the clock's lock in this database."""
    key = lock_key(LOCK) & (2**64 - 1)
    rows = await fetch_all(
        "select pid from pg_locks where locktype = 'advisory' and granted"
        " and classid::bigint = $1 and objid::bigint = $2"
        " and database = (select oid from pg_database where datname = current_database())",
        key >> 32,
        key & 0xFFFFFFFF,
    )
    return [row["pid"] for row in rows]


async def _until(holds: Callable[[], Awaitable[object]]) -> None:
    for _ in range(200):
        if await holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not come to that")


async def _one_leads() -> bool:
    return len(await _leaders()) == 1


@asynccontextmanager
async def _clocks(count: int) -> AsyncIterator[list[anyio.Event]]:
    stops = [anyio.Event() for _ in range(count)]
    tasks = [
        asyncio.create_task(run_clock(stop=stop, election_every=0.1, look_every=0.1))
        for stop in stops
    ]
    try:
        yield stops
    finally:
        for stop in stops:
            stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 20)


async def test_of_several_clocks_one_leads_and_another_follows(database: Server) -> None:
    async with _clocks(2) as stops:
        await _until(_one_leads)
        (first,) = await _leaders()
        await asyncio.sleep(0.5)
        assert await _leaders() == [first]
        stops[0].set()
        await asyncio.sleep(0.3)
        await _until(_one_leads)
    await _until(_nobody)
    assert await _leaders() == []


async def _nobody() -> bool:
    return not await _leaders()


async def test_a_leader_that_loses_its_connection_stops_and_is_elected_again(
    database: Server,
) -> None:
    async with _clocks(2):
        await _until(_one_leads)
        (first,) = await _leaders()
        with psycopg.connect(database.superuser_url(), autocommit=True) as server:
            server.execute("select pg_terminate_backend(%s)", (first,))
        await _until(lambda: _another(first))
        assert await _one_leads()


async def _another(than: int) -> bool:
    leaders = await _leaders()
    return bool(leaders) and than not in leaders


async def test_a_new_leader_makes_up_for_what_was_missed(database: Server) -> None:
    with clock.stopped(datetime(2026, 11, 23, 9, tzinfo=clock.BRUSSELS)):
        await catch_up()
    jobs = "select count(*) from procrastinate_jobs where task_name = 'draft_next_week'"
    with clock.stopped(FRIDAY):
        for _ in range(2):
            async with _clocks(2):
                await _until(lambda: fetch_value(jobs))
    assert await fetch_value(jobs) == 1
