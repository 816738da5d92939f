"""The demonstration's coming week, as the planner gets it: of a real size, and mostly placeable."""

from datetime import UTC, date, datetime

from scheduling.check import check
from scheduling.engine.effort import Budget, Cycle
from scheduling.engine.solve import solve
from service import clock
from service.database.unit_of_work import UnitOfWork
from service.demo.actions import fill
from service.rounds.problem import build_problem
from service.rounds.week import read_week
from service.teams.queries import team_by_code

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
NEXT_WEEK = date(2026, 11, 23)
SHORT = Budget(starts=(Cycle(300),), cycles=(Cycle(300),), rounds=1, master=5)


async def test_each_team_s_week_is_of_a_real_size_and_most_of_it_can_be_placed(
    rolled_back: UnitOfWork,
) -> None:
    with clock.stopped(NOW):
        await fill(seed=1)
    waiting = 0
    for code in ("ACT", "ICM"):
        team = await team_by_code(code)
        assert team is not None
        facts = await read_week(team, NEXT_WEEK, now=NOW)
        assert facts.nowhere == ()
        problem = build_problem(facts)
        asked = len(problem.visits)
        assert 25 <= asked <= 60
        assert len({visit.kind for visit in problem.visits}) >= 4
        assert any(len(visit.seats) == 2 for visit in problem.visits)
        overdue = sum(visit.overdue_days > 0 for visit in problem.visits)
        assert 1 <= overdue <= asked // 3
        plan = solve(problem, budget=SHORT)
        assert check(problem, plan) == ()
        assert len(plan.placements) >= 0.8 * asked
        waiting += len(plan.unplaced)
        if code == "ACT":
            assert {duty.day for duty in problem.duties} == set(range(7))
            assert len(plan.duties) == len(problem.duties)
            assert len({one.worker for one in plan.duties}) >= 3
        assert [one.code for one in problem.resources] == ["car"]
    assert waiting >= 2
