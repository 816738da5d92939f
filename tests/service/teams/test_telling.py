"""Leads hear of an absence: of the week that it hits, or that somebody will be away."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from service import clock
from service.access.policy import Viewer
from service.database.sql import fetch_value
from service.database.unit_of_work import UnitOfWork
from service.notices.queries import my_notices
from service.notices.types import AbsenceNoted, Message, RepairAsked
from service.rounds.calling_sick import report_away
from service.teams.changes.absence import save_absence
from service.teams.drafts import AbsenceDraft
from service.teams.states import AbsenceKind
from tests.service import factories as make
from tests.service.feeds.published import WEEK, publish
from tests.support.web import person

pytestmark = pytest.mark.anyio

THURSDAY = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@dataclass
class House:
    """Two teams with a lead each; a worker of both, published on Tuesday in ACT alone."""

    act: Viewer
    icm: Viewer


@pytest.fixture
async def house(rolled_back: UnitOfWork) -> AsyncIterator[House]:
    act, icm = await make.team("ACT"), await make.team("ICM", kind="icm")
    worker = await make.worker("W-01", team=act)
    await make.membership(worker=worker, team=icm)
    house = House(
        act=await person("act", ("team_lead", act)), icm=await person("icm", ("team_lead", icm))
    )
    with clock.stopped(THURSDAY):
        for hour in range(3):
            await publish(
                team=act, workers=(worker,), starts_at=TUESDAY + timedelta(hours=hour), week=WEEK
            )
        yield house


async def _enter(viewer: Viewer, first: date, last: date) -> None:
    starts = datetime(first.year, first.month, first.day, tzinfo=clock.BRUSSELS)
    ends = datetime(last.year, last.month, last.day, tzinfo=clock.BRUSSELS) + timedelta(days=1)
    draft = AbsenceDraft(starts_at=starts, ends_at=ends, kind=AbsenceKind.PLANNED)
    await save_absence(viewer, "W-01", draft)


async def _told(viewer: Viewer) -> list[Message]:
    return [notice.message for notice in reversed(await my_notices(viewer))]


async def test_a_hit_week_asks_for_a_repair_and_other_leads_hear_of_it(house: House) -> None:
    coordinator = await person("coordinator", "coordinator")
    await _enter(coordinator, date(2026, 11, 30), date(2026, 12, 2))
    assert await _told(house.act) == [
        RepairAsked(team="ACT", week=WEEK, worker="W-01", visits=3),
    ]
    assert await _told(house.icm) == [
        AbsenceNoted(worker="W-01", starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 2)),
    ]
    (notice,) = await my_notices(house.act)
    assert notice.path == f"/board/ACT/{WEEK}"


async def test_whoever_enters_it_is_not_told(house: House) -> None:
    await _enter(house.act, date(2026, 12, 7), date(2026, 12, 7))
    assert await _told(house.act) == []
    assert await _told(house.icm) == [
        AbsenceNoted(worker="W-01", starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 7)),
    ]


async def test_a_sick_call_tells_the_other_leads(house: House) -> None:
    team = await fetch_value("select id from teams where code = 'ACT'")
    await make.insert("account_roles", account=house.icm.account, role="team_lead", team=team)
    with clock.stopped(TUESDAY + timedelta(minutes=50)):
        await report_away(house.act, team="ACT", week=WEEK, worker="W-01", last=date(2026, 12, 1))
    assert await _told(house.act) == []
    told = await _told(house.icm)
    assert RepairAsked(team="ACT", week=WEEK, worker="W-01", visits=2) in told


async def test_what_is_over_tells_nobody(house: House) -> None:
    await _enter(house.act, date(2026, 11, 2), date(2026, 11, 3))
    assert await _told(house.icm) == []
