"""The clock: zone-aware, on Brussels' wall, and movable for one task at a time."""

from datetime import UTC, date, datetime, timedelta

import anyio
import anyio.lowlevel
import pytest

from service import clock


def test_now_is_in_utc() -> None:
    assert clock.now().utcoffset() == timedelta(0)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-06-30T21:59:00+00:00", date(2026, 6, 30)),
        ("2026-06-30T22:00:00+00:00", date(2026, 7, 1)),
        ("2026-12-31T22:59:00+00:00", date(2026, 12, 31)),
        ("2026-12-31T23:00:00+00:00", date(2027, 1, 1)),
    ],
)
def test_today_begins_at_midnight_in_brussels(at: str, day: date) -> None:
    with clock.stopped(datetime.fromisoformat(at)):
        assert clock.today() == day


def test_it_can_be_stopped_and_runs_again() -> None:
    at = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    with clock.stopped(at):
        assert clock.now() == at
    assert clock.now() > at


def test_it_can_be_moved() -> None:
    with clock.moved(timedelta(days=7)), clock.moved(timedelta(hours=1)):
        assert clock.now() - datetime.now(UTC) > timedelta(days=7, minutes=59)


def test_a_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="zone-aware"), clock.stopped(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


async def test_one_task_does_not_move_the_clock_of_another() -> None:
    at = datetime(2020, 1, 1, tzinfo=UTC)
    seen: list[bool] = []

    async def other(inherits: bool) -> None:
        await anyio.lowlevel.checkpoint()
        seen.append((clock.now() == at) is inherits)

    async with anyio.create_task_group() as group:
        group.start_soon(other, False)
        with clock.stopped(at):
            group.start_soon(other, True)
            await anyio.sleep(0.01)
    assert seen == [True, True]
