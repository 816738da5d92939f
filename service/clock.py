"""The only source of the current time; tests and demonstrations can move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")

_offset: ContextVar[timedelta] = ContextVar("clock_offset", default=timedelta())
_stopped_at: ContextVar[datetime | None] = ContextVar("clock_stopped_at", default=None)


def now() -> datetime:
    """Return this instant, zone-aware in UTC."""
    stopped_at = _stopped_at.get()
    if stopped_at is not None:
        return stopped_at
    return datetime.now(UTC) + _offset.get()


def today() -> date:
    """Return the date on the wall in Brussels."""
    return now().astimezone(BRUSSELS).date()


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """Stop the clock at a zone-aware instant, for this task and the tasks it starts."""
    if at.tzinfo is None:
        raise ValueError("a clock is stopped at a zone-aware instant, not at a naive one")
    token = _stopped_at.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _stopped_at.reset(token)


@contextmanager
def moved(by: timedelta) -> Iterator[None]:
    """Move the running clock by an interval, for this task and the tasks it starts."""
    token = _offset.set(_offset.get() + by)
    try:
        yield
    finally:
        _offset.reset(token)
