"""The pages of the two weeks in which the clocks change: times as they stand on the wall."""

import re
from datetime import date, datetime, time
from pathlib import Path

import pytest

from scheduling.weeks import monday_of
from service import clock
from service.clock import BRUSSELS
from service.database.sql import execute
from tests.service import factories as make
from tests.service.rounds.drafted import at, roster, version, visit
from tests.service.rounds.readers import office, reading
from tests.support.database import Server
from tests.support.web import person

SUNDAYS = (date(2026, 10, 25), date(2027, 3, 28))
PAGES = (
    "/board/ACT/{week}",
    "/board/ACT/{week}/day/{sunday}",
    "/my-week/{week}",
    "/workers/W-09/week/{week}",
    "/today",
    "/workers/W-09/day/{sunday}",
    "/morning/ACT",
)


@pytest.mark.parametrize("sunday", SUNDAYS, ids=str)
async def test_a_visit_after_the_change_stands_at_its_time_on_every_page(
    database: Server, tmp_path: Path, sunday: date
) -> None:
    """At seven in the morning of the day on which the clocks have changed."""
    with clock.stopped(datetime.combine(sunday, time(7), BRUSSELS)):
        await _look_at_all(tmp_path, sunday)


async def _look_at_all(tmp_path: Path, sunday: date) -> None:
    at_work = await office()
    week = monday_of(sunday)
    await execute(
        'update teams set policy = policy || \'{"days_shown": [1, 2, 3, 4, 5, 6, 7],'
        ' "open_on_holidays": true}\'::jsonb'
    )
    every_day = tuple((day, 480, 1080) for day in range(1, 8))
    worker = await make.worker("W-09", team=at_work.team, hours=every_day)
    await person("sunday", ("team_lead", at_work.team), ("worker", at_work.team), worker=worker)
    drafted = await roster(at_work.team, week)
    for weekday, tenant in ((6, at_work.tenants[0]), (7, at_work.tenants[1])):
        await visit(drafted, tenant, workers=(worker,), starts_at=at(week, weekday))
    async with reading(tmp_path, "sunday", **{"Accept-Language": "en"}) as lead:
        board = f"/board/ACT/{week}"
        sent = await lead.post(
            f"{board}/publish", on=f"{board}/publish", version=str(await version(drafted))
        )
        assert sent.status_code == 303
        for path in PAGES:
            shown = await lead.get(path.format(week=week, sunday=sunday))
            assert shown.status_code == 200, path
            words = re.sub("<[^>]+>", " ", shown.text)
            assert "09:30" in words, path
            assert "08:30" not in words, path
            assert "10:30" not in words, path
