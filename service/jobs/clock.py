"""The clock: one leader among all processes that run it, elected by a lock in the database."""

import asyncio
from contextlib import suppress

import anyio
import asyncpg
import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from service.clock import BRUSSELS
from service.database.dedicated import advisory_lock_if_free
from service.database.engine import Connection
from service.database.refusals import CONNECTION_ERRORS
from service.errors import ThuisrondeError
from service.jobs.ticks import TICKS, Tick, catch_up

LOCK = "clock"
MISFIRE_GRACE_SECONDS = 3600
LOOK_EVERY_MINUTES = 5
LOST = (TimeoutError, asyncpg.PostgresError, *CONNECTION_ERRORS)

_log = structlog.get_logger("thuisronde.clock")


async def run_clock(
    *,
    stop: anyio.Event,
    ticks: tuple[Tick, ...] = TICKS,
    election_every: float = 5.0,
    look_every: float = 2.0,
) -> None:
    """Lead or wait to lead until `stop` is set; the database must be open.

    The leader holds an advisory lock on a connection of its own and looks every `look_every`
    seconds whether it still lives: with the connection the lock is lost, and the clock stops.
    """
    while not stop.is_set():
        try:
            async with advisory_lock_if_free(LOCK) as connection:
                if connection is not None:
                    await _lead(connection, stop, ticks, look_every=look_every)
        except (ThuisrondeError, *LOST) as error:
            _log.warning("clock without a database", error=type(error).__name__)
        with anyio.move_on_after(election_every):
            await stop.wait()


async def _lead(
    connection: Connection, stop: anyio.Event, ticks: tuple[Tick, ...], *, look_every: float
) -> None:
    """Run the scheduler while the connection lives."""
    _log.info("clock leads")
    scheduler = AsyncIOScheduler(timezone=BRUSSELS)

    async def tick() -> None:
        try:
            await catch_up(ticks)
        except (ThuisrondeError, *LOST) as error:  # the next look makes up for it
            _log.warning("tick failed", error=type(error).__name__)

    await tick()
    for each in ticks:
        _add(scheduler, tick, each.trigger, name=each.job)
    _add(scheduler, tick, IntervalTrigger(minutes=LOOK_EVERY_MINUTES), name="look")
    scheduler.start()
    try:
        while not stop.is_set():
            await asyncio.wait_for(connection.fetchval("select 1"), timeout=10)
            with anyio.move_on_after(look_every):
                await stop.wait()
    finally:
        with suppress(RuntimeError):
            scheduler.shutdown(wait=False)
        _log.info("clock stops leading")


def _add(scheduler: AsyncIOScheduler, call: object, trigger: object, *, name: str) -> None:
    scheduler.add_job(
        call, trigger, id=name, coalesce=True, misfire_grace_time=MISFIRE_GRACE_SECONDS
    )
