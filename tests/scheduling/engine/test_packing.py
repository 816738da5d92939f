"""Visits that few lanes can take are packed on their own first, and the rest is put around them."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.engine.improve import Cycle
from scheduling.engine.search import Search
from scheduling.plan import Plan
from scheduling.problem import Placement, Problem, Seat
from tests.scheduling.engine.drafts import empty_of, judged, plan_of
from tests.scheduling.factories import every_day, problem, problems, tenant, visit, worker


def searching(week: Problem) -> Search:
    return Search(empty_of(week))


def packed(week: Problem, iterations: int = 200) -> Plan:
    return plan_of(searching(week).packed(Cycle(iterations), lambda best: False))


def psychiatrists_hour() -> Problem:
    """An hour of a psychiatrist, asked by one tenant for 55 minutes and by two for 25 each.

    Anybody else's visits can go to twelve days of other people.
    """
    psychiatrist = worker(
        "w0", discipline="psychiatrist", base="home", shifts=((), (), ((600, 660),), (), ())
    )
    others = tuple(worker(f"w{i}") for i in range(1, 4))
    asks = (Seat(disciplines=("psychiatrist",)),)
    return problem(
        workers=(psychiatrist, *others),
        tenants=tuple(tenant(f"t{i}") for i in range(5)),
        visits=(
            visit("v0", tenant="t0", minutes=55, seats=asks),
            visit("v1", tenant="t1", minutes=25, seats=asks),
            visit("v2", tenant="t2", minutes=25, seats=asks),
            visit("v3", tenant="t3"),
            visit("v4", tenant="t4"),
        ),
    )


def test_the_better_packing_is_found_and_the_rest_put_around_it() -> None:
    assert {p.visit for p in packed(psychiatrists_hour()).placements} == {"v1", "v2", "v3", "v4"}


def test_only_visits_with_few_choices_are_searched() -> None:
    seen: set[int] = set()
    search = searching(psychiatrists_hour())

    def watch(best: object) -> bool:
        seen.update(v for v in range(5) if not best.is_out(v))  # type: ignore[attr-defined]
        return False

    search.packed(Cycle(400), watch)
    assert {search.empty.c.visits[v].code for v in seen} <= {"v0", "v1", "v2"}


@pytest.mark.parametrize("few", [True, False])
def test_without_a_difference_in_choices_the_first_plan_is_the_only_beginning(few: bool) -> None:
    days = ((), (), ((600, 900),), (), ()) if few else every_day((540, 1020))
    team = tuple(worker(f"w{i}", shifts=days) for i in range(4))
    week = problem(workers=team, tenants=(tenant("t1"),), visits=(visit("v1"),))
    assert not searching(week).packs()
    assert searching(psychiatrists_hour()).packs()


def test_a_published_plan_is_the_only_beginning() -> None:
    was = Placement(visit="v1", day=2, start=600, workers=("w0",))
    assert not searching(replace(psychiatrists_hour(), published=(was,))).packs()


@given(problems(), st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_a_packed_beginning_is_a_plan_and_keeps_what_people_pinned(
    week: Problem, iterations: int
) -> None:
    search = searching(week)
    first = search.first()
    draft = search.packed(Cycle(iterations), lambda best: False)
    judged(draft)
    pinned = {pin.visit for pin in week.pins}
    assert {p.visit for p in draft.placements()} & pinned == {
        p.visit for p in first.placements()
    } & pinned
