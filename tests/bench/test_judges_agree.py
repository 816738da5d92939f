"""Our judge and the outside one say the same of any plan of the synthetic weeks."""

import copy
import random
from typing import Any

import pytest

from scheduling.check import check
from scheduling.engine.solve import solve
from scheduling.instances import validated
from scheduling.plan import Effort
from scheduling.problem import Problem
from scheduling.score import score
from tests.bench.weeks import Bench, Week, WeekPlan, load_bench, plan_of, problem_of, week_plan_of
from tests.scheduling.plans import after

CASES = [
    *[("XS", seed) for seed in range(1, 5)],
    *[("S", seed) for seed in range(1, 3)],
    *[("T", seed) for seed in range(1, 3)],
    ("M", 1),
]


@pytest.fixture(scope="module")
def bench() -> Bench:
    return load_bench()


def random_place(week: Week, visit: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """Somewhere, often sensible: its team, its tenant's hours, its fixed slot."""
    team = [w["id"] for w in week["workers"] if w["team"] == visit["team"]]
    crowd = [w["id"] for w in week["workers"]] if rng.random() < 0.03 else team
    day, start = rng.randrange(week["days"]), rng.randrange(570, 960, week["grid"])
    if visit["fixed"] and rng.random() < 0.9:
        day, start = visit["fixed"]
    workers = rng.sample(crowd, min(len(crowd), len(visit["need"])))
    return {"day": day, "start": start, "workers": workers}


def mutated(week: Week, plan: WeekPlan, rng: random.Random) -> WeekPlan:
    """One visit of the plan a little elsewhere, or gone, or with somebody else, or malformed."""
    changed = copy.deepcopy(plan)
    if not changed:
        return changed
    code = rng.choice(sorted(changed))
    one = changed[code]
    roll = rng.randrange(8)
    if roll == 0:
        del changed[code]
    elif roll == 1:
        one["start"] += rng.choice([-7, -1, 1, 3])
    elif roll <= 4:
        one["start"] += rng.choice([-120, -60, -30, -15, -5, 5, 15, 30, 60, 120])
    elif roll == 5:
        one["day"] = rng.randrange(-1, week["days"] + 1)
    elif roll == 6:
        one["workers"][0] = rng.choice([w["id"] for w in week["workers"]])
    else:
        one["workers"] = rng.choice([[], one["workers"] * 2, ["nobody"], one["workers"][::-1]])
    return changed


def assert_agreement(
    bench: Bench, week: Week, problem: Problem, plan: WeekPlan, published: WeekPlan | None
) -> bool:
    """Same verdict; same cost, rule by rule, wherever the outside judge prices what we price.

    Of a malformed placement it drops the visit without a price; of a visit outside a worker's day
    it prices a walk that ours does not. Returns whether the plan is clean.
    """
    ours = plan_of(problem, plan)
    assert week_plan_of(ours) == plan
    verdict = bench.evaluate(week, plan, published)
    breaches = check(problem, ours)
    assert bool(breaches) == bool(verdict["errors"]), (breaches, verdict["errors"])
    broken = {breach.rule for breach in breaches}
    wrong_number = any(b.rule == "seats" and "present" in b.sentence.values for b in breaches)
    if wrong_number or "unknown" in broken:
        return False
    costs = {rule: cost for rule, cost in score(problem, ours).costs.items() if cost}
    parts = {rule: cost for rule, cost in verdict["parts"].items() if cost}
    if {"shift", "travel"} & broken:  # stops that begin together have no order of their own
        costs.pop("travel", None)
        parts.pop("travel", None)
    else:
        assert sum(costs.values()) == verdict["cost"]
    assert costs == parts
    return not breaches


def explore(
    bench: Bench, week: Week, rng: random.Random, *, tries: int, published: WeekPlan | None = None
) -> WeekPlan:
    """Grow a clean plan out of random attempts; both judges see every attempt."""
    problem = validated(problem_of(bench, week, published))
    plan: WeekPlan = {}
    visits = [*week["visits"]]
    rng.shuffle(visits)
    for visit in visits:
        for _ in range(tries):
            attempt = {**plan, visit["id"]: random_place(week, visit, rng)}
            if assert_agreement(bench, week, problem, attempt, published):
                plan = attempt
                break
    assert plan, "no random attempt was clean: the comparison would prove little"
    for _ in range(20):
        assert_agreement(bench, week, problem, mutated(week, plan, rng), published)
    return plan


@pytest.mark.parametrize(("size", "seed"), CASES)
def test_judges_agree_on_growing_plans(bench: Bench, size: str, seed: int) -> None:
    week = bench.week(size, seed)
    tries = {"XS": 30, "S": 4, "T": 3, "M": 2}[size]
    explore(bench, week, random.Random(seed), tries=tries)


@pytest.mark.parametrize(("size", "seed"), CASES)
def test_judges_agree_on_wild_plans(bench: Bench, size: str, seed: int) -> None:
    week, rng = bench.week(size, seed), random.Random(seed)
    problem = problem_of(bench, week)
    for _ in range(5):
        plan = {v["id"]: random_place(week, v, rng) for v in week["visits"] if rng.random() < 0.8}
        assert_agreement(bench, week, problem, plan, None)


@pytest.mark.parametrize(("size", "seed"), [("XS", 1), ("XS", 2), ("S", 1)])
def test_judges_agree_on_repairs(bench: Bench, size: str, seed: int) -> None:
    week, rng = bench.week(size, seed), random.Random(seed)
    tries = {"XS": 20, "S": 2}[size]
    published = explore(bench, week, rng, tries=tries)
    ill = published[min(published)]["workers"][0]
    after = bench.generator.sick(week, ill, 1)
    problem = problem_of(bench, after, published)
    assert_agreement(bench, after, problem, published, published)
    for _ in range(30):
        shaken = mutated(after, mutated(after, published, rng), rng)
        assert_agreement(bench, after, problem, shaken, published)
    explore(bench, after, rng, tries=tries, published=published)


def test_judges_agree_on_nothing_placed(bench: Bench) -> None:
    week = bench.week("T", 1)
    assert assert_agreement(bench, week, problem_of(bench, week), {}, None)


@pytest.mark.parametrize(("size", "seed"), [("XS", 1), ("XS", 2), ("XS", 3), ("S", 4), ("M", 3)])
def test_outside_judge_accepts_plans_of_the_search(bench: Bench, size: str, seed: int) -> None:
    """A short search, then a repair of its plan after sickness: no errors, and equal costs."""
    week = bench.week(size, seed)
    problem = problem_of(bench, week)
    published = week_plan_of(solve(problem, effort=Effort.QUICK, should_stop=after(100)))
    assert assert_agreement(bench, week, problem, published, None)
    ill = bench.generator.sick(week, published[min(published)]["workers"][0], 1)
    repair = problem_of(bench, ill, published)
    mended = week_plan_of(solve(repair, effort=Effort.QUICK, should_stop=after(100)))
    assert assert_agreement(bench, ill, repair, mended, published)
