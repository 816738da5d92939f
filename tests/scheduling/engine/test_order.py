"""Order search: what it is for, plans the judge agrees with, the best there is on tiny days."""

import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from itertools import permutations, product
from pathlib import Path
from typing import Any

import pytest

from scheduling.check import check
from scheduling.engine import order as order_module
from scheduling.engine.kernel import COMPILED
from scheduling.engine.order import OrderSearch, applies
from scheduling.instances import canonical, validated
from scheduling.plan import Plan, Unplaced
from scheduling.problem import (
    Busy,
    Lunch,
    Pin,
    Placement,
    Problem,
    Resource,
    Tenant,
    Visit,
    Worker,
    minutes_of,
)
from scheduling.score import score
from scheduling.travel import ProblemTravel
from scheduling.weights import Weights
from scheduling.windows import Interval
from tests.scheduling.engine.order_days import random_day
from tests.scheduling.shuffling import shuffled


def plan_of(day: Problem, placements: tuple[Placement, ...]) -> Plan:
    left = sorted({visit.code for visit in day.visits} - {one.visit for one in placements})
    return Plan(
        problem="",
        placements=placements,
        unplaced=tuple(Unplaced(visit=code, reasons=()) for code in left),
    )


def searched(day: Problem, moves: int = 3000, seed: int = 1) -> OrderSearch:
    search = OrderSearch(canonical(validated(day)), seed=seed)
    search.run(moves)
    return search


@pytest.mark.parametrize("seed", range(40))
def test_plans_pass_the_judge_at_the_judges_cost(seed: int) -> None:
    day = random_day(seed, visits=4 + seed % 9, workers=1 + seed % 4, tight=seed % 3 > 0)
    assert applies(day)
    search = searched(day)
    plan = plan_of(day, search.placements())
    assert check(day, plan) == ()
    assert score(day, plan).total == search.cost
    assert len(plan.unplaced) == search.unplaced


def test_looking_at_a_search_does_not_disturb_it() -> None:
    day, costs = random_day(5, visits=12), []

    def look(search: OrderSearch) -> bool:
        costs.append(score(day, plan_of(day, search.placements())).total)
        assert costs[-1] == search.cost
        return False

    watched = OrderSearch(canonical(validated(day)), seed=1)
    watched.run(3000, watch=look)
    assert costs == sorted(costs, reverse=True)
    assert watched.placements() == searched(day).placements()


def test_some_days_have_all_there_is_to_plan() -> None:
    """What the days above contain, so that passing them means something."""
    plans = [(day := random_day(seed), searched(day).placements()) for seed in range(12)]
    assert any(one.offsets for _, found in plans for one in found)
    assert any(len(one.workers) > 1 and not one.offsets for _, found in plans for one in found)
    assert any(len(found) < len(day.visits) for day, found in plans)
    assert any(len(found) == len(day.visits) for day, found in plans)


@pytest.mark.parametrize("seed", range(12))
def test_tiny_days_are_planned_as_well_as_can_be(seed: int) -> None:
    day = random_day(seed, visits=3, workers=2, tight=seed % 2 > 0)
    assert searched(day).cost == best_cost(day)


def best_cost(day: Problem) -> int:
    """Of all subsets, orders and crews, each visit as early as can be: by trying them all."""
    crews = {
        visit.code: [
            crew
            for crew in product(day.workers, repeat=len(visit.seats))
            if len({worker.code for worker in crew}) == len(crew)
        ]
        for visit in day.visits
    }
    best = score(day, plan_of(day, ())).total
    for size in range(1, len(day.visits) + 1):
        for chosen in permutations(day.visits, size):
            for picked in product(*(crews[visit.code] for visit in chosen)):
                plan = plan_of(day, appended(day, chosen, picked))
                cost = score(day, plan).total
                if cost < best and not check(day, plan):
                    best = cost
    return best


def appended(
    day: Problem, visits: tuple[Visit, ...], crews: tuple[tuple[Worker, ...], ...]
) -> tuple[Placement, ...]:
    """Each visit at the end of its workers' rounds, as early as windows and gaps allow."""
    ways, tenants = ProblemTravel(day), {tenant.code: tenant for tenant in day.tenants}
    at = {worker.code: (worker.base, worker.shifts[0][0].start) for worker in day.workers}
    found = []
    for visit, crew in zip(visits, crews, strict=True):
        place = tenants[visit.tenant].place
        opens = 0 if visit.fixed else tenants[visit.tenant].windows[0][0].start
        free = [
            max(opens, at[w.code][1] + ways.minutes(at[w.code][0], place, w.mode)) for w in crew
        ]
        gaps = [seat.after or (0, 0) for seat in visit.seats]
        first = max(time - gap[1] for time, gap in zip(free, gaps, strict=True))
        first = max(first, visit.fixed.start) if visit.fixed else first
        starts = [max(time, first + gap[0]) for time, gap in zip(free, gaps, strict=True)]
        for i, worker in enumerate(crew):
            at[worker.code] = (visit.end_place or place, starts[i] + minutes_of(visit, i))
        found.append(
            Placement(
                visit=visit.code,
                day=0,
                start=starts[0],
                workers=tuple(worker.code for worker in crew),
                offsets=tuple(start - starts[0] for start in starts),
            )
        )
    return tuple(sorted(found, key=lambda placement: placement.visit))


def test_a_run_is_the_same_however_it_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    day, found = random_day(5, visits=12), []
    for piece in (7, 100_000):
        monkeypatch.setattr(order_module, "PIECE", piece)
        search = searched(day, moves=5000)
        found.append((search.cost, search.placements(), search.moves))
    assert found[0] == found[1]


def test_the_order_of_the_input_changes_nothing() -> None:
    day = random_day(8, visits=12)
    days = (day, *(shuffled(day, random.Random(seed)) for seed in (1, 2)))
    plans = {searched(one).placements() for one in days}
    assert len(plans) == 1


def test_seeds_differ_and_more_moves_are_not_worse() -> None:
    day = random_day(3, visits=14, workers=4, tight=False)
    first = OrderSearch(canonical(validated(day)), seed=1).cost
    costs = [searched(day, moves=4000, seed=seed).cost for seed in (1, 2, 3)]
    assert max(costs) <= first
    assert min(costs) < first


def test_watch_stops_a_run_and_a_clock_can_set_its_pace() -> None:
    search = OrderSearch(canonical(validated(random_day(1))), seed=1)
    search.run(10**9, watch=lambda one: one.moves > 0)
    assert 0 < search.moves <= order_module.PIECE
    paces = iter((0, 400_000, 999_999, order_module.WHOLE))
    before = search.moves
    search.run(pace=lambda: next(paces))
    assert search.moves == before + 3 * order_module.PIECE


def test_temperature_halves() -> None:
    whole, halvings = order_module.WHOLE, order_module.HALVINGS
    found = [order_module.temperature(51200, whole * i // halvings + 1) for i in range(halvings)]
    assert found == [51200 >> i for i in range(halvings)]
    assert 25600 < order_module.temperature(51200, whole // (2 * halvings)) < 51200


SCRIPT = """
import json, sys
from scheduling.engine import kernel
from tests.scheduling.engine.order_days import random_day
from scheduling.engine.order import OrderSearch
assert not kernel.COMPILED
found = []
for seed in range(4):
    search = OrderSearch(random_day(seed, visits=10, workers=3, tight=seed % 2 > 0), seed=seed)
    search.run(1500)
    found.append([search.cost, repr(search.placements())])
print(json.dumps(found))
"""


def test_compiled_and_plain_python_find_the_same_plans() -> None:
    if not COMPILED:
        pytest.skip("nothing compiles here")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=os.environ | {"THUISRONDE_COMPILED": "0"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found = []
    for seed in range(4):
        day = random_day(seed, visits=10, workers=3, tight=seed % 2 > 0)
        search = OrderSearch(day, seed=seed)
        search.run(1500)
        found.append([search.cost, repr(search.placements())])
    assert json.loads(done.stdout) == found


def test_days_without_visits_or_workers() -> None:
    day = random_day(1)
    idle = searched(replace(day, visits=(), tenants=()))
    assert (idle.cost, idle.placements()) == (0, ())
    alone = replace(day, workers=(), visits=day.visits[:4])
    alone = replace(alone, tenants=day.tenants[:4])
    assert searched(alone).cost == score(alone, plan_of(alone, ())).total


def _worker(day: Problem, **more: Any) -> Problem:
    return replace(day, workers=(replace(day.workers[0], **more), *day.workers[1:]))


def _tenant(day: Problem, **more: Any) -> Problem:
    return replace(day, tenants=(replace(day.tenants[0], **more), *day.tenants[1:]))


def _visit(day: Problem, **more: Any) -> Problem:
    return replace(day, visits=(replace(day.visits[0], fixed=None, **more), *day.visits[1:]))


def two_days(day: Problem) -> Problem:
    def twice(person: Worker | Tenant, field: str) -> Any:
        return replace(person, **{field: getattr(person, field) * 2})

    return replace(
        day,
        days=2,
        workers=tuple(twice(worker, "shifts") for worker in day.workers),
        tenants=tuple(twice(tenant, "windows") for tenant in day.tenants),
    )


TWO = ((Interval(540, 600), Interval(700, 800)),)


@pytest.mark.parametrize(
    ("why", "changed"),
    [
        ("two lanes", lambda d: _worker(d, shifts=TWO)),
        ("a meeting", lambda d: _worker(d, busy=(Busy(day=0, start=600, end=630),))),
        ("visits a day", lambda d: _worker(d, max_visits=3)),
        ("visiting limit", lambda d: _worker(d, visiting_limit=300)),
        ("fair share", lambda d: _worker(d, overload_after=100)),
        ("not alone", lambda d: _worker(d, may_go_alone=False)),
        ("a learner", lambda d: _worker(d, counts_as_second=False)),
        ("languages", lambda d: _tenant(d, languages=("fr",))),
        ("primary", lambda d: _tenant(d, primary="w0")),
        ("known", lambda d: _tenant(d, known=("w0",))),
        ("rotation", lambda d: _tenant(d, distinct=2)),
        ("cap", lambda d: _tenant(d, max_distinct=2)),
        ("soft gender", lambda d: _tenant(d, gender="f", gender_hard=False)),
        ("last contact", lambda d: _tenant(d, last_contact=-1)),
        ("two windows", lambda d: _visit(_tenant(d, windows=TWO))),
        ("preferred slot", lambda d: _visit(d, preferred=TWO)),
        ("a resource", lambda d: _visit(d, resources=("car",))),
        ("two visits of one", lambda d: replace(d, visits=(*d.visits, _again(d)))),
        ("a pin", lambda d: replace(d, pins=(Pin(visit="v0", day=0),))),
        ("published", lambda d: replace(d, published=())),
        ("now", lambda d: replace(d, now=500)),
        ("reserve", lambda d: replace(d, reserve=(60,))),
        ("lunch", lambda d: replace(d, lunch=Lunch(start=690, end=840, minutes=30))),
        ("waiting", lambda d: replace(d, weights=Weights(waiting=1))),
        ("two days", two_days),
    ],
)
def test_declines_what_it_does_not_know(why: str, changed: Any) -> None:
    day = random_day(2, tight=False)
    day = replace(day, resources=(Resource(code="car", count=1),))
    assert applies(day)
    assert not applies(changed(day)), why


def _again(day: Problem) -> Visit:
    return replace(day.visits[0], code="again")
