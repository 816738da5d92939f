"""From an absence to the sick call: the same days, and nothing else in the address."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from service import clock
from service.database.sql import execute
from service.teams.pages.repairing import repair_path
from service.teams.states import AbsenceKind
from service.teams.worker_queries import AbsenceShown, Membership, Touched
from tests.service import factories as make
from tests.service.feeds.published import publish
from tests.service.rounds.readers import office, reading
from tests.support.database import Server

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
WEEK = date(2026, 11, 23)
TOUCHED = Touched(team="ACT", week=WEEK, visits=2)
BOARD = "/board/ACT/2026-11-23"
AWAY = f"{BOARD}/workers/W-01/away"


def brussels(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=clock.BRUSSELS)


@pytest.mark.parametrize(
    ("starts_at", "ends_at", "path"),
    [
        (brussels(23), brussels(26), f"{AWAY}?last=2026-11-25"),
        (brussels(25), brussels(27), f"{AWAY}?last=2026-11-26&first=2026-11-25"),
        (brussels(25, 13), brussels(27), f"{AWAY}?last=2026-11-26&first=2026-11-25&time=13%3A00"),
        (brussels(25), brussels(25, 12), BOARD),  # a sick call would make it longer
    ],
)
def test_it_leads_to_the_sick_call_of_the_same_days(
    starts_at: datetime, ends_at: datetime, path: str
) -> None:
    absence = AbsenceShown(id=1, starts_at=starts_at, ends_at=ends_at, kind=AbsenceKind.PLANNED)
    member = Membership(id=1, team="ACT", name="ACT", starts_on=WEEK, ends_on=None)
    with clock.stopped(NOW):
        assert repair_path("W-01", absence, TOUCHED, [member]) == path
        assert repair_path("W-01", absence, TOUCHED, []) == BOARD


@pytest.mark.anyio
async def test_the_sick_call_stands_filled_in(database: Server, tmp_path: Path) -> None:
    made = await office()
    await execute("update accounts set language = 'en'")
    starts_at = datetime.combine(made.week + timedelta(days=1), datetime.min.time(), clock.BRUSSELS)
    await publish(
        team=made.team,
        workers=(made.workers[0],),
        starts_at=starts_at + timedelta(hours=10),
        tenant=made.tenants[0],
        week=made.week,
    )
    await make.absence(
        worker=made.workers[0], starts_at=starts_at, ends_at=starts_at + timedelta(days=2)
    )
    first, last = made.week + timedelta(days=1), made.week + timedelta(days=2)
    away = f"{made.path}/workers/W-01/away"
    async with reading(tmp_path, "lead") as lead:
        known = (await lead.get("/workers/W-01")).text
        assert f'href="{away}?last={last}&amp;first={first}"' in known
        filled = (await lead.get(f"{away}?last={last}&first={first}")).text
        empty = (await lead.get(f"{away}?last=soon")).text
    for name, day in (("first", first), ("last", last)):
        assert f'name="{name}" type="date" value="{day}"' in filled
    assert 'class="away-choices"' not in filled
    assert 'class="away-choices"' in empty
