"""Changing what a team's plans weigh: validated, versioned, on the record, in the next problem."""

from datetime import date
from typing import Any

import pytest

from scheduling.presets import PRESETS, PresetName
from service.database.sql import execute, fetch_all, fetch_one
from service.database.unit_of_work import UnitOfWork
from service.errors import Forbidden, Invalid, NotFound, Stale
from service.rounds.problem import build_problem
from service.rounds.week import read_week
from service.teams.actions import change_weights, set_resource
from service.teams.duties import resources_in_week
from service.teams.queries import team_by_code
from service.teams.states import ResourceKind
from tests.service import factories as make
from tests.service.rounds.scene import THURSDAY, WEEK, Scene, small_team

pytestmark = pytest.mark.anyio


async def _weights(code: str = "ICM") -> Any:
    team = await team_by_code(code)
    assert team is not None
    return team.policy.weights


async def _stored() -> Any:
    return await fetch_one("select policy, version from teams where code = 'ICM'")


async def test_the_next_problem_has_them(rolled_back: UnitOfWork) -> None:
    scene = await small_team(tenants=1)
    version = await change_weights(scene.lead, "ICM", weights={"limit": 90, "travel": 3})
    assert version == 2
    team = await team_by_code("ICM")
    assert team is not None
    problem = build_problem(await read_week(team, WEEK, now=THURSDAY))
    assert (problem.weights.limit, problem.weights.travel) == (90, 3)
    assert problem.weights.not_primary == PRESETS[PresetName.ICM].weights.not_primary


async def test_steps_add_up_and_can_be_taken_back(rolled_back: UnitOfWork) -> None:
    scene = await small_team(tenants=1)
    await change_weights(scene.lead, "ICM", weights={"limit": 90})
    await change_weights(scene.lead, "ICM", weights={"travel": 3}, preset="crisis")
    found = await _weights()
    assert (found.limit, found.travel) == (90, 3)
    assert found.visiting == PRESETS[PresetName.CRISIS].weights.visiting
    await change_weights(scene.lead, "ICM", weights={"limit": None}, reset=["travel"])
    found = await _weights()
    assert (found.limit, found.travel) == (None, 1)
    await change_weights(scene.lead, "ICM", preset="general", reset=["limit"])
    assert (await _weights()).visiting is None


async def test_bad_fields_are_named_and_nothing_changes(rolled_back: UnitOfWork) -> None:
    await small_team(tenants=1)
    before = await _stored()
    with pytest.raises(Invalid) as refused:
        await change_weights(
            None,
            "ICM",
            preset="night",
            weights={"travl": 1, "travel": -1, "rotation": None},
            reset=["limits"],
        )
    assert set(refused.value.fields) == {"preset", "travl", "travel", "rotation", "limits"}
    assert await _stored() == before


async def test_who_may_and_which_version(rolled_back: UnitOfWork) -> None:
    scene = await small_team(tenants=1)
    other = await make.account("lead-act", role="team_lead", team=await make.team("ACT"))
    worker = await make.account("worker", role="worker", team=scene.team)
    with pytest.raises(NotFound):
        await change_weights(other, "ICM", weights={"travel": 3})
    with pytest.raises(Forbidden):
        await change_weights(worker, "ICM", weights={"travel": 3})
    with pytest.raises(Stale):
        await change_weights(scene.lead, "ICM", weights={"travel": 3}, expected_version=9)


async def test_it_is_on_the_record(rolled_back: UnitOfWork) -> None:
    scene = await small_team(tenants=1)
    await change_weights(scene.lead, "ICM", weights={"travel": 3})
    (row,) = await fetch_all("select account_id, detail from audit_entries")
    assert row["account_id"] == scene.lead.account
    assert '"travel": 3' in row["detail"]


@pytest.fixture
async def scene(rolled_back: UnitOfWork) -> Scene:
    return await small_team(tenants=1)


async def _set(scene: Scene, available: int, starts_on: date) -> None:
    await set_resource(
        scene.lead,
        "ICM",
        code="car",
        kind=ResourceKind.CAR,
        available=available,
        starts_on=starts_on,
    )


async def test_resources_change_from_a_day_on(scene: Scene) -> None:
    await _set(scene, 2, date(2026, 1, 1))
    await _set(scene, 1, date(2026, 12, 7))
    for week, count in ((WEEK, 2), (date(2026, 12, 7), 1)):
        assert [one.count for one in await resources_in_week(scene.team, week)] == [count]
    await _set(scene, 3, date(2026, 12, 7))
    assert [one.count for one in await resources_in_week(scene.team, date(2026, 12, 7))] == [3]
    with pytest.raises(Invalid):
        await _set(scene, 3, date(2026, 6, 1))
    await execute("set constraints all immediate")


async def test_a_resource_that_ends_within_the_week_is_not_counted(scene: Scene) -> None:
    await _set(scene, 2, date(2026, 1, 1))
    await _set(scene, 0, date(2026, 12, 2))
    assert await resources_in_week(scene.team, WEEK) == ()
