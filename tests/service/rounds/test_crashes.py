"""Killed at any moment of planning or publishing, a roster is the old or the new one.

Real processes, killed with SIGKILL: at a random moment from outside, or by themselves in the middle
of the statements that write.
"""

import asyncio
import os
import random
import signal
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import date, timedelta
from pathlib import Path

import pytest

from scheduling.weeks import monday_of
from service import clock
from service.database.sql import fetch_all, fetch_one, fetch_value
from service.rounds.actions import move_visit, start_plan_run
from service.rounds.states import Effort
from tests.service.rounds.scene import Scene, small_team
from tests.support.database import Server

pytestmark = pytest.mark.anyio
TENANTS = 6


def next_week() -> date:
    return monday_of(clock.today()) + timedelta(weeks=1)


@asynccontextmanager
async def crasher(server: Server, *args: object) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process of `crasher`, ready to work, whose children can be told by their environment."""
    token = uuid.uuid4().hex
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.service.rounds.crasher",
        server.addresses.app,
        *map(str, args),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "CRASH_TOKEN": token},
    )
    try:
        assert process.stdout is not None
        await asyncio.wait_for(process.stdout.readline(), 60)
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await _until_no_process_has(token)


async def _until_no_process_has(token: str) -> None:
    """Children of a killed process must be gone within seconds."""
    for _ in range(100):
        if not _processes_with(token):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("a child outlived its killed parent")


def _processes_with(token: str) -> list[str]:
    paths = Path("/proc").glob("[0-9]*")
    return [path.name for path in paths if token.encode() in _environment(path)]


def _environment(path: Path) -> bytes:
    try:
        return (path / "environ").read_bytes()
    except OSError:
        return b""


async def _draft() -> list[tuple[object, ...]]:
    rows = await fetch_all("select need, state, starts_at from visits order by need")
    return [tuple(row.values()) for row in rows]


async def _published() -> list[tuple[object, ...]]:
    rows = await fetch_all(
        "select v.need, p.state, p.starts_at, p.sequence, array_agg(s.worker order by s.worker)"
        " from published_visits p join visits v on v.id = p.visit"
        " join published_stops s on s.published_visit = p.id group by 1, 2, 3, 4 order by 1"
    )
    return [tuple(row.values()) for row in rows]


async def _planned(server: Server) -> tuple[Scene, int]:
    """A team with a planned draft."""
    scene = await small_team(tenants=TENANTS)
    run = await start_plan_run(scene.lead, team="ICM", week=next_week(), effort=Effort.QUICK)
    async with crasher(server, "work") as process:
        assert await asyncio.wait_for(process.wait(), 120) == 0
    return scene, run


async def test_a_killed_plan_run_is_taken_up_and_has_its_effect_once(database: Server) -> None:
    scene = await small_team(tenants=TENANTS)
    run = await start_plan_run(scene.lead, team="ICM", week=next_week(), effort=Effort.QUICK)
    for seconds in (random.Random(uuid.uuid4().int).uniform(0.2, 3.0), None):
        async with crasher(database, "work") as process:
            if seconds is None:
                assert await asyncio.wait_for(process.wait(), 120) == 0
                break
            await asyncio.sleep(seconds)
            with suppress(ProcessLookupError):  # a fast machine has ended the run already
                process.kill()
        row = await fetch_one("select state, applied_at from plan_runs where id = $1", run)
        assert row is not None
        done = row["state"] == "done"
        assert done == (row["applied_at"] is not None)
        assert len(await _draft()) == (TENANTS if done else 0)
    row = await fetch_one("select state, attempts, error from plan_runs where id = $1", run)
    assert row is not None
    assert (row["state"], row["error"]) == ("done", None)
    assert row["attempts"] <= 2
    assert await fetch_value("select version from rosters") == 2
    assert len(await _draft()) == TENANTS


@pytest.mark.parametrize("statement", [1, 9])
async def test_killed_while_the_draft_is_written(database: Server, statement: int) -> None:
    scene = await small_team(tenants=TENANTS)
    run = await start_plan_run(scene.lead, team="ICM", week=next_week(), effort=Effort.QUICK)
    async with crasher(database, "work", statement) as process:
        assert await asyncio.wait_for(process.wait(), 120) == -signal.SIGKILL
    assert await _draft() == []
    assert await fetch_value("select state from plan_runs where id = $1", run) == "running"
    async with crasher(database, "work") as process:
        assert await asyncio.wait_for(process.wait(), 120) == 0
    assert len(await _draft()) == TENANTS
    assert await fetch_value("select version from rosters") == 2


async def test_killed_while_publishing(database: Server) -> None:
    """At several statements of the first publication, and of one that changes it."""
    scene, _ = await _planned(database)
    week = next_week()
    for statement in (2, 25):  # the last one of writing six visits
        async with crasher(database, "publish", "ICM", week, statement) as process:
            assert await asyncio.wait_for(process.wait(), 60) == -signal.SIGKILL
        assert await _published() == []
        assert await fetch_value("select revision from rosters") == 0
        assert await fetch_value("select count(*) from feed_versions") == 0
    async with crasher(database, "publish", "ICM", week) as process:
        assert await asyncio.wait_for(process.wait(), 60) == 0
    before = await _published()
    assert len(before) == TENANTS
    await _swap_two(scene, week)
    for statement in (3,):
        async with crasher(database, "publish", "ICM", week, statement) as process:
            assert await asyncio.wait_for(process.wait(), 60) == -signal.SIGKILL
        assert await _published() == before
        assert await fetch_value("select revision from rosters") == 1
    async with crasher(database, "publish", "ICM", week) as process:
        assert await asyncio.wait_for(process.wait(), 60) == 0
    assert await _published() != before
    assert await fetch_value("select revision from rosters") == 2


async def _swap_two(scene: Scene, week: date) -> None:
    """Give a placed visit to another day, by hand, where the worker has nothing yet."""
    row = await fetch_one(
        "select v.id, w.code from visits v join visit_workers x on x.visit = v.id"
        " join workers w on w.id = x.worker order by v.need limit 1"
    )
    assert row is not None
    taken = await fetch_all(
        "select (v.starts_at at time zone 'Europe/Brussels')::date as day from visits v"
        " join visit_workers x on x.visit = v.id join workers w on w.id = x.worker"
        " where w.code = $1",
        row["code"],
    )
    days = {one["day"] for one in taken}
    free = next(d for i in range(5) if i != 1 and (d := week + timedelta(days=i)) not in days)
    changed = await move_visit(
        scene.lead,
        row["id"],
        day=free,
        start=15 * 60,
        workers=(row["code"],),
        expected_version=await fetch_value("select version from rosters"),
    )
    assert changed.breaches == ()
