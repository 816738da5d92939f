"""Ticks: when they fall due, once each, made up for after a gap."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from service import clock
from service.database.sql import execute, fetch_all, fetch_value
from service.jobs.ticks import TICKS, Tick, catch_up, last_due
from service.rounds.drafting import draft_next_weeks
from tests.service import factories as make
from tests.support.database import Server

pytestmark = pytest.mark.anyio
WEEKLY = TICKS[0]


def _brussels(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=clock.BRUSSELS)


async def _queued() -> list[str]:
    rows = await fetch_all(
        "select args->>'due_at' as due from procrastinate_jobs"
        " where task_name = 'draft_next_week' order by id"
    )
    return [row["due"] for row in rows]


def test_thursday_at_five_in_summer_and_winter() -> None:
    assert last_due(WEEKLY, _brussels(11, 26, 16, 59)) == _brussels(11, 19, 17)
    assert last_due(WEEKLY, _brussels(11, 26, 17)) == _brussels(11, 26, 17)
    assert _brussels(11, 26, 17).astimezone(UTC).hour == 16
    due = last_due(WEEKLY, _brussels(7, 3, 9))
    assert due == _brussels(7, 2, 17)
    assert due is not None
    assert due.astimezone(UTC).hour == 15


def test_the_week_in_which_the_clocks_change_has_one_tick() -> None:
    for change in (_brussels(3, 29, 12), _brussels(10, 25, 12)):
        due = {last_due(WEEKLY, change + timedelta(hours=h)) for h in range(-60, 72, 6)}
        assert len(due) == 1


def test_the_hour_of_the_change_is_refused() -> None:
    with pytest.raises(ValueError, match="twice in autumn"):
        Tick(job="nightly", task="nightly", hour=2, minute=30)


async def test_the_first_look_notes_the_past_without_making_up_for_it(database: Server) -> None:
    with clock.stopped(_brussels(11, 23, 9)):
        assert await catch_up((WEEKLY,)) == ()
        assert await catch_up((WEEKLY,)) == ()
    assert await _queued() == []
    assert await fetch_value("select due_at from clock_ticks") == _brussels(11, 19, 17)


async def test_a_tick_is_enqueued_when_due_and_once(database: Server) -> None:
    with clock.stopped(_brussels(11, 23, 9)):
        await catch_up((WEEKLY,))
    with clock.stopped(_brussels(11, 26, 17)):
        assert await catch_up((WEEKLY,)) == ("draft_next_week",)
        assert await catch_up((WEEKLY,)) == ()
    with clock.stopped(_brussels(11, 26, 17, 1)):
        assert await catch_up((WEEKLY,)) == ()
    assert await _queued() == [_brussels(11, 26, 17).isoformat()]


async def test_a_tick_missed_while_down_is_made_up_for_once(database: Server) -> None:
    """Down for a fortnight: the last of the two Thursdays is of use, the one before is not."""
    with clock.stopped(_brussels(11, 10, 9)):
        await catch_up((WEEKLY,))
    with clock.stopped(_brussels(11, 27, 8)):
        assert await catch_up((WEEKLY,)) == ("draft_next_week",)
        assert await catch_up((WEEKLY,)) == ()
    assert await _queued() == [_brussels(11, 26, 17).isoformat()]


async def test_two_clocks_at_the_same_instant_enqueue_one_job(database: Server) -> None:
    with clock.stopped(_brussels(11, 23, 9)):
        await catch_up((WEEKLY,))
    with clock.stopped(_brussels(11, 26, 17)):
        made = await asyncio.gather(*(catch_up((WEEKLY,)) for _ in range(4)))
    assert sorted(made) == [(), (), (), ("draft_next_week",)]
    assert len(await _queued()) == 1


async def test_a_tick_and_its_job_come_together_or_not_at_all(database: Server) -> None:
    with clock.stopped(_brussels(11, 23, 9)):
        await catch_up((WEEKLY,))
    broken = Tick(job=WEEKLY.job, task="x" * 300, weekday="thu", hour=17)  # too long for a row
    with clock.stopped(_brussels(11, 26, 17)):
        with pytest.raises(Exception, match="too long"):
            await catch_up((broken,))
        assert await fetch_value("select count(*) from clock_ticks") == 1
        assert await catch_up((WEEKLY,)) == ("draft_next_week",)


async def test_what_falls_due_every_minute_waits_once(database: Server) -> None:
    """Also in the hour that comes twice, and in the one that is left out."""
    steady = Tick(job="steady", task="steady", look_back=timedelta(minutes=10))
    autumn = datetime(2026, 10, 25, 0, 59, 30, tzinfo=UTC)  # 2:59 of the first of the two hours
    for minute in range(4):
        with clock.stopped(autumn + timedelta(minutes=minute)):
            assert await catch_up((steady,)) == (("steady",) if minute == 0 else ())
            assert await catch_up((steady,)) == ()
    assert await fetch_value("select count(*) from clock_ticks") == 4
    await execute("delete from procrastinate_jobs")
    spring = datetime(2027, 3, 28, 1, 0, 30, tzinfo=UTC)
    with clock.stopped(spring):
        assert await catch_up((steady,)) == ("steady",)
    assert await fetch_value("select array_agg(due_at) from clock_ticks") == [
        spring.replace(second=0)
    ]


async def test_every_planned_team_gets_its_next_week(database: Server) -> None:
    """Not those that do not visit, nor a week that somebody has begun."""
    act, icm = await make.team("ACT"), await make.team("ICM", kind="icm")
    await make.team("HOUS", kind="housing")
    await make.team("OLD", kind="icm", active=False)
    thursday = _brussels(11, 26, 17)
    with clock.stopped(thursday):
        runs = await draft_next_weeks(thursday)
        rows = await fetch_all("select id, team, week, requested_by from plan_runs order by team")
        assert [row["team"] for row in rows] == [act, icm]
        assert {row["week"].isoformat() for row in rows} == {"2026-11-30"}
        assert tuple(row["id"] for row in rows) == runs
        assert await draft_next_weeks(thursday) == ()
        await execute("update plan_runs set state = 'failed' where team = $1", act)
        assert len(await draft_next_weeks(thursday)) == 1
    with clock.stopped(_brussels(12, 7, 9)):
        assert await draft_next_weeks(thursday) == ()
