"""The price of a plan adds up: over rules, over charges, over teams that do not meet."""

import random
from dataclasses import fields, replace
from itertools import chain

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.plan import Plan, Unplaced
from scheduling.problem import Placement, Problem, Tenant, Visit, Worker
from scheduling.score import score
from scheduling.weights import Weights
from tests.scheduling.factories import ALL_FEATURES, Feature, problems, random_problem
from tests.scheduling.plans import plan, random_plan
from tests.scheduling.shuffling import shuffled

SEEDS = st.integers(0, 10_000)
FAST = settings(max_examples=60, deadline=None)


@FAST
@given(problems(), SEEDS)
def test_total_costs_and_charges_add_up(asked: Problem, seed: int) -> None:
    found = score(asked, random_plan(asked, seed))
    assert found.total == sum(found.costs.values()) == sum(c.amount for c in found.charges)
    assert all(charge.amount > 0 for charge in found.charges)
    assert all(type(cost) is int for cost in found.costs.values())


@FAST
@given(problems(), SEEDS, SEEDS)
def test_order_of_the_input_does_not_matter(asked: Problem, seed: int, order: int) -> None:
    wild = random_plan(asked, seed)
    mixed = replace(wild, placements=tuple(reversed(wild.placements)))
    assert score(shuffled(asked, random.Random(order)), mixed) == score(asked, wild)


@FAST
@given(problems(), SEEDS)
def test_without_weights_all_is_free(asked: Problem, seed: int) -> None:
    free = Weights(**{field.name: 0 for field in fields(Weights)})
    found = score(replace(asked, weights=free), random_plan(asked, seed))
    assert (found.total, found.charges) == (0, ())


@FAST
@given(SEEDS, SEEDS)
def test_teams_that_do_not_meet_are_priced_apart(one: int, two: int) -> None:
    """Two weeks in one problem cost what they cost alone."""
    shared = ALL_FEATURES - {Feature.RESERVE, Feature.RESOURCES}
    left, right = (random_problem(seed, features=shared) for seed in (one, two))
    right = replace(right, lunch=left.lunch)
    plans = random_plan(left, one), random_plan(right, two)
    both = [renamed(*pair) for pair in zip((left, right), plans, "ab", strict=True)]
    joined = joined_problem(both[0][0], both[1][0])
    placements = chain(both[0][1].placements, both[1][1].placements)
    apart = [score(asked, made) for asked, made in both]
    together = score(joined, plan(joined, *placements))
    assert together.total == apart[0].total + apart[1].total
    assert together.costs == {
        rule: cost + apart[1].costs[rule] for rule, cost in apart[0].costs.items()
    }
    assert score(left, plans[0]).costs == apart[0].costs


@FAST
@given(problems(), SEEDS)
def test_leaving_one_more_out_costs_at_least_its_price(asked: Problem, seed: int) -> None:
    made = random_plan(asked, seed)
    before = score(asked, made).costs["unplaced"]
    for one in made.placements:
        rest = [p for p in made.placements if p is not one]
        after = score(asked, plan(asked, *rest)).costs["unplaced"]
        assert after - before >= asked.weights.unplaced_want


def test_a_placement_that_cannot_be_read_counts_as_left_out() -> None:
    asked = random_problem(1)
    code = asked.visits[0].code
    lost = Placement(visit=code, day=77, start=600, workers=())
    made = replace(plan(asked), placements=(lost,))
    assert score(asked, made).costs == score(asked, plan(asked)).costs


def renamed(asked: Problem, made: Plan, prefix: str) -> tuple[Problem, Plan]:
    """The same problem and plan with a prefix before the codes of people and visits."""

    def new(code: str | None) -> str:
        return f"{prefix}-{code}"

    def news(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(new(code) for code in codes)

    def placement(p: Placement) -> Placement:
        return replace(p, visit=new(p.visit), workers=news(p.workers))

    def a_worker(w: Worker) -> Worker:
        busy = tuple(replace(b, place=b.place and new(b.place)) for b in w.busy)
        return replace(w, code=new(w.code), base=new(w.base), busy=busy)

    def a_tenant(t: Tenant) -> Tenant:
        return replace(
            t,
            code=new(t.code),
            place=new(t.place),
            primary=t.primary and new(t.primary),
            backup=news(t.backup),
            wanted=news(t.wanted),
            unwanted=news(t.unwanted),
            excluded=news(t.excluded),
            seen=news(t.seen),
            known=news(t.known),
        )

    def a_visit(v: Visit) -> Visit:
        return replace(
            v,
            code=new(v.code),
            tenant=new(v.tenant),
            pick_up=v.pick_up and new(v.pick_up),
            end_place=v.end_place and new(v.end_place),
        )

    problem = replace(
        asked,
        places=tuple(replace(p, code=new(p.code), excluded=news(p.excluded)) for p in asked.places),
        workers=tuple(a_worker(w) for w in asked.workers),
        tenants=tuple(a_tenant(t) for t in asked.tenants),
        visits=tuple(a_visit(v) for v in asked.visits),
        pins=(),
        published=asked.published and tuple(placement(p) for p in asked.published),
    )
    unplaced = tuple(Unplaced(visit=new(u.visit), reasons=()) for u in made.unplaced)
    placements = tuple(placement(p) for p in made.placements)
    return problem, replace(made, placements=placements, unplaced=unplaced)


def joined_problem(left: Problem, right: Problem) -> Problem:
    """Both teams in one problem."""
    return replace(
        left,
        places=left.places + right.places,
        workers=left.workers + right.workers,
        tenants=left.tenants + right.tenants,
        visits=left.visits + right.visits,
        published=(left.published or ()) + (right.published or ()),
    )
