"""Desks of drafts: what a step leaves standing is not read again, and nothing is answered by it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from scheduling.desk import Desk
from service import clock
from service.database.unit_of_work import UnitOfWork
from service.rounds import desks
from service.rounds.actions import add_visit, move_visit, pin_visit, promise_visit, unplace_visit
from service.rounds.desks import DraftDesk, desk_of, drafted_plan, drafted_problem
from service.rounds.week import WeekFacts, read_week
from service.teams.facts import TeamFacts
from service.teams.queries import team_by_code
from tests.service import factories as make
from tests.service.rounds.drafted import at, roster, visit
from tests.service.rounds.readers import office, reading
from tests.service.rounds.scene import (
    THURSDAY,
    WEEK,
    Scene,
    three_placed,
)
from tests.support.counting import counted_statements
from tests.support.database import Server

pytestmark = pytest.mark.anyio


@pytest.fixture
async def scene(rolled_back: UnitOfWork) -> AsyncIterator[Scene]:
    made = await three_placed()
    with clock.stopped(THURSDAY):
        yield made


async def _team() -> TeamFacts:
    team = await team_by_code("ICM")
    assert team is not None
    return team


async def _is_as_read_anew(found: DraftDesk) -> None:
    facts = await read_week(await _team(), WEEK, now=clock.now())
    problem = drafted_problem(facts)
    assert found.facts.draft == facts.draft
    assert drafted_problem(found.facts) == problem
    assert found.desk.plan == drafted_plan(facts, problem)


async def test_the_desk_after_a_step_knows_what_stands_around_the_draft(scene: Scene) -> None:
    team = await _team()
    first = await desk_of(team, WEEK)
    visit = first.facts.draft[0].id
    with counted_statements() as read:
        assert await desk_of(team, WEEK) is first
    assert read.statements == 1

    async def steps() -> AsyncIterator[int]:
        version = first.roster.version
        version = (await pin_visit(scene.lead, visit, expected_version=version)).version
        yield version
        moved = await move_visit(
            scene.lead,
            visit,
            day=WEEK + timedelta(days=1),
            start=11 * 60,
            workers=("W-002",),
            expected_version=version,
        )
        yield moved.version
        promised = await promise_visit(
            scene.lead, visit, promised=True, expected_version=moved.version
        )
        yield promised.version
        yield (await unplace_visit(scene.lead, visit, expected_version=promised.version)).version

    async for version in steps():
        with counted_statements() as read:
            found = await desk_of(team, WEEK)
        assert found.roster.version == version
        assert read.statements <= 3, "the roster twice and its draft"
        assert found.read_at == first.read_at
        await _is_as_read_anew(found)


async def test_two_who_ask_at_once_wait_for_one_desk(
    database: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work = await office()
    stands = await visit(
        await roster(at_work.team, at_work.week),
        at_work.tenants[0],
        workers=at_work.workers[:1],
        starts_at=at(at_work.week),
    )
    compiled: list[int] = []
    original = desks._compiled

    def counting(facts: WeekFacts, like: Desk | None) -> Desk:
        compiled.append(1)
        return original(facts, like)

    monkeypatch.setattr(desks, "_compiled", counting)
    async with reading(tmp_path, "lead") as lead:
        path = f"{at_work.path}/visits/{stands}/price?day={at_work.week}"
        both = await asyncio.gather(lead.get(f"{path}&time=11:00"), lead.get(f"{path}&time=14:00"))
        assert [answer.status_code for answer in both] == [200, 200]
        assert [answer.json()["time"] for answer in both] == ["11:00", "14:00"]
        assert len(compiled) == 1
        await lead.get(path)
    assert len(compiled) == 1


async def test_a_visit_that_was_added_is_known(scene: Scene) -> None:
    team = await _team()
    first = await desk_of(team, WEEK)
    await add_visit(
        scene.lead,
        team="ICM",
        week=WEEK,
        tenant="T-003",
        day=WEEK + timedelta(days=3),
        start=None,
        minutes=30,
        workers=("W-003",),
    )
    found = await desk_of(team, WEEK)
    assert len(found.facts.draft) == len(first.facts.draft) + 1
    assert found.read_at > first.read_at
    await _is_as_read_anew(found)


async def test_who_opens_the_board_is_answered_by_what_stands_now(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = await _team()
    await desk_of(team, WEEK)
    tuesday = at(WEEK, 2)
    await make.absence(
        worker=scene.workers[0], starts_at=tuesday, ends_at=tuesday + timedelta(hours=4)
    )
    assert not (await desk_of(team, WEEK)).facts.workers[0].away[1]
    monkeypatch.setattr(desks, "FRESH_SECONDS", 0.0)
    assert (await desk_of(team, WEEK, fresh=True)).facts.workers[0].away[1]
    assert (await desk_of(team, WEEK)).facts.workers[0].away[1], "the newer desk is kept"
