"""The demonstration's running week: what took place was planned, and some of it is open."""

from datetime import UTC, date, datetime, timedelta

from service.database.sql import fetch_all, fetch_one, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.demo.this_week import LEFT_OPEN, begin_week, publish_what_was
from tests.service import factories as make

MONDAY = date(2026, 11, 16)
NOW = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)


async def test_the_days_that_are_over_stand_as_published(rolled_back: UnitOfWork) -> None:
    team = await make.team("ACT")
    known = await make.worker("W04", team=team)  # somebody who can sign in
    other = await make.worker("W05", team=team)
    home = await make.place()
    for day in range(3):
        for hour, workers in ((9, (known,)), (11, (known, other)), (14, (other,))):
            starts_at = datetime(2026, 11, 16 + day, hour, tzinfo=UTC)
            tenant = await make.tenant(team=team, place=home)
            await make.encounter(tenant=tenant, team=team, starts_at=starts_at, workers=workers)
    call = await make.encounter(
        tenant=tenant, team=team, starts_at=NOW - timedelta(hours=1), kind="phone"
    )

    assert await begin_week("ACT", MONDAY, now=NOW)
    await publish_what_was("ACT", MONDAY)
    assert not await begin_week("ACT", MONDAY, now=NOW)

    counts = await fetch_one(
        "select (select count(*) from published_visits) as visits,"
        " (select count(*) from published_stops) as stops,"
        " (select count(*) from encounters where visit is not null) as recorded,"
        " (select revision from rosters) as revision"
    )
    assert counts == {"visits": 9, "stops": 12, "recorded": 9 - LEFT_OPEN, "revision": 1}
    assert await fetch_value("select visit from encounters where id = $1", call) is None
    open_stops = await fetch_all(
        "select s.starts_at from published_stops s join published_visits p"
        " on p.id = s.published_visit where s.worker = $1"
        " and not exists (select from encounters e where e.visit = p.visit)"
        " order by s.starts_at",
        known,
    )
    assert [(row["starts_at"].day, row["starts_at"].hour) for row in open_stops] == [
        (17, 11),
        (18, 9),
        (18, 11),
    ]
