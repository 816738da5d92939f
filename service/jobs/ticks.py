"""What the clock does and when: a line per tick, and how a tick becomes a job exactly once."""

from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.triggers.cron import CronTrigger

from service import clock
from service.clock import BRUSSELS
from service.database.sql import execute, fetch_value
from service.database.unit_of_work import current_unit_of_work, unit_of_work
from service.errors import Refused
from service.jobs.queue import Queue, defer

FIRST_GRACE = timedelta(minutes=1)
KEPT = timedelta(days=1)
"""How long the rows of what falls due every minute stay."""

_log = structlog.get_logger("thuisronde.clock")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A task of the queue that falls due regularly, in Brussels time.

    `weekday`: 'mon' to 'sun', or '*'. Hours from 2 to 3 are refused: they come twice in autumn and
    not at all in spring. Without an hour it falls due every minute, whatever the clocks do, and
    one job of it waits at most. `look_back`: how far a missed tick is still of use; only the last
    one is made up for.
    """

    job: str
    task: str
    weekday: str = "*"
    hour: int | None = None
    minute: int = 0
    queue: Queue = Queue.CHORES
    look_back: timedelta = timedelta(days=8)

    def __post_init__(self) -> None:
        """Refuse the hour in which the clocks change."""
        if self.hour == 2:
            raise ValueError(f"{self.job}: 2:00 to 3:00 comes twice in autumn; take another hour")

    @property
    def every_minute(self) -> bool:
        """Whether it falls due every minute."""
        return self.hour is None

    @property
    def trigger(self) -> CronTrigger:
        """The same for APScheduler."""
        if self.every_minute:
            return CronTrigger(minute="*", timezone=UTC)
        return CronTrigger(
            day_of_week=self.weekday, hour=self.hour, minute=self.minute, timezone=BRUSSELS
        )


_SHORTLY = timedelta(minutes=10)
_DAY = timedelta(days=1)

TICKS = (
    Tick(job="draft_next_week", task="draft_next_week", weekday="thu", hour=17),
    Tick(job="safety_minute", task="safety_minute", look_back=_SHORTLY),
    Tick(job="judge_silence", task="judge_silence", hour=6, minute=30, look_back=_DAY),
    Tick(job="erase_lone_checks", task="erase_lone_checks", hour=3, minute=40, look_back=_DAY),
    Tick(job="forget_notices", task="forget_notices", hour=3, minute=50, look_back=_DAY),
)
"""Add a line here; the task takes `due_at` (ISO 8601) and stands in a folder's `jobs.py`."""


def last_due(tick: Tick, now: datetime) -> datetime | None:
    """The last instant up to `now` at which the tick fell due, None if too long ago."""
    trigger = tick.trigger
    found = None
    after = now - tick.look_back
    while (due := trigger.get_next_fire_time(None, after)) is not None and due <= now:
        found, after = due, due + timedelta(seconds=1)
    return found


async def catch_up(ticks: tuple[Tick, ...] = TICKS) -> tuple[str, ...]:
    """Enqueue each tick that fell due and was not enqueued yet; returns their jobs.

    Called when a tick falls due, when a leader begins and now and then: the row of a tick and its
    job are written in one transaction, and a row that is there already does nothing. A clock that
    runs for the first time notes the last tick without making up for it: it was nobody's to do.
    """
    now = clock.now()
    made = []
    for tick in ticks:
        due = last_due(tick, now)
        if due is None:
            continue
        async with unit_of_work():
            first = not await fetch_value(
                "select exists (select from clock_ticks where job = $1)", tick.job
            )
            is_new = await fetch_value(
                "insert into clock_ticks (job, due_at, enqueued_at) values ($1, $2, $3)"
                " on conflict (job, due_at) do nothing returning id",
                tick.job,
                due,
                now,
            )
            if is_new is None or (first and now - due > FIRST_GRACE):
                continue
            if not await _enqueue(tick, due):
                continue
            made.append(tick.job)
            _log.info(
                "tick", job=tick.job, due_at=due.isoformat(), late=int((now - due).total_seconds())
            )
    return tuple(made)


async def _enqueue(tick: Tick, due: datetime) -> bool:
    """Put the tick's job in the queue; False if one of every minute waits there already."""
    lock = f"tick:{tick.job}" if tick.every_minute else f"tick:{tick.job}:{due.isoformat()}"
    uow = current_unit_of_work()
    assert uow is not None, "a tick's row and its job are one transaction"
    if tick.every_minute:
        await execute(
            "delete from clock_ticks where job = $1 and due_at < $2", tick.job, due - KEPT
        )
    with suppress(Refused) if tick.every_minute else nullcontext():
        async with uow.savepoint():
            await defer(
                tick.task, {"due_at": due.isoformat()}, queue=tick.queue, queueing_lock=lock
            )
            return True
    return False
