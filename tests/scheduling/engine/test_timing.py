"""Kinder starts: nothing gets dearer, nobody else comes, published minutes stay."""

import pytest

from scheduling.engine.draft import Draft
from scheduling.engine.timing import kinder
from scheduling.problem import Placement
from tests.scheduling.engine.drafts import constructed, judged
from tests.scheduling.factories import every_day, problem, random_problem, tenant, visit, worker
from tests.scheduling.random_problems import random_week


def who_and_where(draft: Draft) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(one.visit, one.day, one.workers) for one in draft.placements()]


@pytest.mark.parametrize("seed", range(60))
def test_a_kinder_plan_is_the_same_plan_and_no_dearer(seed: int) -> None:
    draft = constructed(random_week(seed))
    timed = kinder(draft)
    assert who_and_where(timed) == who_and_where(draft)
    assert judged(timed) == timed.cost <= draft.cost


def test_kinder_starts_are_quarters_more_often() -> None:
    quarters = [0, 0]
    for seed in range(12):
        draft = constructed(random_problem(seed, workers=6, tenants=14, visits=30))
        for i, one in enumerate((draft, kinder(draft))):
            quarters[i] += sum(placement.start % 15 == 0 for placement in one.placements())
    assert quarters[1] > quarters[0]


@pytest.mark.parametrize("start", [610, 655, 900])
def test_a_visit_keeps_the_minute_that_was_published(start: int) -> None:
    published = Placement(visit="v1", day=0, start=start, workers=("w1",))
    week = problem(
        workers=(worker("w1"),), tenants=(tenant("t1"),), visits=(visit("v1"),),
        published=(published,),
    )  # fmt: skip
    assert kinder(constructed(week)).placements() == (published,)


def test_nobody_waits_outdoors_who_could_come_later() -> None:
    """The second door opens at noon: the first visit comes shortly before, not at nine."""
    week = problem(
        workers=(worker("w1", shifts=((*every_day((540, 1020))[0],), (), (), (), ())),),
        tenants=(
            tenant("t1", windows=every_day((540, 710))),
            tenant("t2", windows=every_day((720, 760))),
        ),
        visits=(visit("v1"), visit("v2", tenant="t2")),
    )
    first, second = kinder(constructed(week)).placements()
    assert second.start == 720
    assert 720 - 30 - 10 - 15 <= first.start <= 720 - 30 - 10
