"""Where a worker must not go: who says so, who reads why, and what the planner makes of it."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from service import clock
from service.database.sql import execute, fetch_one, fetch_value
from service.people.queries import exclusions_in_week
from tests.service import factories as make
from tests.service.rounds.readers import Reader, reading
from tests.support.database import Server
from tests.support.web import person

pytestmark = pytest.mark.anyio
NEW = "/workers/W-01/edit/exclusion/new"
WHY = "a neighbour attacked her"


@pytest.fixture
async def home(database: Server) -> int:
    """T-001 of team ACT at Rue Longue 3, where T-002 lives next door; W-01 and W-02 visit."""
    team, other = await make.team("ACT"), await make.team("ICM", kind="icm")
    amina = await make.worker("W-01", team=team, first_name="Amina")
    karim = await make.worker("W-02", team=team, first_name="Karim")
    at: dict[str, Any] = {
        "street_fr": "Rue Longue",
        "street_nl": "Langestraat",
        "house_number": "3",
    }
    homes = [await make.place(**at, box=box) for box in ("1", "2")]
    for code, place in zip(("T-001", "T-002"), homes, strict=True):
        await make.tenant(code, team=team, place=place)
    await make.tenant("T-009", team=other, place=await make.place(street_fr="Rue Autre"))
    await person("lead", ("team_lead", team), language="en")
    await person("colleague", ("worker", team), worker=karim, language="en")
    await person("herself", ("worker", team), worker=amina, language="en")
    await person("coordinator", "coordinator", language="en")
    await person("stranger", ("team_lead", other), language="en")
    await person("housing", "housing_officer", language="en")
    return homes[0]


@pytest.fixture
async def lead(home: int, tmp_path: Path) -> AsyncIterator[Reader]:
    async with reading(tmp_path, "lead") as lead:
        yield lead


def typed(**changes: str) -> dict[str, Any]:
    known = {"version": "1", "starts_on": clock.today().isoformat(), "reason": WHY}
    return known | changes


async def test_a_lead_keeps_a_worker_out_of_a_whole_building(lead: Reader, home: int) -> None:
    seen = (await lead.get(NEW)).text
    assert re.search(rf'value="home:{home}">Rue Longue 3, [^<]*\(T-001, T-002\)<', seen)
    assert "T-009" not in seen, "a tenant of a team she does not lead"
    assert (await lead.post(NEW, on=NEW, **typed(place=f"home:{home}"))).status_code == 303
    monday = clock.today() - timedelta(days=clock.today().weekday())
    assert (await exclusions_in_week(monday)).worker_place == {
        ("W-01", home),
        ("W-01", home + 1),
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({}, "place"),
        ({"place": "home:1", "refnis": "21004"}, "place"),
        ({"place": "home:999999"}, "place"),
        ({"place": "open:99999"}, "place"),
        ({"place": "🏠"}, "place"),
        ({"refnis": "99999"}, "refnis"),
        ({"refnis": "21004", "reason": "x"}, "reason"),
        ({"refnis": "21004", "starts_on": "31/02/2026"}, "starts_on"),
        ({"refnis": "21004", "ends_on": "2020-01-01"}, "ends_on"),
        ({"refnis": "21004", "review_on": "2020-01-01"}, "review_on"),
        ({"refnis": "21004", "reason": "y" * 1001}, "reason"),
    ],
)
async def test_what_cannot_be_is_refused_beside_its_field(
    lead: Reader, changes: dict[str, str], field: str
) -> None:
    refused = await lead.post(NEW, on=NEW, **typed(**changes))
    assert refused.status_code == 422
    assert f'id="{field}-error"' in refused.text
    assert await fetch_value("select count(*) from exclusions") == 0


async def test_it_is_changed_refused_twice_ended_and_undone(lead: Reader, home: int) -> None:
    await lead.post(NEW, on=NEW, **typed(place=f"home:{home}"))
    twice = await lead.post(NEW, on=NEW, **typed(place=f"home:{home}", version="2"))
    assert 'id="place-error"' in twice.text
    row = f"/workers/W-01/edit/exclusion/{await fetch_value('select id from exclusions')}"
    assert f'value="home:{home}" selected' in (await lead.get(row)).text
    later = typed(place="", refnis="21004", version="2")
    assert (await lead.post(row, on=row, **later)).status_code == 303
    changed = await fetch_one("select place, municipality from exclusions")
    assert changed == {"place": None, "municipality": "21004"}
    ended = await lead.post(f"{row}/remove", on=row, version="3")
    assert await fetch_value("select count(*) from exclusions") == 0
    step = ended.headers["Location"].rpartition("=")[2]
    await lead.post(f"/undo/{step}", on="/workers/W-01", next="/workers/W-01")
    assert await fetch_value("select municipality from exclusions") == "21004"


@pytest.mark.parametrize(
    ("login", "worker", "tenant", "why", "form"),
    [
        ("lead", 200, 200, True, 200),
        ("colleague", 200, 200, False, 403),
        ("herself", 200, 200, False, 403),
        ("coordinator", 200, 200, False, 403),
        ("stranger", 404, 404, False, 404),
        ("housing", 404, 200, False, 404),
    ],
)
async def test_who_reads_that_and_why(
    home: int, tmp_path: Path, login: str, worker: int, tenant: int, why: bool, form: int
) -> None:
    amina = await fetch_value("select id from workers where code = 'W-01'")
    await make.exclusion(worker=amina, place=home, reason=WHY)
    async with reading(tmp_path, login) as reader:
        page = await reader.get("/workers/W-01")
        assert page.status_code == worker
        assert (WHY in page.text) == why
        if worker == 200:
            assert "Rue Longue 3" in page.text
        next_door = await reader.get("/tenants/T-002")
        assert next_door.status_code == tenant
        assert WHY not in next_door.text
        if tenant == 200:
            assert "Not W-01" in next_door.text
            assert "in this building" in next_door.text
        assert (await reader.get(NEW)).status_code == form


async def test_one_from_a_tenant_is_not_changed_here(lead: Reader, home: int) -> None:
    tenant = await fetch_value("select id from tenants where code = 'T-001'")
    amina = await fetch_value("select id from workers where code = 'W-01'")
    row = await make.exclusion(worker=amina, tenant=tenant)
    path = f"/workers/W-01/edit/exclusion/{row}"
    assert (await lead.get(path)).status_code == 404
    assert "secret" not in (await lead.get("/workers/W-01")).text


async def test_a_worker_who_may_not_enter_absences_is_told_whom_to_ask(
    home: int, tmp_path: Path
) -> None:
    boss = await make.worker("W-07", team=1, first_name="Fatima", last_name="Haddad")
    await execute("update teams set policy = '{\"own_absences\": false}'")
    await execute("update accounts set worker = $1 where login = 'lead'", boss)
    async with reading(tmp_path, "herself") as herself:
        page = (await herself.get("/workers/W-01")).text
        assert "Ask Fatima Haddad" in page
        assert "/edit/absence/new" not in page
        refused = await herself.get("/workers/W-01/edit/absence/new")
        assert refused.status_code == 403
        assert "Ask your team lead; for today, call." in refused.text
