"""A thousand random weeks: no plan breaks a rule, and every price is the judge's.

`THUISRONDE_RANDOM_WEEKS=1000` makes it a thousand, as CI does; without it there are fewer.
"""

import os
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.check import check
from scheduling.engine.effort import Budget
from scheduling.engine.improve import Cycle
from scheduling.engine.solve import solve
from scheduling.errors import InvalidProblem, RejectedPlan
from scheduling.instances import canonical, dump_problem, load_problem, problem_hash
from scheduling.plan import COST_RULES, Plan, ReasonCode
from scheduling.problem import Pin, Problem
from scheduling.score import score
from tests.scheduling.engine.drafts import constructed, plan_of
from tests.scheduling.factories import problem, tenant, visit, worker
from tests.scheduling.random_problems import Oddity, random_week

WEEKS = int(os.environ.get("THUISRONDE_RANDOM_WEEKS", "240"))
PARTS = 12
BRIEF = Budget(starts=(Cycle(30),), cycles=(Cycle(60),), rounds=1, master=5)


def planned(week: Problem, seed: int) -> Plan:
    """The plan of a week, judged once more by somebody other than the planner itself."""
    try:
        plan = solve(week, budget=BRIEF, seed=seed)
    except RejectedPlan as error:
        raise AssertionError(f"random week {seed}: {error}") from error
    assert check(week, plan) == (), f"random week {seed}"
    price = score(week, plan)
    assert (plan.cost, dict(plan.costs)) == (price.total, dict(price.costs)), f"random week {seed}"
    placed, left_out = {p.visit for p in plan.placements}, {one.visit for one in plan.unplaced}
    assert placed | left_out == {v.code for v in week.visits}, f"random week {seed}"
    assert all(one.reasons for one in plan.unplaced), f"random week {seed}"
    return plan


@pytest.mark.parametrize("part", range(PARTS))
def test_no_plan_of_a_random_week_breaks_a_rule(part: int) -> None:
    for seed in range(part, WEEKS, PARTS):
        planned(random_week(seed), seed)


SMALL = st.builds(
    random_week,
    seed=st.integers(WEEKS, 1_000_000),
    workers=st.integers(1, 4),
    tenants=st.integers(1, 5),
    visits=st.integers(1, 9),
)


@given(SMALL)
@settings(max_examples=WEEKS // 6)
def test_nor_of_weeks_that_hypothesis_looks_for(week: Problem) -> None:
    """Few people and few visits, so that a failure is one that can be read."""
    planned(week, 1)


@pytest.mark.parametrize("oddity", Oddity)
def test_nor_of_an_odd_week(oddity: Oddity) -> None:
    for seed in range(max(4, WEEKS // 60)):
        plan = planned(random_week(seed, oddity=oddity), seed)
        if oddity in NOBODY_COMES:
            assert plan.placements == ()
        if oddity is Oddity.PAIRS_FOR_ONE_WORKER:
            assert plan.placements == ()
            assert all(one.reasons[-1].code in ALONE for one in plan.unplaced)


NOBODY_COMES = {Oddity.NO_WORKERS, Oddity.NO_VISITS, Oddity.NO_TENANTS, Oddity.ALL_ABSENT}
ALONE = set(ReasonCode) - {ReasonCode.CONFLICT, ReasonCode.PRICE, ReasonCode.HOURS}


def test_random_weeks_use_every_rule_and_place_about_half() -> None:
    """A generator whose weeks never cost anything by a rule would prove nothing about it."""
    charged: Counter[str] = Counter()
    visits = placed = together = apart = 0
    for seed in range(400):
        week = random_week(seed)
        plan = plan_of(constructed(week))
        charged.update(name for name, cost in score(week, plan).costs.items() if cost)
        visits += len(week.visits)
        placed += len(plan.placements)
        together += sum(len(p.workers) > 1 for p in plan.placements)
        apart += sum(any(p.offsets) for p in plan.placements)
    assert set(charged) == set(COST_RULES)
    assert visits // 3 < placed < visits
    assert together > 100
    assert apart > 30


def test_random_weeks_survive_being_written_down() -> None:
    for seed in range(60):
        week = random_week(seed)
        again = load_problem(dump_problem(week))
        assert again == canonical(week)
        assert problem_hash(again) == problem_hash(week)


def test_contradictory_pins_are_refused_in_random_weeks_too() -> None:
    """Two visits pinned to one worker and the same minutes."""
    refused = 0
    for seed in range(60):
        week = replace(random_week(seed), pins=(), now=None)
        single = [
            v for v in week.visits if len(v.seats) == 1 and not v.fixed and v.fixed_day is None
        ]
        if len(single) < 2 or not week.workers:
            continue
        who = week.workers[0].code
        pins = tuple(Pin(visit=v.code, day=0, start=600, workers=(who,)) for v in single[:2])
        with pytest.raises(InvalidProblem, match=rf"{pins[0].visit}|{pins[1].visit}"):
            solve(replace(week, pins=pins), budget=BRIEF)
        refused += 1
    assert refused > 20


def test_nothing_at_all() -> None:
    for week in (problem(), problem(workers=(worker("w1"),)), problem(tenants=(tenant("t1"),))):
        assert planned(week, 1).placements == ()
    lonely = problem(tenants=(tenant("t1"),), visits=(visit("v1"),))
    assert planned(lonely, 1).cost == 2000
