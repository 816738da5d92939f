"""The page of the meeting: codes until names are asked for, in a fixed number of statements."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from service import clock
from service.database.sql import execute, fetch_all, fetch_value
from service.safety.rounds import judge_everybody
from tests.service import factories as make
from tests.service.rounds.readers import Office, Reader, office, reading
from tests.support.counting import counted_statements
from tests.support.database import Server


@pytest.fixture
async def team(database: Server) -> Office:
    return await office(tenants=3)


@pytest.fixture
async def lead(team: Office, tmp_path: Path) -> AsyncIterator[Reader]:
    assert team
    async with reading(tmp_path, "lead") as reader:
        yield reader


async def test_codes_until_names_are_asked_for_and_that_is_written_down(lead: Reader) -> None:
    page = (await lead.get("/morning/ACT")).text
    assert "T-001" in page
    assert "Hidden" not in page
    assert "Özgür" not in page
    answer = await lead.post("/morning/ACT/names", on="/morning/ACT", names="true")
    assert answer.status_code == 303
    assert "Hidden1" in (await lead.get("/morning/ACT")).text
    assert "Hidden" not in (await lead.get("/board")).text
    kept = await fetch_all(
        "select detail->>'names' as names from audit_entries where object_id = 'morning'"
        " order by id"
    )
    assert [row["names"] for row in kept][-1] == "true"
    assert kept[0]["names"] == "false"
    await lead.post("/morning/ACT/names", on="/morning/ACT", names="false")
    assert "Hidden" not in (await lead.get("/morning/ACT")).text


async def test_alerts_come_first_then_who_waits_longest(team: Office, lead: Reader) -> None:
    await execute("delete from encounters where tenant = $1", team.tenants[2])
    await make.encounter(
        tenant=team.tenants[2], team=team.team, starts_at=clock.now() - timedelta(days=30)
    )
    await make.encounter(
        tenant=team.tenants[1],
        team=team.team,
        starts_at=clock.now() - timedelta(hours=3),
        outcome="not_home",
    )
    await execute("update agreements set longest_gap_days = 5 where tenant = $1", team.tenants[1])
    await judge_everybody()
    page = (await lead.get("/morning/ACT")).text
    rows = [page.index(f'data-row="t-{code}"') for code in ("T-003", "T-002", "T-001")]
    assert rows == sorted(rows)
    assert "30 days without a sign of life" in page
    assert "not home" in page.lower()
    assert await fetch_value("select count(*) from contact_alerts") == 1


async def test_a_larger_team_asks_no_more_statements(team: Office, lead: Reader) -> None:
    await lead.get("/morning/ACT")
    with counted_statements() as few:
        await lead.get("/morning/ACT")
    for n in range(4, 12):
        tenant = await make.tenant(f"T-{n:03d}", team=team.team)
        await make.agreement(tenant=tenant)
    with counted_statements() as many:
        page = await lead.get("/morning/ACT")
    assert "11 tenants" in page.text
    assert many.statements == few.statements
