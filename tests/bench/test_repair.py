"""How the repair benchmark counts: what was lost, what changed, what stays as it has been."""

import pytest

from scheduling.instances import validated
from tests.bench.alone import impossible_alone
from tests.bench.peers.mending import Mending
from tests.bench.repair import WEDNESDAY, changed, days_left, lost, open_problem
from tests.bench.weeks import Bench, WeekPlan, load_bench

BEFORE: WeekPlan = {
    "a": {"day": 0, "start": 600, "workers": ["w1"]},
    "b": {"day": 2, "start": 600, "workers": ["w1", "w2"]},
    "c": {"day": 3, "start": 600, "workers": ["w2"]},
    "d": {"day": 4, "start": 600, "workers": ["w1"]},
}


@pytest.fixture(scope="module")
def bench() -> Bench:
    return load_bench()


def test_lost_are_visits_with_the_worker_from_wednesday_on() -> None:
    assert lost(BEFORE, "w1") == ["b", "d"]


def test_half_an_hour_later_is_no_change_and_other_seats_are_none() -> None:
    after: WeekPlan = {code: dict(place) for code, place in BEFORE.items()}
    after["b"]["workers"] = ["w2", "w1"]
    after["c"]["start"] = 630
    assert changed(BEFORE, after) == []
    after["c"]["start"] = 635
    after["d"]["day"] = 3
    assert changed(BEFORE, after) == ["c", "d"]
    after["b"]["workers"] = ["w2", "w3"]
    del after["a"]
    assert changed(BEFORE, after) == ["a", "b", "c", "d"]


def test_what_only_days_that_are_over_could_hold_is_not_lost_by_a_repair(bench: Bench) -> None:
    ill = bench.generator.sick(bench.week("S", 1), "Aw2", WEDNESDAY)  # the only peer worker
    still = set(impossible_alone(bench, days_left(ill)))
    asked = {visit["id"] for visit in ill["visits"] if "peer" in visit["need"]}
    assert asked
    assert asked <= still
    assert not asked <= set(impossible_alone(bench, ill))


def test_what_has_been_is_pinned_and_the_rest_is_published(bench: Bench) -> None:
    week = bench.week("XS", 1)
    mending = Mending(bench, week)
    mending.insert()
    problem = validated(open_problem(bench, week, mending.plan))
    past = {code for code, place in mending.plan.items() if place["day"] < 2}
    assert past
    assert {pin.visit for pin in problem.pins} == past
    assert problem.now == 2 * 1440
    assert {one.visit for one in problem.published or ()} == set(mending.plan)
