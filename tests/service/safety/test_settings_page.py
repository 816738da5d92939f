"""The page of a team's safety settings: two who save at once lose nothing they typed."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from service.database.sql import execute, fetch_value
from tests.service.rounds.readers import Reader, office, reading
from tests.support.database import Server
from tests.support.sent_forms import forms_of
from tests.support.web import person

pytestmark = pytest.mark.anyio
PATH = "/safety/ACT"


@pytest.fixture
async def leads(database: Server, tmp_path: Path) -> AsyncIterator[tuple[Reader, Reader]]:
    """Two leads of team ACT, who read English."""
    made = await office()
    await person("second", ("team_lead", made.team), worker=made.workers[1])
    await execute("update accounts set language = 'en'")
    async with reading(tmp_path, "lead") as lead, reading(tmp_path, "second") as second:
        yield lead, second


async def opened(lead: Reader) -> dict[str, Any]:
    return form_in((await lead.get(PATH)).text)


def form_in(page: str) -> dict[str, Any]:
    """What the form on the page sends as it stands."""
    found = next(one for one in forms_of(page, page=PATH) if one.action == PATH)
    return {name: value for name, value in found.pairs if name != "csrf_token"}


async def test_the_second_to_save_keeps_what_was_typed_and_can_save_then(
    leads: tuple[Reader, Reader],
) -> None:
    first, second = leads
    typed = await opened(second) | {"gap_days": "5", "on_call_phone": "02 123 45 67"}
    done = await first.post(PATH, on=PATH, **await opened(first) | {"gap_days": "9"})
    assert done.status_code == 303
    told = await second.post(PATH, on=PATH, **typed)
    assert told.status_code == 409
    assert "Somebody else was faster" in told.text
    assert "lead changed, " in told.text
    assert "now 9 days, you typed 5 days" in told.text
    assert "02 123 45 67" not in told.text.partition("<form class=")[0], "nobody else changed it"
    again = form_in(told.text)
    assert (again["gap_days"], again["on_call_phone"]) == ("5", "02 123 45 67")
    assert await fetch_value("select gap_days from safety_settings") == 9
    assert (await second.post(PATH, on=PATH, **again)).status_code == 303
    assert await fetch_value("select gap_days from safety_settings") == 5


async def test_a_mistake_does_not_make_one_see_what_others_changed(
    leads: tuple[Reader, Reader],
) -> None:
    first, second = leads
    typed = await opened(second) | {"gap_days": "many"}
    await first.post(PATH, on=PATH, **await opened(first) | {"missed_visits": "4"})
    refused = await second.post(PATH, on=PATH, **typed)
    assert refused.status_code == 422
    assert 'id="gap_days-error"' in refused.text
    mended = form_in(refused.text) | {"gap_days": "6"}
    told = await second.post(PATH, on=PATH, **mended)
    assert told.status_code == 409
    assert "now 4, you typed 3" in told.text
