"""A worker's published week: the next stop first, what went stays visible, nobody else's."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from service import clock
from service.clock import BRUSSELS
from service.database.sql import execute
from service.database.unit_of_work import unit_of_work
from tests.service import factories as make
from tests.service.feeds.published import publish
from tests.service.rounds.readers import Office, office, reading
from tests.support.counting import counted_statements
from tests.support.database import Server
from tests.support.web import person

MONDAY = datetime(2026, 11, 30, 9, 10, tzinfo=BRUSSELS)
WEEK = MONDAY.date()
WEEK_PATH = f"/my-week/{WEEK}"


async def _published(at_work: Office) -> None:
    """A pair at 9:30, one alone at 11:00, and on Tuesday one that was called off."""
    first, second = at_work.tenants[:2]
    ward = await make.place(kind="hospital", street_fr="Rue du Dahlia", house_number="7")
    await make.stay(tenant=first, place=ward, kind="hospital", access_note="third floor")
    await _publish(at_work, first, MONDAY.replace(minute=30), place=ward, workers=2)
    await _publish(at_work, second, MONDAY.replace(hour=11, minute=0))
    tuesday = MONDAY + timedelta(days=1)
    await _publish(at_work, second, tuesday)
    async with unit_of_work():
        for table in ("published_stops", "published_visits"):
            await execute(
                f"update {table} set state = 'cancelled', cancelled_at = now()"
                " where starts_at = $1",
                tuesday,
            )


async def _publish(
    at_work: Office,
    tenant: int,
    starts_at: datetime,
    *,
    place: int | None = None,
    workers: int = 1,
) -> None:
    await publish(
        team=at_work.team,
        workers=at_work.workers[:workers],
        starts_at=starts_at,
        tenant=tenant,
        place=place,
    )


async def test_the_next_stop_comes_first_with_everything_needed_at_the_door(
    database: Server, tmp_path: Path
) -> None:
    with clock.stopped(MONDAY.astimezone(UTC)):
        at_work = await office()
        await _published(at_work)
        async with reading(tmp_path, "worker") as worker:
            seen = (await worker.get("/my-week")).text
    first = seen.partition('class="next')[2].partition("</section>")[0]
    for shown in (
        "Next, 09:30",
        "in 20 min",
        "T-001",
        "with Amina2",
        "Rue du Dahlia 7",
        "third floor",
    ):
        assert shown in first
    assert "Hidden" not in seen


async def test_a_cancelled_stop_is_struck_and_never_the_next(
    database: Server, tmp_path: Path
) -> None:
    with clock.stopped((MONDAY + timedelta(hours=5)).astimezone(UTC)):
        at_work = await office()
        await _published(at_work)
        async with reading(tmp_path, "worker") as worker:
            seen = (await worker.get(WEEK_PATH)).text
    assert 'class="next' not in seen
    assert "<s>09:10</s>" in seen
    assert "cancelled" in seen


async def test_what_is_not_published_is_not_shown(database: Server, tmp_path: Path) -> None:
    at_work = await office()
    async with reading(tmp_path, "worker") as worker:
        seen = (await worker.get(f"/my-week/{at_work.week}")).text
    assert "Nothing published for this week" in seen


async def test_the_lead_sees_a_workers_week_and_another_lead_does_not(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office()
    await _published(at_work)
    other = await make.team("ICM", kind="icm")
    await person("stranger", ("team_lead", other))
    path = f"/workers/W-01/week/{WEEK}"
    async with reading(tmp_path, "lead") as lead:
        seen = await lead.get(path)
        assert seen.status_code == 200
        assert "T-001" in seen.text
        assert "Amina1" in seen.text
    async with reading(tmp_path, "stranger") as stranger:
        assert (await stranger.get(path)).status_code == 404


async def test_a_shared_workers_stops_are_shown_to_each_team_without_the_others(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office()
    other = await make.team("ICM", kind="icm")
    shared = at_work.workers[0]
    await make.membership(worker=shared, team=other)
    place = await make.place(street_fr="Rue du Muguet")
    theirs = await make.tenant("T-900", team=other, place=place)
    await _publish(at_work, at_work.tenants[0], MONDAY)
    await publish(
        team=other, workers=(shared,), starts_at=MONDAY.replace(hour=14), tenant=theirs, place=place
    )
    await person("icm-lead", ("team_lead", other))
    path = f"/workers/W-01/week/{WEEK}"
    seen = {}
    for login in ("lead", "icm-lead", "coordinator"):
        async with reading(tmp_path, login) as reader:
            seen[login] = (await reader.get(path)).text
    async with reading(tmp_path, "worker") as worker:
        seen["worker"] = (await worker.get(WEEK_PATH)).text
    shown = {login: ("T-001" in html, "T-900" in html) for login, html in seen.items()}
    assert shown == {
        "lead": (True, False),
        "icm-lead": (False, True),
        "coordinator": (True, True),
        "worker": (True, True),
    }
    assert "Rue du Muguet" not in seen["lead"]


async def test_any_day_leads_to_its_monday(database: Server, tmp_path: Path) -> None:
    await office()
    async with reading(tmp_path, "worker") as worker:
        answer = await worker.get("/my-week/2026-12-03")
    assert answer.headers["location"] == WEEK_PATH


async def test_an_account_without_a_worker_is_told_whom_to_ask(
    database: Server, tmp_path: Path
) -> None:
    await office()
    async with reading(tmp_path, "lead") as lead:
        seen = await lead.get("/my-week")
    assert seen.status_code == 200
    assert "ask your administrator" in seen.text


async def test_more_stops_ask_no_more_of_the_database(database: Server, tmp_path: Path) -> None:
    at_work = await office()
    counts = []
    async with reading(tmp_path, "worker") as worker:
        for hour in (9, 11, 14):
            starts_at = MONDAY.replace(hour=hour)
            await publish(
                team=at_work.team,
                workers=at_work.workers[:1],
                starts_at=starts_at,
                tenant=at_work.tenants[0],
            )
            await worker.get(WEEK_PATH)
            with counted_statements() as counted:
                assert (await worker.get(WEEK_PATH)).text.count('class="my-stop') >= 1
            counts.append(counted.statements)
    assert counts == [counts[0]] * 3
