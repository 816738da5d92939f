"""The form of working hours: a longer cycle begins with the weeks there are."""

import re
from pathlib import Path

import pytest

from tests.service.rounds.readers import office, reading
from tests.support.database import Server

pytestmark = pytest.mark.anyio


async def test_further_weeks_begin_as_the_first(database: Server, tmp_path: Path) -> None:
    await office()
    async with reading(tmp_path, "lead") as lead:
        seen = (await lead.get("/workers/W-01/edit/hours/new?choice=3")).text
    weeks = [
        re.findall(rf'name="week_{week}_day_\d" type="text" value="([^"]*)"', seen)
        for week in range(3)
    ]
    assert len(weeks[0]) == 7
    assert any(weeks[0])
    assert weeks[0] == weeks[1] == weeks[2]
    assert 'name="cycle_weeks" value="3"' in seen
