"""The forms of a tenant: nothing typed is lost, the second is told, and doors open in time."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from service import clock
from service.database.sql import execute, fetch_all, fetch_value
from service.people.facts import AgreementFacts
from service.people.states import AgreementPreset
from service.rounds.ahead import needs_ahead
from service.teams.hours import Span
from tests.service import factories as make
from tests.service.rounds.readers import reading
from tests.support.database import Server
from tests.support.web import person

AGREEMENT = "/tenants/T-001/edit/agreement/new"


@pytest.fixture
async def team(database: Server) -> int:
    """Team ACT with T-001, who agreed to one visit a week."""
    team = await make.team("ACT")
    worker = await make.worker("W-01", team=team)
    tenant = await make.tenant("T-001", team=team, place=await make.place())
    await make.agreement(tenant=tenant)
    await person("lead", ("team_lead", team), worker=worker)
    await person("worker", ("worker", team))
    await person("coordinator", "coordinator")
    return team


def agreement(**changes: str) -> dict[str, str]:
    known = {
        "version": "1",
        "starts_on": clock.today().isoformat(),
        "contacts": "3",
        "period_days": "7",
        "longest_gap_days": "4",
        "minutes": "45",
        "workers_needed": "1",
        "distinct_workers": "2",
    }
    return known | changes


async def test_what_was_typed_stays_with_the_error_beside_its_field(
    team: int, tmp_path: Path
) -> None:
    async with reading(tmp_path, "lead") as lead:
        answer = await lead.post(
            AGREEMENT,
            on=AGREEMENT,
            **agreement(contacts="many", day_2="noonish", wanted="W-01", minutes="50"),
        )
        assert answer.status_code == 422
        assert 'id="contacts-error"' in answer.text
        assert 'value="noonish"' in answer.text
        assert 'value="50"' in answer.text
        assert 'name="wanted" value="W-01" checked' in answer.text
        answer = await lead.post(AGREEMENT, on=AGREEMENT, **agreement(day_2="noonish"))
        assert answer.status_code == 422
        assert 'id="day_2-error"' in answer.text
    assert await fetch_value("select count(*) from agreements") == 1


async def test_the_second_to_save_is_told_and_can_save_then(team: int, tmp_path: Path) -> None:
    async with reading(tmp_path, "lead") as lead:
        await execute("update tenants set version = 5")
        answer = await lead.post(AGREEMENT, on=AGREEMENT, **agreement())
        assert answer.status_code == 409
        assert "Somebody else was faster" in answer.text
        assert 'name="version" value="5"' in answer.text
        assert 'value="3"' in answer.text
        answer = await lead.post(AGREEMENT, on=AGREEMENT, **agreement(version="5"))
        assert answer.status_code == 303
        shown = await lead.get(answer.headers["Location"])
        assert "Added." in shown.text
        undo = answer.headers["Location"].rpartition("=")[2]
        back = await lead.post(f"/undo/{undo}", on="/tenants/T-001", next="/tenants/T-001")
        assert "Undone" in (await lead.get(back.headers["Location"])).text
    assert await fetch_value("select ends_on from agreements") is None


async def test_a_preview_saves_nothing(team: int, tmp_path: Path) -> None:
    async with reading(tmp_path, "lead") as lead:
        answer = await lead.post(AGREEMENT, on=AGREEMENT, **agreement(step="preview"))
        assert answer.status_code == 200
        assert "What the next weeks ask" in answer.text
        assert "3 times" in answer.text
    assert await fetch_value("select count(*) from agreements") == 1


async def test_a_preset_fills_the_form(team: int, tmp_path: Path) -> None:
    async with reading(tmp_path, "lead") as lead:
        seen = (await lead.get(f"{AGREEMENT}?choice=stable")).text
    assert 'id="longest_gap_days" name="longest_gap_days" type="number" value="21"' in seen


async def test_weeks_ahead_follow_what_is_typed(team: int) -> None:
    tenant = await fetch_value("select id from tenants")
    lead = await person("another", ("team_lead", team))
    weeks = await needs_ahead(lead, tenant=tenant, teams=frozenset({team}))
    assert [len(week.needs) for week in weeks] == [1, 1, 1, 1]
    crisis = AgreementFacts(
        id=0,
        preset=AgreementPreset.CRISIS,
        span=Span(weeks[2].monday, None),
        contacts=5,
        period_days=7,
        longest_gap_days=1,
        minutes=30,
    )
    weeks = await needs_ahead(lead, tenant=tenant, teams=frozenset({team}), agreement=crisis)
    assert [len(week.needs) for week in weeks] == [1, 1, 5, 5]


async def test_a_depot_is_due_once_in_its_interval(team: int) -> None:
    tenant = await fetch_value("select id from tenants")
    lead = await person("another", ("team_lead", team))
    monday = clock.today() - timedelta(days=clock.today().weekday())
    await make.series(tenant=tenant, interval_days=14, anchor_on=monday + timedelta(days=8))
    weeks = await needs_ahead(lead, tenant=tenant, teams=frozenset({team}))
    assert [sum(need.series is not None for need in week.needs) for week in weeks] == [0, 1, 0, 1]


@pytest.mark.parametrize(("days", "status"), [(13, 200), (14, 200), (15, 404), (-1, 200)])
async def test_an_assignment_opens_the_page_two_weeks_before_it_begins(
    team: int, tmp_path: Path, days: int, status: int
) -> None:
    await execute("update assignments set starts_on = $1", clock.today() + timedelta(days=days))
    async with reading(tmp_path, "worker") as worker:
        assert (await worker.get("/tenants/T-001")).status_code == status
        assert (await worker.get("/tenants/T-001/history")).status_code == status
        assert (await worker.get("/tenants/T-001/edit/series/new")).status_code == status
        assert ("T-001" in (await worker.get("/tenants")).text) == (status == 200)
    async with reading(tmp_path, "coordinator") as coordinator:
        assert (await coordinator.get("/tenants/T-001")).status_code == 200
        assert "T-001" in (await coordinator.get("/tenants")).text


async def test_somebody_new_is_found_at_once_by_a_folded_name(team: int, tmp_path: Path) -> None:
    sent = {
        "first_name": "Özgür",
        "last_name": "Ünal",
        "birth_date": "1981-05-06",
        "gender": "x",
        "languages": "tr",
        "funder": "cocom",
        "referred_on": clock.today().isoformat(),
        "team": "ACT",
        "starts_on": clock.today().isoformat(),
    }
    async with reading(tmp_path, "lead") as lead:
        answer = await lead.post("/tenants/new", on="/tenants/new", **sent)
        assert answer.status_code == 303
        assert answer.headers["Location"].startswith("/tenants/T-002")
        found = await lead.post("/tenants", on="/tenants", q="ozgur")
        assert "T-002" in found.text
        assert "To come" in found.text
        assert "T-001" not in found.text


async def test_reading_boards_and_workers_is_written_down_once_a_day(
    team: int, tmp_path: Path
) -> None:
    async with reading(tmp_path, "coordinator") as reader:
        for _ in range(2):
            await reader.get("/workers/W-01")
            monday = clock.today() - timedelta(days=clock.today().weekday())
            await reader.get(f"/workers/W-01/week/{monday}")
    rows = await fetch_all(
        "select object_kind, count(*)::int as times from audit_entries"
        " where action = 'read' group by object_kind order by 1"
    )
    assert rows == [{"object_kind": "week", "times": 1}, {"object_kind": "worker", "times": 1}]


async def test_housing_officers_read_the_history_of_homes_alone(team: int, tmp_path: Path) -> None:
    tenant = await fetch_value("select id from tenants")
    await person("housing", "housing_officer")
    await make.stay(
        tenant=tenant,
        kind="hospital",
        place=await make.place(kind="hospital"),
        starts_on=clock.today(),
    )
    await make.encounter(tenant=tenant, team=team, starts_at=clock.now() - timedelta(days=1))
    async with reading(tmp_path, "housing") as housing:
        seen = (await housing.get("/tenants/T-001/history")).text
    for hidden in ("hospital", "Agreement", "encounter", "shelter"):
        assert hidden not in seen
    assert "In the caseload of" in seen
    async with reading(tmp_path, "worker") as worker:
        whole = (await worker.get("/tenants/T-001/history")).text
    for shown in ("In hospital", "Agreement", "1 encounter", "In a shelter"):
        assert shown in whole


def _hidden(seen: str) -> dict[str, str]:
    """What a form sends back of what was seen."""
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', seen)[1]  # type: ignore[index]
        for name in ("version", "seen", "known")
    }


async def test_a_change_of_another_part_stands_in_nobodys_way(team: int, tmp_path: Path) -> None:
    person_form = "/tenants/T-001/edit/person/own"
    async with reading(tmp_path, "lead") as lead:
        seen = _hidden((await lead.get(AGREEMENT)).text)
        form = (await lead.get(person_form)).text
        named = {"birth_date": "1980-01-02", "gender": "x", "first_name": "Ann", "last_name": "B"}
        named |= {"referred_on": "2020-01-01", "accepted_on": "2020-01-02"}
        done = await lead.post(person_form, on=person_form, **named, **_hidden(form))
        assert done.status_code == 303
        done = await lead.post(AGREEMENT, on=AGREEMENT, **agreement(**seen))
        assert done.status_code == 303
    assert await fetch_value("select version from tenants") == 3


async def test_a_change_of_the_same_part_is_told_with_who_and_what(
    team: int, tmp_path: Path
) -> None:
    await execute("update accounts set language = 'en'")
    later = {"starts_on": (clock.today() + timedelta(days=3)).isoformat()}
    async with reading(tmp_path, "lead") as lead, reading(tmp_path, "worker") as worker:
        seen = _hidden((await lead.get(AGREEMENT)).text)
        other = await worker.post(
            AGREEMENT, on=AGREEMENT, **agreement(contacts="2", minutes="90", version="1")
        )
        assert other.status_code == 303
        told = await lead.post(AGREEMENT, on=AGREEMENT, **agreement(**seen, **later))
        assert told.status_code == 409
        assert "worker agreed on support" in told.text
        assert "now 90 minutes, you typed 45 minutes" in told.text
        assert "now 2, you typed 3" in told.text
        assert "Save all the same" in told.text
        done = await lead.post(AGREEMENT, on=AGREEMENT, **agreement(**_hidden(told.text), **later))
        assert done.status_code == 303
    assert await fetch_value("select count(*) from agreements") == 3


async def test_lifting_without_a_reason_says_so_beside_that_field(
    team: int, tmp_path: Path
) -> None:
    tenant = await fetch_value("select id from tenants")
    await make.safety_flag(tenant=tenant, reason="the first reason")
    form = "/tenants/T-001/edit/flag/own"
    async with reading(tmp_path, "lead") as lead:
        sent = _hidden((await lead.get(form)).text)
        answer = await lead.post(f"{form}/remove", on=form, **sent)
        assert answer.status_code == 422
        assert 'id="lift_reason-error"' in answer.text
        assert 'id="reason-error"' not in answer.text
        assert "the first reason" in answer.text
