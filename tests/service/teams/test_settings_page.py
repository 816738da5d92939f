"""The page of a team's settings: what it shows, keeps, previews and refuses."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from service import clock
from service.database.sql import execute, fetch_value
from service.people.states import AgreementPreset
from service.teams.duty_rules import OnHolidays
from service.teams.policy import TeamPolicy, default_policy, policy_changes, read_policy
from service.teams.states import DutyKind, TeamKind
from tests.service.rounds.readers import Reader, office, reading
from tests.support.database import Server

pytestmark = pytest.mark.anyio
PATH = "/teams/ACT/settings"
TYPED: dict[str, Any] = {
    "version": "1",
    "name": "Team ACT",
    "kind": "act",
    "caseload": "rotation",
    "days_shown": ["1", "2"],
    "opening": "9:00-17:00",
    "reserve_minutes": "60",
    "reserve_weekdays": ["1", "2"],
    "gap_days": "1",
    "lunch": "11:30-14:00",
    "lunch_minutes": "30",
    "tenants_per_worker": "10",
    "weights_preset": "act",
    "seen_days": "14",
    "share_tolerance_percent": "10",
    "carry_weeks": "4",
    "carry_cap_minutes": "240",
}
DUTY: dict[str, Any] = {
    "version": "1",
    "kind": "evening",
    "weekdays": ["1", "5"],
    "from_time": "20:00",
    "to_time": "8:00",
    "on_holidays": "also",
}


@pytest.fixture
async def lead(database: Server, tmp_path: Path) -> AsyncIterator[Reader]:
    """The lead of team ACT, who reads English."""
    await office()
    await execute("update accounts set language = 'en'")
    async with reading(tmp_path, "lead") as lead:
        yield lead


async def stored() -> TeamPolicy:
    return read_policy(TeamKind.ACT, await fetch_value("select policy from teams"))


def hidden(seen: str) -> dict[str, Any]:
    """What a form sends back of what was seen."""
    return {
        name: re.search(rf'name="{name}" value="([^"]*)"', seen)[1]  # type: ignore[index]
        for name in ("version", "seen", "known")
    }


async def test_a_lead_says_what_workers_do_themselves_and_how_many_tenants_they_have(
    lead: Reader,
) -> None:
    seen = (await lead.get(PATH)).text
    assert 'href="/safety/ACT"' in seen
    assert 'name="tenants_per_worker" type="number" value="10"' in seen
    for named in ("Workers plan their own visits", "Workers enter their own absences"):
        assert named in seen
    refused = await lead.post(PATH, on=PATH, **TYPED | {"tenants_per_worker": "0"})
    assert refused.status_code == 422
    assert 'id="tenants_per_worker-error"' in refused.text
    own = {"tenants_per_worker": "14", "workers_plan_own": "true"}
    assert (await lead.post(PATH, on=PATH, **TYPED | own)).status_code == 303
    policy = await stored()
    assert policy.tenants_per_worker == 14
    assert (policy.workers_plan_own, policy.own_absences) == (True, False)


async def test_every_setting_has_its_field_or_its_page(lead: Reader) -> None:
    """All that planning reads of a team is here; `grid` and single weights are not for leads."""
    seen = (await lead.get(PATH)).text
    names = set(re.findall(r'name="([a-z0-9_]+)"', seen))
    shown = {"opening_from": "opening", "opening_to": "opening", "meetings": "meeting_1"}
    for name in set(TeamPolicy.__struct_fields__) - {"grid", "weights", "duties", "presets"}:
        assert shown.get(name, name) in names, name
    for part in ("duty/new", *(f"preset/{one}" for one in default_policy(TeamKind.ACT).presets)):
        assert f'href="{PATH}/{part}"' in seen


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"lunch": "at noon"}, "lunch"),
        ({"lunch": "11:32-13:00"}, "lunch"),
        ({"lunch": "12:00-12:20", "lunch_minutes": "30"}, "lunch_minutes"),
        ({"lunch_minutes": "31"}, "lunch_minutes"),
        ({"lunch_minutes": "🥪"}, "lunch_minutes"),
        ({"reserve_weekdays": []}, "reserve_weekdays"),
        ({"days_shown": []}, "days_shown"),
        ({"meeting_2": "9-10"}, "meeting_2_days"),
        ({"carry_weeks": "13"}, "carry_weeks"),
        ({"seen_days": "0"}, "seen_days"),
        ({"share_tolerance_percent": "101"}, "share_tolerance_percent"),
    ],
)
async def test_what_the_planner_could_not_use_is_refused_beside_its_field(
    lead: Reader, changed: dict[str, Any], field: str
) -> None:
    for step in ({"step": ""}, {"step": "preview"}):
        refused = await lead.post(PATH, on=PATH, **TYPED | changed | step)
        assert refused.status_code == 422
        assert f'id="{field}-error"' in refused.text


async def test_a_preview_compares_the_week_and_saves_nothing(lead: Reader) -> None:
    sent = TYPED | {"lunch": "", "reserve_minutes": "0", "step": "preview"}
    seen = (await lead.post(PATH, on=PATH, **sent)).text
    assert "What it means" in seen
    assert "now 120 minutes of the team, then 0 minutes of the team" in seen
    room = re.findall(r'<th scope="row">([^<]*)</th><td class="number">([^<]*)<', seen)
    assert dict(room)["Lunch"] != "0 min"
    assert "<strong>0 min</strong>" in seen
    assert await fetch_value("select version from teams") == 1


async def test_a_team_without_lunch_gets_it_back_with_undo(lead: Reader) -> None:
    done = await lead.post(PATH, on=PATH, **TYPED | {"lunch": "", "lunch_minutes": ""})
    assert (await stored()).lunch is None
    step = done.headers["Location"].rpartition("=")[2]
    await lead.post(f"/undo/{step}", on=PATH, next=PATH)
    assert (await stored()).lunch == default_policy(TeamKind.ACT).lunch


async def test_a_duty_is_added_changed_and_taken_out(lead: Reader) -> None:
    new = f"{PATH}/duty/new"
    refused = await lead.post(new, on=new, **DUTY | {"weekdays": [], "from_time": "25:00"})
    assert refused.status_code == 422
    assert 'id="from_time-error"' in refused.text
    assert (await lead.post(new, on=new, **DUTY)).status_code == 303
    (duty,) = (await stored()).duties
    assert (duty.kind, duty.weekdays) == (DutyKind.EVENING, (1, 5))
    assert (duty.from_minute, duty.to_minute) == (1200, 1920)
    assert duty.on_holidays is OnHolidays.ALSO
    twice = await lead.post(new, on=new, **DUTY | {"version": "2", "to_time": "22:00"})
    assert 'id="weekdays-error"' in twice.text

    first = f"{PATH}/duty/1"
    seen = (await lead.get(first)).text
    assert 'name="to_time" type="time" value="08:00"' in seen
    assert "20:00–08:00" in (await lead.get(PATH)).text
    sent = DUTY | hidden(seen) | {"skills": "First aid", "disciplines": "nurse"}
    shown = await lead.post(first, on=first, **sent, step="preview")
    assert "Nobody of the team can have it" in shown.text
    assert (await lead.post(first, on=first, **sent)).status_code == 303
    assert (await stored()).duties[0].skills == ("first_aid",)
    sent = hidden((await lead.get(first)).text)
    assert (await lead.post(f"{first}/remove", on=first, **sent)).status_code == 303
    assert (await stored()).duties == ()
    assert (await lead.get(first)).status_code == 404


async def test_a_preset_is_changed_and_reset(lead: Reader) -> None:
    path = f"{PATH}/preset/act"
    typed: dict[str, Any] = {"contacts": "3", "period_days": "7"}
    typed |= {"longest_gap_days": "4", "minutes": "30"}
    refused = await lead.post(path, on=path, **typed, version="1", must="4")
    assert 'id="must-error"' in refused.text
    shown = await lead.post(path, on=path, **typed, version="1", must="1", step="preview")
    assert "that is 1 h 30 a week for a tenant" in shown.text
    assert (await lead.post(path, on=path, **typed, version="1", must="1")).status_code == 303
    preset = (await stored()).presets[AgreementPreset.ACT]
    assert (preset.contacts, preset.minutes, preset.must) == (3, 30, 1)
    agreement = "/tenants/T-001/edit/agreement/new?choice=act"
    assert 'name="contacts" type="number" value="3"' in (await lead.get(agreement)).text
    sent = hidden((await lead.get(path)).text)
    assert (await lead.post(f"{path}/remove", on=path, **sent)).status_code == 303
    assert (await stored()).presets == default_policy(TeamKind.ACT).presets
    for nowhere in ("custom", "nothing"):
        assert (await lead.get(f"{PATH}/preset/{nowhere}")).status_code == 404


async def test_two_leads_of_one_team_stand_in_each_others_way_only_where_they_meet(
    lead: Reader,
) -> None:
    main = hidden((await lead.get(PATH)).text)
    new = f"{PATH}/duty/new"
    first, second = [hidden((await lead.get(new)).text) for _ in range(2)]
    assert (await lead.post(new, on=new, **DUTY | first)).status_code == 303
    assert (await lead.post(PATH, on=PATH, **TYPED | main)).status_code == 303
    other = DUTY | {"kind": "standby"}
    told = await lead.post(new, on=new, **other | second)
    assert told.status_code == 409
    assert "lead changed the duties" in told.text
    assert (await lead.post(new, on=new, **other | hidden(told.text))).status_code == 303
    assert len((await stored()).duties) == 2


async def test_another_kind_of_team_fits_by_its_settings_alone(lead: Reader) -> None:
    """An outreach team of evenings: no lunch, no reserve, Thursday to Sunday, its own presets."""
    typed = TYPED | {
        "kind": "support",
        "days_shown": ["4", "5", "6", "7"],
        "opening": "17:00-22:00",
        "lunch": "",
        "reserve_minutes": "0",
        "reserve_weekdays": [],
        "caseload": "continuity",
        "planned": "true",
        "open_on_holidays": "true",
        "weights_preset": "outreach",
        "seen_days": "28",
        "meeting_1": "16:30-17:00",
        "meeting_1_days": "4",
    }
    assert (await lead.post(PATH, on=PATH, **typed)).status_code == 303
    assert await fetch_value("select kind from teams") == "support"
    policy = read_policy(TeamKind.SUPPORT, await fetch_value("select policy from teams"))
    assert (policy.lunch, policy.reserve_minutes, policy.seen_days) == (None, 0, 28)
    assert (policy.opening_from, policy.opening_to) == (1020, 1320)
    assert policy.weights_preset == "outreach"
    again = read_policy(TeamKind.SUPPORT, policy_changes(TeamKind.SUPPORT, policy))
    assert again == policy
    monday = clock.today().isoformat()
    assert (await lead.get(f"/board/ACT/{monday}")).status_code in (200, 303)
