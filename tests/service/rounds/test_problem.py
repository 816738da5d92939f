"""Rows become a problem: what is in it, and that nothing personal is."""

from datetime import datetime

import pytest

from scheduling.instances import validated
from scheduling.problem import Problem
from service.database.unit_of_work import UnitOfWork
from service.rounds.problem import build_problem
from service.rounds.week import read_week
from service.teams.queries import team_by_code
from tests.service.rounds.scene import THURSDAY, WEEK, small_team

pytestmark = pytest.mark.anyio


async def _problem(code: str = "ICM", *, now: datetime = THURSDAY) -> Problem:
    team = await team_by_code(code)
    assert team is not None
    return validated(build_problem(await read_week(team, WEEK, now=now)))


async def test_a_week_is_a_valid_problem(rolled_back: UnitOfWork) -> None:
    await small_team()
    problem = await _problem()
    assert [visit.code for visit in problem.visits] == [f"T-00{n}:agr:1" for n in range(1, 7)]
    assert problem.now is None
    assert problem.matrix is not None
