"""The clock's own job: through the queue, after a standstill, and twice."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

import service
from service import clock
from service.database.sql import fetch_all, fetch_value
from service.jobs.queue import defer
from service.jobs.ticks import TICKS, catch_up
from service.jobs.worker import run_worker
from tests.service.safety.alone import MONDAY_TEN, somebody_alone
from tests.support.database import Server

pytestmark = pytest.mark.anyio
MINUTELY = tuple(tick for tick in TICKS if tick.job == "safety_minute")


async def test_a_restart_takes_what_was_missed_once(database: Server) -> None:
    """Two minutes run, then nothing for an hour, then two workers' worth of the same minute."""
    alone = await somebody_alone()
    for at in (MONDAY_TEN, MONDAY_TEN + timedelta(minutes=1)):
        with clock.stopped(at):
            await catch_up(MINUTELY)
            await run_worker(wait=False)
    assert await fetch_value("select count(*) from lone_checks where ended_at is null") == 1
    with clock.stopped(alone.ends_at + timedelta(hours=1)):
        assert await catch_up(MINUTELY) == ("safety_minute",)
        await defer("safety_minute", {"due_at": clock.now().isoformat()})
        await run_worker(wait=False)
    rows = await fetch_all("select kind from lone_check_steps order by id")
    assert [row["kind"] for row in rows] == ["started", "due", "buddy", "lead", "on_call"]
    told = await fetch_value("select count(*) from notices")
    assert told == 4


def test_nothing_else_reads_the_times_of_checks() -> None:
    """No report, feed or export knows of them: they never serve to judge anybody."""
    root = Path(service.__file__).parent
    readers = {
        path.relative_to(root).parts[0]
        for path in root.rglob("*.py")
        if re.search("lone_checks|lone_check_steps", path.read_text(encoding="utf-8"))
    }
    assert readers <= {"safety", "database", "jobs"}
