"""Which missed visits are still owed: made good by a meeting nobody planned, or by the next try."""

from datetime import datetime, timedelta

from service import clock
from service.database.sql import fetch_one, fetch_value
from service.database.unit_of_work import UnitOfWork
from service.encounters.actions import record_contact, record_outcome
from service.encounters.day import unrecorded
from service.encounters.queries import missed_visits, signs_of_life
from service.encounters.said import ContactSaid, Said
from service.encounters.states import DayPart, EncounterKind, Outcome
from service.encounters.trying_again import try_again
from service.notices.queries import my_notices
from service.notices.types import Proposal
from service.rounds.week import read_week
from service.teams.queries import team_by_id
from tests.service import factories as make
from tests.service.encounters.scene import MONDAY, Monday, brussels, published_monday

NOT_HOME = Said(outcome=Outcome.NOT_HOME)


async def _missed(*, priority: str = "should") -> Monday:
    with clock.stopped(brussels(10)):
        monday = await published_monday(priority=priority)
        await record_outcome(monday.worker, monday.alone, NOT_HOME)
    return monday


async def _owed(monday: Monday, *, weeks: int = 0, at: datetime | None = None) -> list[int]:
    week = MONDAY + timedelta(weeks=weeks)
    before = at or brussels(18, day=14, month=12)
    found = await missed_visits(monday.tenants, monday=week, before=before)
    return [one.visit for visits in found.values() for one in visits]


async def test_a_missed_visit_is_owed_until_somebody_meets_the_tenant(
    rolled_back: UnitOfWork,
) -> None:
    monday = await _missed()
    assert await _owed(monday) == [monday.alone]
    assert await _owed(monday, at=brussels(9)) == []
    kinds = (EncounterKind.PHONE, 1), (EncounterKind.AT_DOOR, 1), (EncounterKind.HOME_VISIT, 0)
    for kind, owed in kinds:
        with clock.stopped(brussels(15)):
            await record_contact(
                monday.worker,
                ContactSaid(tenant="T-001", kind=kind, said=Said(outcome=Outcome.DONE)),
            )
        assert len(await _owed(monday)) == owed


async def test_a_visit_that_nobody_recorded_is_not_missed(rolled_back: UnitOfWork) -> None:
    """Whoever was there may have met the tenant: nothing is asked again and nobody is alarmed."""
    monday = await published_monday(priority="must")
    assert await _owed(monday) == []
    later = brussels(12, day=4, month=12)
    signs = await signs_of_life(monday.tenants, before=later)
    assert all(one.failed == () for one in signs.values())
    mine = await unrecorded("W-01", now=later)
    assert {one.visit for one in mine} == {monday.alone, monday.pair}


async def test_the_next_try_takes_the_place_of_the_first(rolled_back: UnitOfWork) -> None:
    monday = await _missed()
    standing = await fetch_value("select id from visits where need like '%:again:%'")
    assert standing is not None
    await _place(standing, monday)
    with clock.stopped(brussels(15)):
        await record_outcome(monday.worker, standing, NOT_HOME)
    assert await _owed(monday) == [standing]


async def _place(visit: int, monday: Monday) -> None:
    await make.insert("visit_workers", visit=visit, worker=monday.workers[0], seat=0)
    await fetch_one(
        "update visits set state = 'placed', starts_at = $2, ends_at = $3 where id = $1"
        " returning id",
        visit,
        brussels(14),
        brussels(14, 45),
    )


async def test_a_week_asks_again_for_what_it_missed_and_a_must_of_the_week_before(
    rolled_back: UnitOfWork,
) -> None:
    monday = await _missed(priority="must")
    team = await team_by_id(monday.team)
    assert team is not None
    for weeks, now in ((0, brussels(10, 30)), (1, brussels(10, day=7, month=12))):
        week = await read_week(team, MONDAY + timedelta(weeks=weeks), now=now)
        keys = [need.key for need in week.needs if ":again:" in need.key]
        assert keys == [f"T-001:again:{monday.alone}"]
    third = await read_week(team, MONDAY + timedelta(weeks=2), now=brussels(10, day=14, month=12))
    assert not any(":again:" in need.key for need in third.needs)


async def test_what_waits_is_like_what_was_missed(rolled_back: UnitOfWork) -> None:
    monday = await _missed()
    row = await fetch_one(
        "select v.roster, v.tenant, v.state, v.minutes, v.workers_needed from visits v"
        " where v.need = $1",
        f"T-001:again:{monday.alone}",
    )
    assert row == {
        "roster": monday.roster,
        "tenant": monday.tenants[0],
        "state": "waiting",
        "minutes": 45,
        "workers_needed": 1,
    }


async def test_a_wish_for_another_time_is_told_to_the_leads_once(rolled_back: UnitOfWork) -> None:
    monday = await _missed()
    encounter = await fetch_value("select id from encounters order by id desc limit 1")
    with clock.stopped(brussels(10, 5)):
        for part in (DayPart.MORNING, DayPart.EVENING):
            await try_again(monday.worker, encounter, part=part, call_first=True)
    told = [notice.message for notice in await my_notices(monday.lead)]
    assert [message for message in told if isinstance(message, Proposal)] == [
        Proposal(team="ACT", worker="W-01", tenant="T-001", visit=monday.alone, outcome="not_home")
    ]
    assert await my_notices(monday.worker) == ()
