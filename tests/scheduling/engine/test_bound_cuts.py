"""Hours as patterns and splits cut off no plan, and bring what minutes alone do not."""

import random
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.engine import bound_hours
from scheduling.engine.bound import Relaxed, generate, relax
from scheduling.engine.bound_hours import maximal
from scheduling.engine.bound_rows import Case
from scheduling.engine.bound_splits import Split, open_splits
from scheduling.engine.compile import compile_problem
from scheduling.engine.proof import BoundBudget, BoundStatus, lower_bound
from scheduling.instances import canonical, validated
from scheduling.plan import Plan
from scheduling.problem import Problem
from scheduling.score import score
from scheduling.windows import Interval
from tests.scheduling.engine.test_bound import crowded
from tests.scheduling.engine.walked import rounds_of
from tests.scheduling.factories import problem, tenant, visit, worker
from tests.scheduling.plans import clean_plan

WEEK = tuple((Interval(540, 1020),) for _ in range(5))


def hours(*minutes: int, limits: tuple[int, ...]) -> Problem:
    """Visits of so many minutes to tenants next door, workers with visiting limits of the week."""
    asked = problem(
        days=5,
        workers=tuple(
            worker(f"w{i}", shifts=WEEK, visiting_limit=limit) for i, limit in enumerate(limits)
        ),
        tenants=tuple(tenant(f"t{i}", windows=WEEK) for i in range(len(minutes))),
        visits=tuple(
            visit(f"v{i}", tenant=f"t{i}", minutes=length) for i, length in enumerate(minutes)
        ),
    )
    return canonical(validated(asked))


def test_shares_of_visits_do_not_fill_a_week() -> None:
    """100 minutes hold one visit of 60; by minutes alone they would hold one and two thirds."""
    c = compile_problem(hours(60, 60, 60, limits=(100,)))
    bound = lower_bound(c).value
    assert bound is not None
    assert bound >= sum(one.unplaced for one in c.visits[1:])


def test_a_week_that_everything_fits_into_has_no_patterns() -> None:
    few = relax(compile_problem(hours(60, 30, limits=(90,))).tables)
    many = relax(compile_problem(hours(60, 30, limits=(85,))).tables)
    assert few is not None
    assert many is not None
    assert len(few.rows.helpers) < len(many.rows.helpers)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 8), st.integers(1, 3)), min_size=1, max_size=4),
    st.integers(-1, 20),
)
def test_patterns_are_all_that_fit_and_no_more_would(
    sizes: list[tuple[int, int]], limit: int
) -> None:
    most = dict(sizes)
    lengths = sorted(most)
    tops = [most[length] for length in lengths]

    def weight(counts: tuple[int, ...]) -> int:
        return sum(n * length for n, length in zip(counts, lengths, strict=True))

    fit = {one for one in product(*(range(top + 1) for top in tops)) if weight(one) <= limit}
    full = {
        one
        for one in fit
        if not any((*one[:i], one[i] + 1, *one[i + 1 :]) in fit for i in range(len(one)))
    }
    found = maximal(lengths, tops, limit)
    assert found is not None
    assert sorted(found) == sorted(full)


@pytest.mark.parametrize("most", [1, 2, 5])
def test_lengths_taken_together_cut_off_no_plan(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(bound_hours, "MOST_PATTERNS", most)
    for seed in range(12):
        dice = random.Random(seed)
        lengths = [dice.randrange(20, 100, 5) for _ in range(7)]
        asked = hours(*lengths, limits=(dice.choice([95, 150]), 120))
        plan = clean_plan(asked, seed)
        assert held(asked, plan, Case()) == pytest.approx(score(asked, plan).total)


def held(asked: Problem, plan: Plan, case: Case) -> float | None:
    """What the program says of exactly this plan in a case; None: that it is not in it."""
    c = compile_problem(asked)
    work = relax(c.tables)
    assert work is not None
    columns = rounds_of(c, work.rows, plan)
    for column in columns:
        work.program.add(column)
    work.program.take(case)
    for column, variable in zip(work.program.columns, work.program.variables, strict=True):
        if not case.never.isdisjoint(column.places()):
            return None
        variable.SetBounds(1, 1)
    return work.program.value() if work.program.solve() else None


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000))
def test_every_plan_is_in_one_of_two_cases_at_its_price(seed: int) -> None:
    asked = crowded(seed)
    plan = clean_plan(asked, seed)
    price = score(asked, plan).total
    work = relax(compile_problem(asked).tables)
    assert work is not None
    dice = random.Random(seed)
    visit = dice.randrange(len(asked.visits))
    for split in (
        Split(visit),
        Split(visit, worker=dice.randrange(len(asked.workers))),
        Split(visit, day=dice.randrange(asked.days)),
    ):
        both = [held(asked, plan, split.case(work.rows, Case(), yes=yes)) for yes in (True, False)]
        assert min(value for value in both if value is not None) == pytest.approx(price)


def test_what_is_split_is_undecided() -> None:
    """Each split's two cases both cost at least as much as the relaxation that is split."""
    work = _undecided()
    value = work.program.value()
    splits = open_splits(work)
    assert splits
    for split in splits:
        for yes in (True, False):
            work.program.take(split.case(work.rows, Case(), yes=yes))
            assert work.program.solve()
            assert work.program.value() >= value - 1e-6
    work.program.take(Case())
    assert work.program.solve()
    assert work.program.value() == pytest.approx(value)


def _undecided() -> Relaxed:
    for seed in range(40):
        work = relax(compile_problem(crowded(seed)).tables)
        assert work is not None
        generate(work, most=300, should_stop=lambda: False)
        assert work.program.solve()
        if open_splits(work):
            return work
    raise AssertionError("no relaxation left anything undecided")


def test_branching_goes_on_with_people_and_days() -> None:
    """Two workers' 100 minutes hold one visit of 60 and one of 40 each, or less: proved."""
    asked = hours(60, 60, 60, 40, 45, limits=(100, 100))
    c = compile_problem(asked)
    known = 0
    for seed in range(8):
        cost = score(asked, clean_plan(asked, seed)).total
        known = min(known or cost, cost)
    found = lower_bound(c, upper=known, budget=BoundBudget(closing=0))
    assert found.value is not None
    assert found.value <= known
    assert found.status in (BoundStatus.RELAXED, BoundStatus.OPTIMAL)
