"""A plan run from the click to the published week, with a real child process."""

from datetime import timedelta

import pytest

from scheduling.weeks import monday_of
from service import clock
from service.database.sql import fetch_all, fetch_one, fetch_value
from service.jobs.worker import run_worker
from service.rounds.actions import publish_roster, start_plan_run
from service.rounds.queries import my_week, roster_board
from service.rounds.states import Effort
from tests.service.rounds.scene import small_team
from tests.support.database import Server

pytestmark = pytest.mark.anyio


async def test_a_run_ends_as_the_draft_and_is_published(database: Server) -> None:
    scene = await small_team()
    week = monday_of(clock.today()) + timedelta(weeks=1)
    run = await start_plan_run(scene.lead, team="ICM", week=week, effort=Effort.QUICK)
    await run_worker(wait=False)
    row = await fetch_one("select * from plan_runs where id = $1", run)
    assert row is not None
    assert (row["state"], row["error"], row["attempts"]) == ("done", None, 1)
    assert row["applied_at"] is not None
    placed = await fetch_value("select count(*) from visits where state = 'placed'")
    assert placed == 6
    version = await fetch_value("select version from rosters")
    publication = await publish_roster(scene.lead, team="ICM", week=week, expected_version=version)
    assert publication.revision == 1
    assert len(publication.changes) == 6
    stops = await fetch_all("select * from published_stops where state = 'confirmed'")
    assert len(stops) == 6
    board = await roster_board(scene.lead, team="ICM", week=week)
    assert (board.capacity.asked, board.capacity.placed, board.capacity.waiting) == (6, 6, 0)
    assert board.capacity.reserve_kept
    assert board.changes_since_published == 0
    assert sum(len(cell.visits) for row in board.rows for cell in row.cells) == 6
    assert all(
        visit.travel_before is not None
        for row in board.rows
        for cell in row.cells
        for visit in cell.visits
    )
    assert board.run is not None
    assert board.run.id == run
    first = board.rows[0]
    week_of_first = await my_week(scene.lead, worker=first.worker, week=week)
    assert sum(len(stops) for _, stops in week_of_first.days) == sum(
        len(cell.visits) for cell in first.cells
    )
