"""The board as pages show it: what stands where, for whom, in which language."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from service import clock
from service.database.sql import execute
from service.rounds.overview import week_to_plan
from tests.service import factories as make
from tests.service.rounds.drafted import at, roster, visit
from tests.service.rounds.readers import Office, office, reading
from tests.support.counting import counted_statements
from tests.support.database import Server


async def test_a_week_without_roster_offers_its_first_step_to_the_lead_alone(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office()
    async with reading(tmp_path, "lead") as lead:
        seen = (await lead.get(at_work.path)).text
    assert "No roster for this week yet" in seen
    assert f'action="{at_work.path}/plan"' in seen
    async with reading(tmp_path, "worker") as worker:
        seen = (await worker.get(at_work.path)).text
    assert "No roster for this week yet" in seen
    assert "/plan" not in seen


async def _drafted(at_work: Office) -> tuple[int, int]:
    """A pair on Monday and somebody who waits; returns both visits."""
    made = await roster(at_work.team, at_work.week)
    pair = await visit(
        made,
        at_work.tenants[0],
        workers=at_work.workers[:2],
        starts_at=at(at_work.week, 1, time(10, 15)),
        pinned=True,
        promised=True,
        overdue_days=12,
    )
    reasons = '[{"code": "role", "left": 9}, {"code": "travel", "left": 0}]'
    waits = await visit(made, at_work.tenants[1], overdue_days=3, reasons=reasons)
    return pair, waits


async def test_a_visit_shows_code_time_place_partner_and_signs(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office()
    pair, _ = await _drafted(at_work)
    async with reading(tmp_path, "lead") as lead:
        seen = (await lead.get(at_work.path)).text
    for row in ("W-01", "W-02"):
        assert f'id="visit-{pair}-{row}"' in seen
    card = seen.partition(f'id="visit-{pair}-W-01"')[2].partition("</li>")[0]
    for shown in ("10:15", "T-001", "Jette", "45′", "with ", "Pinned", "Promised", "12 d"):
        assert shown in card
    assert ">W-01" not in card, "the row's own code is no partner"


async def test_a_day_to_scale_ties_the_two_of_a_pair_and_has_the_boards_words(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office()
    pair, _ = await _drafted(at_work)
    async with reading(tmp_path, "coordinator") as reader:
        seen = (await reader.get(f"{at_work.path}/day/{at_work.week}")).text
        beyond = await reader.get(f"{at_work.path}/day/{at_work.week + timedelta(days=7)}")
    drawing = seen.partition('class="scale-scroll"')[2].partition("</div>")[0]
    assert drawing.count(f"?visit={pair}") == 2
    assert drawing.count('class="scale-tie') == 1
    assert "with Amina2" in drawing
    assert "T-001" in drawing
    for word in ("at work", "not at work", "two workers together", "Home visit", "lunch"):
        assert f"{word}</li>" in seen
    assert "Hidden" not in seen
    assert beyond.status_code == 404


async def test_names_are_shown_only_to_who_asks_and_never_streets(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office()
    await _drafted(at_work)
    async with reading(tmp_path, "lead") as lead:
        before = (await lead.get(at_work.path)).text
        answer = await lead.post("/board/view", on=at_work.path, names="true", next=at_work.path)
        assert answer.headers["location"] == at_work.path
        after = (await lead.get(at_work.path)).text
    assert "Hidden1" not in before
    assert "Özgür Hidden1" in after
    assert "Secret" not in before + after


async def test_the_reason_for_waiting_is_a_sentence_with_its_number(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office()
    _, waits = await _drafted(at_work)
    async with reading(tmp_path, "lead") as lead:
        seen = (await lead.get(at_work.path)).text
        panel = (await lead.get(f"{at_work.path}?visit={waits}")).text
    sentence = "Nobody gets there and back inside the working hours (0 of 9 ways are left)."
    assert sentence in seen.partition('class="waiting')[2].partition("</aside>")[0]
    assert sentence in panel.partition('id="panel"')[2]
    assert "discipline and skills" in panel


@pytest.mark.parametrize(
    ("language", "name", "monday"),
    [("nl", "Sint-Jans-Molenbeek", "ma"), ("fr", "Molenbeek-Saint-Jean", "lun.")],
)
async def test_places_and_days_are_in_the_readers_language(
    database: Server, tmp_path: Path, language: str, name: str, monday: str
) -> None:
    at_work = await office()
    await _drafted(at_work)
    await make.municipality("21012", fr="Molenbeek-Saint-Jean", nl="Sint-Jans-Molenbeek")
    await execute("update places set municipality = '21012'")
    await execute("update accounts set language = $1", language)
    async with reading(tmp_path, "lead") as lead:
        seen = (await lead.get(at_work.path)).text
    assert name in seen
    assert f"<span>{monday}</span>" in seen


async def test_readers_get_no_form_that_changes_the_week(database: Server, tmp_path: Path) -> None:
    at_work = await office()
    pair, _ = await _drafted(at_work)
    for login in ("worker", "coordinator"):
        async with reading(tmp_path, login) as reader:
            answer = await reader.get(f"{at_work.path}?visit={pair}")
        assert answer.status_code == 200
        assert 'class="panel"' in answer.text
        for verb in ("pin", "unpin", "promise", "move", "unplace", "cancel", "plan", "publish"):
            assert f"/{verb}" not in answer.text.partition("<main")[2]
        assert "Only the team's lead changes the week." in answer.text


async def test_an_unknown_visit_or_one_of_another_week_is_not_found(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office()
    await _drafted(at_work)
    elsewhere = await roster(await make.team("ICM", kind="icm"), at_work.week)
    other = await visit(elsewhere, at_work.tenants[0])
    async with reading(tmp_path, "lead") as lead:
        assert (await lead.get(f"{at_work.path}?visit={other}")).status_code == 404
        assert (await lead.get(f"{at_work.path}?visit=999999")).status_code == 404
        assert (await lead.get(f"{at_work.path}?visit=T-001")).status_code == 400


async def test_any_day_leads_to_its_monday(database: Server, tmp_path: Path) -> None:
    at_work = await office()
    thursday = at_work.week + timedelta(days=3)
    async with reading(tmp_path, "lead") as lead:
        answer = await lead.get(f"/board/ACT/{thursday}")
    assert (answer.status_code, answer.headers["location"]) == (303, at_work.path)


async def test_whoever_has_one_board_is_led_to_it_and_others_choose(
    database: Server, tmp_path: Path
) -> None:
    await office()
    await make.team("ICM", kind="icm")
    await make.team("HOUS", kind="housing")
    async with reading(tmp_path, "lead") as lead:
        led = await lead.get("/board")
        chosen = await lead.get("/board?every=true")
    assert led.headers["location"].startswith("/board/ACT/")
    assert "Team ICM" not in chosen.text
    async with reading(tmp_path, "coordinator") as coordinator:
        answer = await coordinator.get("/board")
    assert answer.status_code == 200
    assert "Team ACT" in answer.text
    assert "Team ICM" in answer.text
    assert "HOUS" not in answer.text


async def test_a_board_with_more_visits_asks_no_more_of_the_database(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office(workers=3, tenants=6)
    made = await roster(at_work.team, at_work.week)
    counts = []
    async with reading(tmp_path, "lead") as lead:
        await lead.post("/board/view", on=at_work.path, names="true", next=at_work.path)
        for n in range(3):
            await visit(
                made,
                at_work.tenants[n],
                workers=(at_work.workers[n],),
                starts_at=at(at_work.week, n + 1),
            )
            await visit(made, at_work.tenants[n + 3])
            await lead.get(at_work.path)
            with counted_statements() as counted:
                assert (await lead.get(at_work.path)).status_code == 200
            counts.append(counted.statements)
    assert counts[0] > 0
    assert counts == [counts[0]] * 3


async def test_the_list_of_boards_asks_the_same_for_one_team_and_three(
    database: Server, tmp_path: Path
) -> None:
    await office()
    counts = []
    async with reading(tmp_path, "coordinator") as coordinator:
        for code in ("ICM", "MOB", "ACT2"):
            await make.team(code, kind="icm")
            await coordinator.get("/board")
            with counted_statements() as counted:
                await coordinator.get("/board")
            counts.append(counted.statements)
    assert counts == [counts[0]] * 3


@pytest.mark.parametrize(
    ("day", "monday"),
    [(25, date(2026, 11, 23)), (26, date(2026, 11, 30)), (29, date(2026, 11, 30))],
)
def test_the_week_to_plan_is_the_next_one_from_thursday_on(day: int, monday: date) -> None:
    with clock.stopped(datetime(2026, 11, day, 12, tzinfo=UTC)):
        assert week_to_plan() == monday


async def test_who_has_no_share_is_not_measured_against_nothing(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office(workers=3)
    await _drafted(at_work)
    await execute(
        "update workers set may_go_alone = false, counts_as_second = false where code = 'W-03'"
    )
    await execute("update workers set visiting_share_percent = 0 where code = 'W-02'")
    await execute("update accounts set language = 'en'")
    async with reading(tmp_path, "lead") as lead:
        seen = (await lead.get(at_work.path)).text
    told = [part.partition("</th>")[0] for part in seen.split('class="worker-hours')[1:]]
    assert "0 min of 0 min" not in seen
    assert "<progress" in told[0]
    assert "45 min, no share this week" in told[1]
    assert "comes along, has no share" in told[2]
    assert all("<progress" not in one for one in told[1:])
