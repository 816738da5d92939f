"""A team's drafted week, row by row: what the pages of a board show."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from scheduling.weeks import monday_of
from service import clock
from service.clock import BRUSSELS
from service.database.sql import execute, fetch_one, fetch_value
from tests.service import factories as make

MORNING = time(9, 30)


def next_monday() -> date:
    """A week that is not over, whenever the test runs."""
    return monday_of(clock.today()) + timedelta(weeks=1)


def at(week: date, weekday: int = 1, clock_time: time = MORNING) -> datetime:
    """A local time of the week; weekday 1 is Monday."""
    return datetime.combine(week + timedelta(days=weekday - 1), clock_time, tzinfo=BRUSSELS)


async def roster(team: int, week: date, **values: Any) -> int:
    return await make.insert(
        "rosters", team=team, week=week, **({"updated_at": clock.now()} | values)
    )


async def visit(
    roster: int,
    tenant: int,
    *,
    workers: tuple[int, ...] = (),
    starts_at: datetime | None = None,
    minutes: int = 45,
    **values: Any,
) -> int:
    """A visit of the draft: placed with workers and a start, else waiting."""
    stay = await fetch_one("select place from stays where tenant = $1", tenant)
    assert stay is not None
    code = await fetch_value("select code from tenants where id = $1", tenant)
    defaults: dict[str, Any] = {
        "uid": uuid4(),
        "need": f"{code}:agr:1",
        "kind": "home_visit",
        "priority": "should",
        "place": stay["place"],
        "workers_needed": max(1, len(workers)),
        "state": "placed" if starts_at else "waiting",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=minutes) if starts_at else None,
        "updated_at": clock.now(),
    }
    made = await make.insert(
        "visits", roster=roster, tenant=tenant, minutes=minutes, **(defaults | values)
    )
    for seat, worker in enumerate(workers):
        await make.insert("visit_workers", visit=made, worker=worker, seat=seat)
    return made


async def version(roster: int) -> str:
    """The version that a form carries."""
    return str(await fetch_value("select version from rosters where id = $1", roster))


async def changed_by_somebody(roster: int) -> None:
    """What a colleague does while one reads."""
    await execute("update rosters set version = version + 1 where id = $1", roster)
