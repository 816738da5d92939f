"""The demonstration's running week: what took place was planned, and some of it is open."""

from datetime import UTC, date, datetime, timedelta

from service import clock
from service.database.sql import execute, fetch_all, fetch_one, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.demo.this_week import LEFT_OPEN, begin_week, ensure_this_week, publish_what_was
from tests.service import factories as make
from tests.service.rounds.scene import small_team
from tests.support.database import Server

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


async def test_what_is_left_of_the_week_is_planned_around_its_past_days(database: Server) -> None:
    """On a Wednesday: Monday's visit stands as it was, the others are asked for the days left."""
    scene = await small_team(tenants=3)
    await execute("update encounters set starts_at = starts_at - interval '1 week'")
    monday = datetime(2026, 11, 16, 10, 0, tzinfo=UTC)
    await make.encounter(
        tenant=scene.tenants[0], team=scene.team, starts_at=monday, workers=(scene.workers[0],)
    )
    wednesday = datetime(2026, 11, 18, 8, 0, tzinfo=UTC)
    with clock.stopped(wednesday):
        await ensure_this_week(["ICM"])
    stood = await fetch_all(
        "select t.code, p.starts_at from published_visits p join visits v on v.id = p.visit"
        " join tenants t on t.id = v.tenant where p.state = 'confirmed' order by t.code"
    )
    assert [row["code"] for row in stood] == ["T-001", "T-002", "T-003"]
    assert stood[0]["starts_at"] == monday
    assert all(row["starts_at"] > wednesday for row in stood[1:])
    assert await fetch_value("select count(*) from plan_runs where applied_at is not null") == 1
