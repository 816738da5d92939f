"""The search and the judge, written apart, mean the same: neither allows what the other forbids.

`solve` itself refuses a plan that `check` finds fault with or that `score` prices otherwise: a
search that is laxer or counts differently shows as `RejectedPlan`, here and in
`tests/scheduling/engine/test_solve.py`.
"""

import subprocess
import sys
from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.clashes import pin_clashes
from scheduling.engine.solve import solve
from scheduling.errors import InvalidProblem
from scheduling.plan import Effort, Plan
from scheduling.problem import After, Pin, Problem, Seat, StraightLine, Visit
from scheduling.weights import Weights
from tests.scheduling.factories import random_problem
from tests.scheduling.plans import after, clean_plan
from tests.scheduling.random_problems import SOFTENED, random_week
from tests.scheduling.rules.hard_cases import HARD_CASES
from tests.scheduling.rules.small import HardCase, SoftCase
from tests.scheduling.rules.soft_cases import SOFT_CASES

CROWDED = settings(max_examples=40, deadline=None)
ONLY_PLACING_COUNTS = Weights(
    **{field.name: 100_000 * field.name.startswith("unplaced_") for field in fields(Weights)}
)


def forced(problem: Problem, plan: Plan) -> Problem:
    """The problem of exactly this plan: its visits pinned where they are, and nothing else.

    Who comes later in the plan comes exactly so much later in the problem.
    """
    pins = tuple(
        Pin(visit=p.visit, day=p.day, start=p.start, workers=p.workers) for p in plan.placements
    )
    offsets = {p.visit: p.offsets for p in plan.placements}
    visits = tuple(
        _exactly(visit, offsets[visit.code]) for visit in problem.visits if visit.code in offsets
    )
    return replace(problem, pins=pins, visits=visits)


def _exactly(visit: Visit, offsets: tuple[int, ...]) -> Visit:
    if not any(offsets):
        return visit
    seats = [
        replace(seat, after=After(offset, offset))
        for seat, offset in zip(visit.seats[1:], offsets[1:], strict=True)
    ]
    return replace(visit, seats=(visit.seats[0], *seats))


def places(plan: Plan) -> set[tuple[str, int, int, frozenset[str], tuple[int, ...]]]:
    """Placements whatever the order of the workers."""
    return {
        (p.visit, p.day, p.start, frozenset(p.workers), p.offsets if any(p.offsets) else ())
        for p in plan.placements
    }


def crews(problem: Problem, plan: Plan) -> set[tuple[str, int, int, frozenset[tuple[str, Seat]]]]:
    """Placements whatever the order of equal seats."""
    seats = {visit.code: visit.seats for visit in problem.visits}
    return {
        (p.visit, p.day, p.start, frozenset(zip(p.workers, seats[p.visit], strict=True)))
        for p in plan.placements
    }


@CROWDED
@given(st.integers(0, 10_000))
def test_the_search_can_make_every_plan_the_judge_lets_pass(seed: int) -> None:
    asked = random_problem(seed, workers=2 + seed % 4, tenants=1 + seed % 6, visits=2 + seed % 13)
    clean = clean_plan(asked, seed)
    only = replace(forced(asked, clean), weights=ONLY_PLACING_COUNTS)
    found = solve(only, effort=Effort.QUICK, should_stop=after(20))
    assert places(found) == places(clean)


@pytest.mark.parametrize("seed", range(60))
def test_the_search_can_make_every_clean_plan_of_a_random_week(seed: int) -> None:
    """Also at night, one after the other, with soft limits; where ways are as short as detours.

    (Else a visit may be reached by way of another one only, which the search does not try.)
    """
    asked = random_week(seed, workers=4, tenants=5, visits=9)
    asked = replace(asked, pins=(), duties=(), now=None)
    asked = replace(asked, matrix=None, straight_line=StraightLine())
    clean = clean_plan(asked, seed)
    soft = {name: 0 for name in SOFTENED if getattr(asked.weights, name) is not None}
    only = replace(forced(asked, clean), weights=replace(ONLY_PLACING_COUNTS, **soft))
    found = solve(only, effort=Effort.QUICK, should_stop=after(20))
    assert places(found) == places(clean)


ALLOWED = [
    pytest.param(problem, plan, id=f"{name}: {one.name}, {kind}".replace(" ", "-"))
    for name, cases in HARD_CASES.items()
    for one in cases
    for kind, problem, plan in (("good", one.problem, one.good), ("lifted", one.lifted, one.bad))
    if problem is not None and plan.placements and problem.grid == 5
]
# a pin waives windows and the past and holds no seat's start; what contradicts a pin or the grid is
# no valid problem; duties are staffed before the search begins
NOT_FORCED = frozenset(
    {"unknown", "once", "grid", "seats", "window", "fixed", "past", "pin", "after", "duty", "rest"}
)
FORBIDDEN = [
    pytest.param(one, id=f"{name}: {one.name}".replace(" ", "-"))
    for name, cases in HARD_CASES.items()
    for one in cases
    if name not in NOT_FORCED
]


@pytest.mark.parametrize(("problem", "plan"), ALLOWED)
def test_the_search_places_what_a_rule_allows(problem: Problem, plan: Plan) -> None:
    only = forced(problem, plan)
    found = solve(only, effort=Effort.QUICK, should_stop=after(20))
    assert places(found) == places(plan)


@pytest.mark.parametrize("one", FORBIDDEN)
def test_the_search_leaves_out_what_a_rule_forbids(one: HardCase) -> None:
    only = forced(one.problem, one.bad)
    if list(pin_clashes(only)):
        with pytest.raises(InvalidProblem):
            solve(only, effort=Effort.QUICK)
        return
    found = solve(only, effort=Effort.QUICK, should_stop=after(20))
    assert not crews(only, one.bad) <= crews(only, found)


@pytest.mark.parametrize(
    ("name", "one"),
    [
        pytest.param(name, one, id=f"{name}: {one.name}".replace(" ", "-"))
        for name, cases in SOFT_CASES.items()
        for one in cases
        if one.bad.placements
    ],
)
def test_the_search_prices_as_the_judge_does(name: str, one: SoftCase) -> None:
    """With leaving out too dear, the forced plan is made; its price was compared on the way."""
    weights = replace(one.problem.weights, **dear())
    only = replace(forced(one.problem, one.bad), weights=weights)
    found = solve(only, effort=Effort.QUICK, should_stop=after(20))
    assert places(found) == places(one.bad)
    assert found.costs[name] == one.cost


def dear() -> dict[str, int]:
    """The prices of leaving out, so high that every move is cheaper."""
    names = [field.name for field in fields(Weights) if field.name.startswith("unplaced_")]
    return dict.fromkeys(names, 100_000)


def test_the_judge_knows_nothing_of_the_search() -> None:
    loaded = (
        "import scheduling.check, scheduling.score, scheduling.changes, sys; print(*sys.modules)"
    )
    run = subprocess.run(  # a fresh process: this one has loaded the engine already
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True
    )
    names = run.stdout.split()
    assert "scheduling.rules.reading" in names
    assert [name for name in names if name.startswith(("scheduling.engine", "ortools"))] == []
