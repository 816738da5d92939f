"""Checks and alerts across the nights in which the clocks change, both of them."""

from datetime import UTC, datetime, timedelta

import pytest

from service import clock
from service.safety import rounds
from service.safety.actions import extend_check, start_check
from service.safety.checks import lone_visits
from service.safety.schemas import StartForm
from tests.service.safety.alone import somebody_alone
from tests.service.safety.quiet import somebody_quiet
from tests.support.database import Server

pytestmark = pytest.mark.anyio
MINUTE = timedelta(minutes=1)
AUTUMN = datetime(2026, 10, 25, 0, 10, tzinfo=UTC)  # 2:10, and at 1:00 UTC it is 2:00 again
SPRING = datetime(2027, 3, 28, 0, 10, tzinfo=UTC)  # 1:10, and at 1:00 UTC it is 3:00


@pytest.mark.parametrize("at", [AUTUMN, SPRING])
async def test_an_extension_across_the_change_is_as_long_as_any(
    database: Server, at: datetime
) -> None:
    alone = await somebody_alone(at=at)
    with clock.stopped(at):
        check = await start_check(alone.worker, visit=None, ends_at=at + 40 * MINUTE)
        ends = await extend_check(alone.worker, check)
    assert ends == at + 55 * MINUTE
    taken = []
    for minutes in range(50):
        with clock.stopped(ends + minutes * MINUTE):
            taken += [minutes] * await rounds.take_steps()
    assert taken == [15, 20, 30, 45]


@pytest.mark.parametrize("at", [AUTUMN, SPRING])
async def test_a_visit_of_that_night_is_one_of_its_day_and_begins_its_check(
    database: Server, at: datetime
) -> None:
    alone = await somebody_alone(at=at)
    assert alone.worker.worker is not None
    day = at.astimezone(clock.BRUSSELS).date()
    for shown, count in ((day, 1), (day - timedelta(days=1), 0), (day + timedelta(days=1), 0)):
        assert len(await lone_visits(alone.worker.worker, shown)) == count
    with clock.stopped(at):
        assert await rounds.begin_checks() == 1


@pytest.mark.parametrize(
    ("now", "typed", "meant"),
    [
        ((10, 24, 23, 50), "02:30", (10, 25, 0, 30)),  # before the change: the first 2:30
        ((10, 25, 0, 40), "02:30", (10, 25, 1, 30)),  # the first is over: the second
        ((10, 25, 1, 10), "02:30", (10, 25, 1, 30)),  # in the second hour
        ((10, 25, 1, 40), "02:30", (10, 26, 1, 30)),  # both are over: tomorrow
        ((3, 29, 0, 50), "02:30", (3, 29, 1, 30)),  # there is no 2:30: 3:30 by the new clock
        ((3, 29, 0, 50), "3:10", (3, 29, 1, 10)),
        ((3, 28, 22, 50), "00:20", (3, 28, 23, 20)),  # after midnight
    ],
)
def test_the_end_is_the_next_time_the_clock_says_so(
    now: tuple[int, ...], typed: str, meant: tuple[int, ...]
) -> None:
    with clock.stopped(datetime(2026, *now, tzinfo=UTC)):  # type: ignore[misc,arg-type]
        assert StartForm(ends=typed).ends_at() == datetime(2026, *meant, tzinfo=UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("start", "opens"),
    [
        (datetime(2026, 3, 20, 22, 30, tzinfo=UTC), 17),  # 23:30 of that day
        (datetime(2026, 3, 20, 23, 30, tzinfo=UTC), 18),  # 0:30 of the next
        (datetime(2026, 10, 15, 21, 30, tzinfo=UTC), 17),  # 23:30 by summer's clock
        (datetime(2026, 10, 15, 22, 30, tzinfo=UTC), 18),  # 0:30 of the next
    ],
)
async def test_a_gap_counts_days_of_brussels_across_the_change(
    database: Server, start: datetime, opens: int
) -> None:
    quiet = await somebody_quiet(start=start)
    assert await quiet.opens_on(first=15) == opens


async def test_the_hour_that_comes_twice_keeps_its_order(database: Server) -> None:
    """A refusal at the first 2:50 is older than visits in vain from the second 2:10 on."""
    first = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
    quiet = await somebody_quiet(start=first - timedelta(days=5))
    said = ((-60, "not_home"), (0, "refused"), (20, "not_home"), (30, "not_home"))
    for minutes, outcome in said:
        await quiet.visit(5 + minutes / 1440, outcome)
    assert await quiet.alert() is None
    await quiet.visit(5 + 40 / 1440, "not_home")
    assert await quiet.alert() is not None
