"""Which visits a feed shows at an instant, and when that changes by the passing of time alone.

A feed reaches 14 days back and as far ahead as is published. A visit cancelled less than 48
hours ahead stays, marked, until 48 hours after its cancellation; any other cancelled visit is
gone at once.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from service.clock import BRUSSELS

DAYS_BACK = 14
LATE_CANCELLATION = timedelta(hours=48)
CANCELLED_STAYS = timedelta(hours=48)


class Shown(Protocol):
    """What visits and duties have alike, as far as the window goes."""

    @property
    def uid(self) -> UUID: ...
    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime: ...
    @property
    def cancelled_at(self) -> datetime | None: ...


S = TypeVar("S", bound=Shown)


def window_start(at: datetime) -> datetime:
    """Return the local midnight from which on visits that end later are shown."""
    return _midnight(at.astimezone(BRUSSELS).date() - timedelta(days=DAYS_BACK))


def leaves_window_at(ends_at: datetime) -> datetime:
    """Return the local midnight at which a visit that ended then falls out of the window."""
    last_moment = ends_at - timedelta(microseconds=1)
    return _midnight(last_moment.astimezone(BRUSSELS).date() + timedelta(days=DAYS_BACK + 1))


def last_midnight(at: datetime) -> datetime:
    """Return the local midnight with which this day began, the last time the window moved."""
    return _midnight(at.astimezone(BRUSSELS).date())


def next_midnight(at: datetime) -> datetime:
    """Return the next local midnight, the next time the window can move."""
    return _midnight(at.astimezone(BRUSSELS).date() + timedelta(days=1))


def is_shown(visit: Shown, at: datetime) -> bool:
    """Say whether a feed shows a visit or duty at an instant."""
    if visit.ends_at <= window_start(at):
        return False
    if visit.cancelled_at is None:
        return True
    cancelled_late = visit.starts_at - visit.cancelled_at < LATE_CANCELLATION
    return cancelled_late and at < visit.cancelled_at + CANCELLED_STAYS


def shown_visits(visits: Iterable[S], at: datetime) -> tuple[S, ...]:
    """Return the visits or duties a feed shows at an instant, sorted by start and identity."""
    shown = (visit for visit in visits if is_shown(visit, at))
    return tuple(sorted(shown, key=lambda visit: (visit.starts_at, visit.uid)))


def holds_until(visits: Iterable[Shown], at: datetime) -> datetime:
    """Return the instant up to which the visits shown at `at` stay the same."""
    leaving = (
        visit.cancelled_at + CANCELLED_STAYS
        for visit in visits
        if visit.cancelled_at is not None and is_shown(visit, at)
    )
    return min((*leaving, next_midnight(at)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=BRUSSELS).astimezone(UTC)
