"""A bound is never above what a plan costs, and at the plan itself the rows say its exact cost."""

import os
import random
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.engine.bound import generate, relax
from scheduling.engine.compile import compile_problem
from scheduling.engine.proof import Bound, BoundBudget, BoundStatus, lower_bound
from scheduling.engine.solve import solve
from scheduling.instances import canonical, dump_plan, load_plan, validated
from scheduling.plan import Effort, Plan
from scheduling.problem import After, Problem, Seat, Visit
from scheduling.score import score
from tests.scheduling.engine.walked import rounds_of
from tests.scheduling.factories import Feature, problem, random_problem, tenant, visit, worker
from tests.scheduling.plans import after, clean_plan
from tests.scheduling.rules.small import SoftCase
from tests.scheduling.rules.soft_cases import SOFT_CASES

SOFT = ("limit", "visiting", "reserve", "distinct", "spacing")
WHOLE = BoundBudget(iterations=300, closing=100, cases=4)


def crowded(seed: int) -> Problem:
    """A small random week: rules of all sorts, some of them soft, seats one after the other."""
    dice = random.Random(seed)
    asked = random_problem(
        seed,
        workers=dice.randint(1, 4),
        tenants=dice.randint(1, 5),
        visits=dice.randint(1, 9),
        days=dice.choice([2, 5, 7]),
        features=frozenset(f for f in Feature if dice.random() < 0.6),
    )
    weights = {name: dice.choice([None, 0, 3, 40]) for name in SOFT}
    weights |= {"largest_lateness": dice.choice([0, 2]), "travel": dice.choice([1, 1, 2])}
    weights |= {"overload": dice.choice([1, 2, 3]), "rotation": dice.choice([0, 40])}
    held = {pin.visit for pin in asked.pins} | {p.visit for p in asked.published or ()}
    visits = tuple(v if v.code in held else _staggered(v, dice) for v in asked.visits)
    softer = replace(asked, visits=visits, weights=replace(asked.weights, **weights))
    return canonical(validated(softer))


def _staggered(one: Visit, dice: random.Random) -> Visit:
    if dice.random() < 0.6:
        return one
    least = dice.choice([0, 10, one.minutes])
    later = After(least, least + dice.choice([0, 15, 60]))
    others = [
        replace(seat, minutes=dice.choice([None, 20, 60]), after=later) for seat in one.seats[1:]
    ]
    return replace(one, seats=(one.seats[0], *others))


def value_at(asked: Problem, plan: Plan) -> float | None:
    """What the rows say of exactly this plan; None: that it cannot be."""
    c = compile_problem(asked)
    work = relax(c.tables)
    assert work is not None
    for column in rounds_of(c, work.rows, plan):
        work.program.add(column)
    for variable in work.program.variables:
        variable.SetBounds(1, 1)
    return work.program.value() if work.program.solve() else None


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_no_plan_is_cheaper_than_the_bound(seed: int) -> None:
    asked = crowded(seed)
    plan = solve(asked, effort=Effort.QUICK)
    c = compile_problem(asked)
    alone = lower_bound(c).value
    assert alone is not None
    assert alone <= plan.cost
    knowing = lower_bound(c, upper=plan.cost, budget=WHOLE).value
    assert knowing is not None
    assert alone <= knowing <= plan.cost
    if knowing > alone:  # what branching and closing claim, a longer search must not refute
        better = solve(asked, effort=Effort.NORMAL, seed=2)
        assert knowing <= better.cost


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_the_rows_price_every_plan_as_the_judge_does(seed: int) -> None:
    asked = crowded(seed)
    plan = clean_plan(asked, seed)
    assert value_at(asked, plan) == pytest.approx(score(asked, plan).total)


@pytest.mark.parametrize(
    "one",
    [
        pytest.param(one, id=f"{name}: {one.name}".replace(" ", "-"))
        for name, cases in SOFT_CASES.items()
        for one in cases
        if one.bad.placements and name != "waiting"
    ],
)
def test_the_rows_price_every_soft_rule(one: SoftCase) -> None:
    assert value_at(one.problem, one.bad) == pytest.approx(score(one.problem, one.bad).total)


def pair_with_one_worker() -> Problem:
    seats = (Seat(), Seat())
    return problem(
        workers=(worker("w0"),), tenants=(tenant("t1"),), visits=(visit("v0", seats=seats),)
    )


def test_a_pair_is_not_half_served_by_one_worker() -> None:
    asked = canonical(validated(pair_with_one_worker()))
    plan = solve(asked)
    assert plan.placements == ()
    found = lower_bound(compile_problem(asked), upper=plan.cost)
    assert found.status is BoundStatus.OPTIMAL
    assert lower_bound(compile_problem(asked)).value == plan.cost


@pytest.mark.parametrize("seed", [3, 17, 40, 88])
def test_the_same_bound_twice_and_stopped_early_a_lower_one(seed: int) -> None:
    asked = canonical(validated(random_problem(seed, workers=4, tenants=8, visits=16)))
    c = compile_problem(asked)
    plan = solve(asked, effort=Effort.QUICK)
    whole = lower_bound(c, upper=plan.cost)
    assert whole == lower_bound(c, upper=plan.cost)
    told: list[int] = []
    cut = lower_bound(c, upper=plan.cost, should_stop=after(40), progress=told.append)
    assert told == sorted(told)
    assert whole.value is not None
    assert (cut.value or 0) <= whole.value


def test_a_plan_says_what_nobody_could_be_given() -> None:
    asked = problem(
        workers=(worker("w0"),),
        tenants=(tenant("t1"), tenant("t2")),
        visits=(
            visit("v0", tenant="t1"),
            visit("v1", tenant="t2", seats=(Seat(disciplines=("nurse",)),)),
        ),
    )
    plan = solve(asked, effort=Effort.NORMAL)
    assert [one.visit for one in plan.unplaced] == ["v1"]
    assert plan.alone == plan.costs["unplaced"]
    assert plan.bound is not None
    assert plan.alone <= plan.bound <= plan.cost
    assert load_plan(dump_plan(plan)) == plan


def test_nothing_to_plan_costs_nothing() -> None:
    c = compile_problem(problem(workers=(worker("w0"),)))
    assert lower_bound(c, upper=0) == Bound(0, BoundStatus.OPTIMAL)


def test_the_relaxation_is_solved_to_the_point() -> None:
    """What GLOP reaches and what the integers prove differ by less than a point."""
    asked = canonical(validated(random_problem(5, workers=4, tenants=9, visits=18)))
    work = relax(compile_problem(asked).tables)
    assert work is not None
    assert generate(work, most=300, should_stop=lambda: False)
    bound = work.bound()
    assert bound is not None
    assert work.program.solve()
    assert abs(work.program.value() - bound) < 1


IN_PLAIN_PYTHON = """
from scheduling.engine.compile import compile_problem
from scheduling.engine.proof import lower_bound
from tests.scheduling.engine.test_bound import crowded
print([lower_bound(compile_problem(crowded(seed)), upper=9000).value for seed in range(8)])
"""


def test_compiled_or_not_the_bound_is_the_same() -> None:
    outputs = [
        subprocess.run(
            [sys.executable, "-c", IN_PLAIN_PYTHON],
            capture_output=True,
            check=True,
            text=True,
            env=os.environ | {"THUISRONDE_COMPILED": flag},
        ).stdout
        for flag in ("0", "1")
    ]
    assert outputs[0] == outputs[1]
    assert "None" not in outputs[0]
