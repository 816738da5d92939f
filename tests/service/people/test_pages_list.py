"""The list of tenants: longest overdue first, searched without names in addresses, restricted."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from service import clock
from service.database.sql import execute, fetch_all, fetch_value
from service.people.names import name_key
from tests.service import factories as make
from tests.service.feeds.published import publish
from tests.service.rounds.readers import Reader, reading
from tests.support.counting import counted_statements
from tests.support.database import Server
from tests.support.web import person


@pytest.fixture
async def act(database: Server) -> int:
    """Team ACT with a lead and a worker, a housing officer beside, team ICM elsewhere."""
    team = await make.team("ACT")
    worker = await make.worker("W-01", team=team)
    await make.worker("W-02", team=team)
    await person("lead", ("team_lead", team))
    await person("worker", ("worker", team), worker=worker)
    await person("housing", "housing_officer")
    await person("coordinator", "coordinator")
    await make.team("ICM", kind="icm")
    return team


async def _tenant(
    team: int, first: str, last: str, *, met_days_ago: int, primary: int | None = None
) -> int:
    """Somebody who chose a contact at least every ten days, last met then."""
    made = await make.tenant(
        team=team,
        primary=primary,
        first_name=first,
        last_name=last,
        name_key=name_key(first=first, last=last),
    )
    await make.agreement(tenant=made, contacts=2, longest_gap_days=10)
    await make.encounter(
        tenant=made, team=team, starts_at=clock.now() - timedelta(days=met_days_ago), workers=(1,)
    )
    return made


@pytest.fixture
async def three(act: int) -> tuple[int, ...]:
    return (
        await _tenant(act, "Özgür", "Aydın", met_days_ago=3),
        await _tenant(act, "Élodie", "Baert", met_days_ago=31),
        await _tenant(act, "Jan", "Çelik", met_days_ago=14),
    )


@pytest.fixture
async def lead(three: tuple[int, ...], tmp_path: Path) -> AsyncIterator[Reader]:
    assert three
    async with reading(tmp_path, "lead") as reader:
        yield reader


def _codes(page: str) -> list[str]:
    return re.findall(r'href="/tenants/(T-\d+)"', page)


async def test_longest_overdue_comes_first(lead: Reader) -> None:
    seen = (await lead.get("/tenants")).text
    assert _codes(seen) == ["T-002", "T-003", "T-001"]
    rows = seen.split("<tr>")[2:]
    assert "21 days" in rows[0]
    assert "4 days" in rows[1]
    assert "2 times a week" in rows[0]
    assert "at most 10 days apart" in rows[0]
    assert "W-01" in rows[0]
    assert "hourglass" not in rows[2]
    assert "late" not in rows[2]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ozgur", ["T-001"]),
        ("AYDIN özgür", ["T-001"]),
        ("elod", ["T-002"]),
        ("celik", ["T-003"]),
        ("t-003", ["T-003"]),
        ("%", []),
        ("nobody here", []),
    ],
)
async def test_search_folds_and_stays_out_of_the_address(
    lead: Reader, typed: str, found: list[str]
) -> None:
    answer = await lead.post("/tenants", on="/tenants", q=typed)
    assert answer.status_code == 200
    assert answer.url.query == b""
    assert _codes(answer.text) == found
    if not found:
        assert "Nobody found" in answer.text


async def test_a_name_in_the_address_finds_nothing_more(lead: Reader) -> None:
    """Search is a form only: a name must not stand in a log."""
    assert len(_codes((await lead.get("/tenants?q=ozgur")).text)) == 3


async def test_mine_only_are_those_one_is_responsible_for(
    three: tuple[int, ...], tmp_path: Path
) -> None:
    await execute("update assignments set primary_worker = 1 where tenant = $1", three[0])
    await execute("update assignments set backup_worker = 1 where tenant = $1", three[2])
    async with reading(tmp_path, "worker") as worker:
        answer = await worker.post("/tenants", on="/tenants", mine="true")
    assert sorted(_codes(answer.text)) == ["T-001", "T-003"]


async def test_a_team_sees_its_own_and_the_coordinator_filters(
    act: int, three: tuple[int, ...], tmp_path: Path
) -> None:
    elsewhere = await _tenant(act + 1, "Nora", "Elsewhere", met_days_ago=50)
    assert elsewhere
    async with reading(tmp_path, "lead") as reader:
        assert "T-004" not in _codes((await reader.get("/tenants")).text)
    async with reading(tmp_path, "coordinator") as reader:
        assert _codes((await reader.get("/tenants")).text)[0] == "T-004"
        assert _codes((await reader.get("/tenants?team=ICM")).text) == ["T-004"]
    assert len(three) == 3


async def test_housing_officers_see_homes_and_flags_and_nothing_of_support(
    act: int, three: tuple[int, ...], tmp_path: Path
) -> None:
    await make.safety_flag(tenant=three[0], review_on=clock.today())
    await publish(
        team=act, workers=(2,), starts_at=clock.now() + timedelta(hours=3), tenant=three[0]
    )
    async with reading(tmp_path, "housing") as housing:
        seen = (await housing.get("/tenants")).text
    assert _codes(seen) == ["T-001", "T-002", "T-003"]
    assert "two workers" in seen
    assert "review due" in seen
    for support in ("Overdue", "Last contact", "Agreed", "Next visit", "21 days", "secret", "W-02"):
        assert support not in seen.partition("<main")[2]


async def test_what_is_not_for_ones_role_is_not_said_to_be_never(
    act: int, three: tuple[int, ...], tmp_path: Path
) -> None:
    """A worker who is a housing officer too lists all tenants, and sees support of the own team."""
    icm = await fetch_value("select id from teams where code = 'ICM'")
    await _tenant(icm, "Zoé", "Dubois", met_days_ago=5)
    worker = await make.worker("W-09", team=act)
    await person("both", ("worker", act), "housing_officer", worker=worker)
    async with reading(tmp_path, "both") as reader:
        seen = (await reader.get("/tenants")).text
    row = seen.partition("/tenants/T-004")[2].partition("</tr>")[0]
    assert row.count("not for your role") >= 3
    for false in ("never", "no agreement", "none"):
        assert false not in row
    assert "not for your role" not in seen.partition("/tenants/T-001")[2].partition("</tr>")[0]


async def test_the_next_published_visit_is_shown_with_who_comes(
    act: int, three: tuple[int, ...], lead: Reader
) -> None:
    starts_at = clock.now() + timedelta(hours=3)
    await publish(team=act, workers=(2,), starts_at=starts_at, tenant=three[0])
    row = (await lead.get("/tenants")).text.partition("/tenants/T-001")[2].partition("</tr>")[0]
    assert starts_at.astimezone(clock.BRUSSELS).strftime("%H:%M") in row
    assert "W-02" in row


async def test_whoever_left_support_is_no_longer_listed(
    three: tuple[int, ...], lead: Reader
) -> None:
    await execute(
        "update tenants set ended_on = $2, end_reason = 'ended' where id = $1",
        three[1],
        clock.today(),
    )
    assert _codes((await lead.get("/tenants")).text) == ["T-003", "T-001"]


async def test_three_tenants_ask_the_database_as_often_as_one(act: int, tmp_path: Path) -> None:
    counts = []
    async with reading(tmp_path, "lead") as reader:
        for n in range(3):
            await _tenant(act, "Jan", f"Peeters{n}", met_days_ago=20 + n)
            await reader.get("/tenants")
            with counted_statements() as counted:
                assert len(_codes((await reader.get("/tenants")).text)) == n + 1
            counts.append(counted.statements)
    assert counts[0] > 0
    assert counts == [counts[0]] * 3


async def test_reading_the_list_leaves_a_trace_without_what_was_typed(
    three: tuple[int, ...], tmp_path: Path
) -> None:
    async with reading(tmp_path, "housing") as housing:
        await housing.get("/tenants")
        await housing.post("/tenants", on="/tenants", q="baert")
    trail = await fetch_all(
        "select a.login, e.action, e.object_kind, e.detail::text from audit_entries e"
        " join accounts a on a.id = e.account_id where e.action = 'list' order by e.id"
    )
    assert [tuple(row.values())[:3] for row in trail] == [("housing", "list", "tenant")] * 3
    assert '"count": 1' in trail[-1]["detail"]
    assert "baert" not in str(trail).lower()
