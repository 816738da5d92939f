"""What a lead does with one visit: done, refused with what was typed kept, or too late."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import time
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from service.database.sql import fetch_all, fetch_one
from tests.service import factories as make
from tests.service.rounds.drafted import at, changed_by_somebody, roster, version, visit
from tests.service.rounds.readers import Office, Reader, office, reading
from tests.support.database import Server


@dataclass(frozen=True)
class Desk:
    """A lead in front of a placed visit and its panel."""

    lead: Reader
    office: Office
    roster: int
    visit: int

    @property
    def panel(self) -> str:
        return f"{self.office.path}?visit={self.visit}"

    def act(self, verb: str) -> str:
        return f"{self.office.path}/visits/{self.visit}/{verb}"

    async def row(self) -> dict[str, object]:
        found = await fetch_one(
            "select state, pinned, promised, starts_at from visits where id = $1", self.visit
        )
        assert found is not None
        return found

    async def undo(self, page: str) -> None:
        """Press the button of the notice."""
        answer = await self.lead.client.post(f"{self.office.path}/undo", data=_undo_form(page))
        assert answer.status_code == 200

    async def workers(self) -> list[str]:
        rows = await fetch_all(
            "select w.code from visit_workers x join workers w on w.id = x.worker"
            " where x.visit = $1 order by x.seat",
            self.visit,
        )
        return [row["code"] for row in rows]


@pytest.fixture
async def desk(database: Server, tmp_path: Path) -> AsyncIterator[Desk]:
    at_work = await office()
    drafted = await roster(at_work.team, at_work.week)
    made = await visit(
        drafted,
        at_work.tenants[0],
        workers=at_work.workers[:1],
        starts_at=at(at_work.week),
    )
    async with reading(tmp_path, "lead") as lead:
        yield Desk(lead, at_work, drafted, made)


async def test_pinning_leads_back_to_the_panel(desk: Desk) -> None:
    seen = await version(desk.roster)
    answer = await desk.lead.post(desk.act("pin"), on=desk.panel, version=seen)
    assert (answer.status_code, answer.headers["location"]) == (303, desk.panel)
    assert (await desk.row())["pinned"] is True
    assert desk.act("unpin") in (await desk.lead.get(desk.panel)).text
    await desk.lead.post(desk.act("unpin"), on=desk.panel, version=await version(desk.roster))
    assert (await desk.row())["pinned"] is False


async def test_the_pages_script_gets_the_board_with_a_word_on_what_was_done(desk: Desk) -> None:
    seen = await version(desk.roster)
    answer = await desk.lead.post(desk.act("pin"), on=desk.panel, htmx=True, version=seen)
    assert answer.status_code == 200
    assert 'id="board"' in answer.text
    assert "Pinned: planning again leaves it here." in answer.text
    assert f'data-address="{desk.panel}"' in answer.text


async def test_a_promise_is_noted_and_dropped(desk: Desk) -> None:
    for promised in (True, False):
        seen = await version(desk.roster)
        sent: dict[str, Any] = {"version": seen, "promised": str(promised).lower()}
        await desk.lead.post(desk.act("promise"), on=desk.panel, **sent)
        assert (await desk.row())["promised"] is promised


async def test_a_visit_is_moved_by_day_time_and_worker(desk: Desk) -> None:
    tuesday = at(desk.office.week, 2, time(14, 5))
    sent = {
        "version": await version(desk.roster),
        "day": str(tuesday.date()),
        "time": "14:05",
        "workers": ["W-02"],
    }
    await desk.lead.post(desk.act("move"), on=desk.panel, htmx=True, **sent)
    row = await desk.row()
    assert (row["starts_at"], row["pinned"]) == (tuesday, True)
    assert await desk.workers() == ["W-02"]


@pytest.mark.parametrize("typed", ["9:30", "9.30", "9h30", "9u30", "930", "0930"])
async def test_hurried_times_are_understood(desk: Desk, typed: str) -> None:
    wednesday = at(desk.office.week, 3)
    sent: dict[str, Any] = {"day": str(wednesday.date()), "time": typed, "workers": ["W-01"]}
    seen = await version(desk.roster)
    await desk.lead.post(desk.act("move"), on=desk.panel, version=seen, **sent)
    assert (await desk.row())["starts_at"] == wednesday


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"time": "25:00"}, "Give a time, such as 09:30."),
        ({"time": "23:59"}, "Choose a time on full five minutes"),
        ({"day": "2020-01-06"}, "Choose a day of this week."),
        ({"workers": []}, "Choose a worker of the team."),
        ({"workers": ["W-99"]}, "Choose a worker of the team."),
    ],
)
async def test_a_refused_move_says_why_and_keeps_what_was_typed(
    desk: Desk, wrong: dict[str, object], sentence: str
) -> None:
    before = await desk.row()
    good = {"day": str(desk.office.week), "time": "11:15", "workers": ["W-02"]}
    sent = good | {"version": await version(desk.roster)} | wrong
    answer = await desk.lead.post(desk.act("move"), on=desk.panel, htmx=True, **sent)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert f'value="{sent["time"]}"' in answer.text
    assert await desk.row() == before


async def test_too_late_changes_nothing_and_keeps_what_was_typed(desk: Desk) -> None:
    """The form comes back with the version that stands now, so that sending again works."""
    seen = await version(desk.roster)
    await changed_by_somebody(desk.roster)
    before = await desk.row()
    sent: dict[str, Any] = {"day": str(desk.office.week), "time": "16:10", "workers": ["W-02"]}
    answer = await desk.lead.post(desk.act("move"), on=desk.panel, version=seen, **sent)
    assert answer.status_code == 409
    assert "Somebody changed this week meanwhile" in answer.text
    assert 'value="16:10"' in answer.text
    assert '<option value="W-02" selected>' in answer.text
    assert f'name="version" value="{await version(desk.roster)}"' in answer.text
    assert await desk.row() == before
    assert await desk.workers() == ["W-01"]


async def test_what_a_move_breaks_is_said_and_can_be_undone(desk: Desk) -> None:
    before = await desk.row()
    sunday: dict[str, Any] = {
        "day": str(at(desk.office.week, 7).date()),
        "time": "10:00",
        "workers": ["W-01"],
    }
    seen = await version(desk.roster)
    answer = await desk.lead.post(
        desk.act("move"), on=desk.panel, htmx=True, version=seen, **sunday
    )
    assert answer.status_code == 200
    assert "T-001: W-01 does not work then on Sunday." in answer.text
    await desk.undo(answer.text)
    assert await desk.row() == before


async def test_no_price_names_a_worker_of_another_team(desk: Desk) -> None:
    other = await make.team("ICM", kind="icm")
    await make.worker("W-77", team=other, first_name="Elsewhere")
    asked = {"day": desk.office.week.isoformat(), "time": "10:00"}
    own = await desk.lead.client.get(desk.act("price"), params=asked | {"workers": "W-02"})
    assert own.status_code == 200
    for code in ("W-77", "W-99"):
        answer = await desk.lead.client.get(desk.act("price"), params=asked | {"workers": code})
        assert answer.status_code == 422
        assert "Elsewhere" not in answer.text


async def test_taking_off_puts_it_on_the_waiting_list_and_can_be_undone(desk: Desk) -> None:
    seen = await version(desk.roster)
    answer = await desk.lead.post(desk.act("unplace"), on=desk.panel, htmx=True, version=seen)
    assert (await desk.row())["state"] == "waiting"
    assert f'id="visit-{desk.visit}"' in answer.text
    await desk.undo(answer.text)
    row = await desk.row()
    assert (row["state"], row["starts_at"]) == ("placed", at(desk.office.week))


async def test_calling_off_takes_it_from_the_board_and_closes_the_panel(desk: Desk) -> None:
    seen = await version(desk.roster)
    answer = await desk.lead.post(desk.act("cancel"), on=desk.panel, htmx=True, version=seen)
    assert (await desk.row())["state"] == "cancelled"
    assert 'class="panel"' not in answer.text
    assert f'data-visit="{desk.visit}"' not in answer.text
    assert f'data-address="{desk.office.path}"' in answer.text
    await desk.undo(answer.text)
    assert (await desk.row())["state"] == "placed"


async def test_a_form_without_its_token_does_nothing(desk: Desk) -> None:
    sent = {"version": await version(desk.roster)}
    assert (await desk.lead.client.post(desk.act("cancel"), data=sent)).status_code == 403
    assert (await desk.row())["state"] == "placed"


def _undo_form(page: str) -> dict[str, list[str]]:
    """The fields of the form whose button is 'Undo'."""
    form = page.partition('class="done"')[2].partition("</form>")[0]
    assert "Undo" in form
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="([^"]+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(unescape(value))
    return fields
