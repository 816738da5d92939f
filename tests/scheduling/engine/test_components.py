"""Teams that share nothing are planned apart; whatever they share keeps them together."""

import random
import sys
from dataclasses import replace
from typing import Any

import pytest

from scheduling.check import check
from scheduling.engine.components import components
from scheduling.engine.effort import Budget
from scheduling.engine.improve import Cycle
from scheduling.engine.solve import Progress, solve
from scheduling.instances import dump_plan, validated
from scheduling.problem import Pin, Placement, Problem, Resource, Seat
from scheduling.score import score
from scheduling.weights import Weights
from tests.scheduling.factories import problem, tenant, visit, worker
from tests.scheduling.shuffling import shuffled

BRIEF = Budget(starts=(Cycle(40),), cycles=(Cycle(80),), rounds=1, master=5, bound=20)


def teams(*names: str, each: int = 6, **more: Any) -> Problem:
    """Teams of two people and `each` visits: a skill says who is of which team."""
    workers, tenants, visits = [], [], []
    for name in names:
        workers += [worker(f"{name}{i}", skills=(name,), max_visits=2) for i in range(2)]
        for i in range(each):
            tenants.append(tenant(f"t-{name}{i}"))
            seats = (Seat(skills=(name,)),) * (2 if i == 0 else 1)
            visits.append(visit(f"v-{name}{i}", tenant=f"t-{name}{i}", minutes=60, seats=seats))
    parts = {"workers": tuple(workers), "tenants": tuple(tenants), "visits": tuple(visits)}
    return validated(problem(**(parts | more)))


def codes(parts: tuple[Problem, ...]) -> list[set[str]]:
    return [{one.code for one in part.visits} for part in parts]


def with_skill(week: Problem, code: str, skill: str) -> Problem:
    """Somebody works for another team, too."""
    return replace(
        week,
        workers=tuple(
            replace(one, skills=(*one.skills, skill)) if one.code == code else one
            for one in week.workers
        ),
    )


def test_each_team_is_a_part_with_its_own_people() -> None:
    parts = components(teams("a", "b", "c"), smallest=3)
    assert [{one.code for one in part.workers} for part in parts] == [
        {"a0", "a1"}, {"b0", "b1"}, {"c0", "c1"}
    ]  # fmt: skip
    assert [len(part.tenants) for part in parts] == [6, 6, 6]
    for part in parts:
        validated(part)


def test_whoever_works_for_two_teams_joins_them() -> None:
    week = with_skill(teams("a", "b", "c"), "a0", "b")
    assert [len(found) for found in codes(components(week, smallest=3))] == [12, 6]


def test_a_tenant_a_car_a_pin_and_a_published_crew_join_teams() -> None:
    week = teams("a", "b")
    assert len(components(week, smallest=3)) == 2
    first, second = week.visits[0], week.visits[-1]
    of_both = replace(second, tenant=first.tenant)
    assert len(components(replace(week, visits=(*week.visits[:-1], of_both)), smallest=3)) == 1
    cars = replace(
        week,
        resources=(Resource(code="car", count=1),),
        visits=tuple(
            replace(one, resources=("car",)) if one in (first, second) else one
            for one in week.visits
        ),
    )
    assert len(components(cars, smallest=3)) == 1
    pin = Pin(visit="v-a1", workers=("b0",))
    assert len(components(replace(week, pins=(pin,)), smallest=3)) == 1
    was = Placement(visit="v-a1", day=0, start=600, workers=("b0",))
    assert len(components(replace(week, published=(was,)), smallest=3)) == 1


@pytest.mark.parametrize(
    "tie",
    [{"reserve": (0, 0, 60, 0, 0)}, {"weights": Weights(largest_lateness=1)}],
    ids=["reserve", "largest lateness"],
)
def test_a_rule_about_everybody_keeps_all_together(tie: dict[str, Any]) -> None:
    week = teams("a", "b", **tie)
    assert components(week, smallest=3) == (week,)


def test_small_teams_stay_together_and_nobody_is_lost() -> None:
    week = teams("a", "b", "c", "d")
    idle = worker("z", carried=600, overload_after=60)
    week = replace(week, workers=(*week.workers, idle), tenants=(*week.tenants, tenant("t-z")))
    parts = components(week, smallest=10)
    assert [len(found) for found in codes(parts)] == [12, 12]
    for people in ("workers", "tenants", "visits"):
        named = [one.code for part in parts for one in getattr(part, people)]
        assert sorted(named) == sorted(one.code for one in getattr(week, people))
    assert components(week) == (week,)


def apart(monkeypatch: pytest.MonkeyPatch, smallest: int = 3) -> list[int]:
    """Let even small teams be planned apart; collects how many parts each solve had."""
    counted: list[int] = []

    def cut(week: Problem) -> tuple[Problem, ...]:
        parts = components(week, smallest=smallest)
        counted.append(len(parts))
        return parts

    monkeypatch.setattr(sys.modules["scheduling.engine.solve"], "components", cut)
    return counted


def test_parts_add_up_to_a_plan_of_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    week = teams("a", "b", "c", each=24)  # more than 2 x 5 days x 2 visits: some are left out
    together = solve(week, budget=BRIEF)
    counted = apart(monkeypatch)
    moments: list[Progress] = []

    def watch(moment: Progress) -> None:
        moments.append(moment)
        if len(moments) == 1:
            first = moment.snapshot()
            assert len(first.placements) + moment.unplaced == len(week.visits)
            assert first.cost == moment.cost

    plan = solve(week, budget=BRIEF, on_progress=watch)
    assert counted == [3]
    assert check(week, plan) == ()
    assert plan.cost == score(week, plan).total
    assert plan.unplaced
    assert all(one.reasons for one in plan.unplaced)
    assert plan.bound is not None
    assert plan.bound <= min(plan.cost, together.cost)
    costs = [moment.cost for moment in moments]
    assert costs == sorted(costs, reverse=True)
    assert moments[-1].iteration == moments[-1].iterations == plan.iterations


def test_parts_are_the_same_again_for_shuffled_input(monkeypatch: pytest.MonkeyPatch) -> None:
    apart(monkeypatch)
    week = teams("a", "b", each=8)
    other = shuffled(week, random.Random(4))
    assert dump_plan(solve(other, budget=BRIEF)) == dump_plan(solve(week, budget=BRIEF))


def test_the_clock_is_shared_out_and_a_stop_ends_all_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    counted = apart(monkeypatch)
    week = teams("a", "b", each=8)
    plan = solve(week, seconds=0.6)
    assert not plan.reproducible
    assert check(week, plan) == ()
    stopped = solve(week, should_stop=lambda: True)
    assert check(week, stopped) == ()
    assert counted == [2, 2]
