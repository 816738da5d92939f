"""Duties on pages: in the board's rows, waiting for somebody, on the way out, on the own week."""

from datetime import timedelta
from pathlib import Path

from service.database.sql import execute, fetch_value
from service.jobs.worker import run_worker
from tests.service.rounds.drafted import version
from tests.service.rounds.readers import Office, office, reading
from tests.support.database import Server

EVENING = (
    '{"kind": "evening", "weekdays": [1], "from_minute": 1020, "to_minute": 1320,'
    ' "disciplines": %s}'
)


async def _asks(at_work: Office, disciplines: str) -> None:
    await execute(
        "update teams set policy = jsonb_set(policy, '{duties}', jsonb_build_array($2::jsonb))"
        " where id = $1",
        at_work.team,
        EVENING % disciplines,
    )


async def test_a_duty_goes_from_the_board_to_the_worker_s_week(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office(tenants=1)
    await _asks(at_work, "[]")
    publish = f"{at_work.path}/publish"
    async with reading(tmp_path, "lead") as lead:
        await lead.post(f"{at_work.path}/plan", on=at_work.path, effort="quick")
        await run_worker(wait=False)
        holder = await fetch_value(
            "select w.first_name from duty_slots d join workers w on w.id = d.worker"
        )
        await execute("update duty_slots set worker = (select min(id) from workers)")
        board = (await lead.get(at_work.path)).text
        assert "Evening duty" in board
        assert "17:00–22:00" in board
        preview = (await lead.get(publish)).text
        assert "2 changes go out" in preview
        assert "Amina1 (W-01)" in preview
        seen = await version(await fetch_value("select id from rosters"))
        await lead.post(publish, on=publish, version=seen)
        await execute("update duty_slots set worker = null, held = false")
        board = (await lead.get(at_work.path)).text
        assert "nobody is on duty" in board
        assert "<del>Amina1 (W-01)</del>" in (await lead.get(publish)).text
    assert holder in {"Amina1", "Amina2"}
    async with reading(tmp_path, "worker") as worker:
        mine = (await worker.get(f"/my-week/{at_work.week}")).text
        assert "Evening duty" in mine
        assert "22:00" in mine
        after = (await worker.get(f"/my-week/{at_work.week + timedelta(days=7)}")).text
        assert "Evening duty" not in after


async def test_a_duty_that_nobody_can_have_waits_on_the_board(
    database: Server, tmp_path: Path
) -> None:
    at_work = await office(tenants=1)
    await _asks(at_work, '["nurse"]')
    async with reading(tmp_path, "lead") as lead:
        await lead.post(f"{at_work.path}/plan", on=at_work.path, effort="quick")
        await run_worker(wait=False)
        assert "nobody is on duty" in (await lead.get(at_work.path)).text
        assert "1 change goes out" in (await lead.get(f"{at_work.path}/publish")).text
