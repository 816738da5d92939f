"""A process of its own that plans or publishes, and may kill itself in the middle: for crash tests.

`python -m tests.service.rounds.crasher URL work [STATEMENT]` works the queue until it is empty;
`... publish TEAM WEEK [STATEMENT]` publishes a week. At the given statement of writing the draft
or the publication the process kills itself with SIGKILL, as a power cut would.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from service.database.opening import opened_pool
from service.jobs import worker
from service.rounds import draft, publishing, rows, runs
from service.rounds.actions import publish_roster
from service.teams.queries import team_by_code

Call = Callable[..., Awaitable[Any]]


def quicken() -> None:
    """Take the dead for dead sooner than people would want."""
    worker.HEARTBEAT, worker.STALLED_AFTER, worker.RESCUE_EVERY = 0.3, 1.5, 0.5
    runs.STALE_SECONDS = 2


def kill_at(statement: int) -> None:
    """Kill this process at the n-th statement that writes a draft or a publication."""
    seen = 0

    def counted(call: Call) -> Call:
        async def run(*args: object, **kwargs: object) -> Any:
            nonlocal seen
            seen += 1
            if seen == statement:
                os.kill(os.getpid(), signal.SIGKILL)
            return await call(*args, **kwargs)

        return run

    for module in (draft, publishing):
        for name in ("execute", "fetch_value", "fetch_all"):
            if hasattr(module, name):
                setattr(module, name, counted(getattr(module, name)))


async def work() -> None:
    """Work until no plan run is active any more."""
    async with opened_pool(sys.argv[1], most_connections=4):
        print("ready", flush=True)
        while True:
            await worker.run_worker(wait=False)
            if not await _active():
                return
            await asyncio.sleep(0.3)


async def publish(code: str, week: date) -> None:
    async with opened_pool(sys.argv[1], most_connections=2):
        team = await team_by_code(code)
        assert team is not None
        roster = await rows.roster_of(team.id, week)
        assert roster is not None
        print("ready", flush=True)
        await publish_roster(None, team=code, week=week, expected_version=roster.version)


async def _active() -> bool:
    from service.database.sql import fetch_value

    found: bool = await fetch_value(
        "select exists (select from plan_runs where state in ('queued', 'running'))"
    )
    return found


if __name__ == "__main__":
    quicken()
    mode, rest = sys.argv[2], sys.argv[3:]
    needed = 0 if mode == "work" else 2
    if len(rest) > needed:
        kill_at(int(rest[needed]))
    if mode == "work":
        asyncio.run(work())
    else:
        asyncio.run(publish(rest[0], date.fromisoformat(rest[1])))
