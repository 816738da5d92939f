"""The best move of one visit against trying everything."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations

import pytest

from scheduling.check import check
from scheduling.engine import layout as at
from scheduling.engine.draft import Draft, Move, Side
from scheduling.engine.gaps import exact_cost
from scheduling.problem import Problem, Seat
from scheduling.weights import Weights
from tests.scheduling.engine.drafts import constructed, empty_of, plan_of
from tests.scheduling.factories import every_day, problem, tenant, visit, worker
from tests.scheduling.random_problems import random_week


def comparable(seed: int) -> Problem:
    """A week in which the cheapest place of a lane is the cheapest place of the plan.

    The reserve is asked of a lane's cheapest place only, the largest lateness of none.
    """
    week = random_week(seed, workers=4, tenants=6, visits=14)
    weights = replace(week.weights, largest_lateness=0)
    if seed % 2:  # a first meeting saves more than most ways cost
        weights = replace(weights, rotation=200, language=90)
        week = replace(week, tenants=tuple(replace(t, distinct=3) for t in week.tenants))
    return replace(week, reserve=(), duties=(), weights=weights)


def plain(week: Problem) -> Problem:
    """The same week where no start costs more than another."""
    w = week.weights
    weights = Weights(
        **{
            name: getattr(w, name)
            for name in ("rotation", "language", "overload", "distinct", "limit", "visiting")
        }
    )
    visits = tuple(
        replace(v, preferred=None, preferred_until=None, resources=(), gap_days=max(1, v.gap_days))
        for v in week.visits
    )
    spaced = tuple(replace(v, exempt_from_spacing=False) for v in visits)
    return replace(week, weights=weights, visits=spaced, published=None)


def tried(draft: Draft, visit: int, move: Move) -> int | None:
    """What a move adds, by making it; None if the judge objects."""
    trial = draft.copy()
    trial.place(visit, move)
    if check(draft.c.problem, plan_of(trial)):
        return None
    return trial.cost - draft.cost + draft.c.visits[visit].unplaced


def walked(draft: Draft, visit: int, sides: tuple[Side, ...]) -> bool:
    """Whether each seat's lane can be walked with it."""
    return all(
        exact_cost(draft.t, draft.s, call, side.lane, side.how, side.position) < at.NO
        for call, side in zip(draft.calls(visit), sides, strict=True)
    )


def single_moves(draft: Draft, visit: int) -> Iterator[int]:
    """What every lane and position costs, held at any start and at the cheapest ones."""
    (call,) = draft.calls(visit)
    for lane in draft.c.lanes:
        hows = [at.WIDE]
        if draft.c.stops[call].narrow[lane.day] is not None:
            hows.append(at.NARROW)
        for position in range(len(draft.stops(lane.number)) + 1):
            for how in hows:
                side = Side(lane.number, position, how)
                if walked(draft, visit, (side,)):
                    cost = tried(draft, visit, Move(0, lane.day, (side,)))
                    if cost is not None:
                        yield cost


def with_one_out(draft: Draft, rng: random.Random) -> Iterator[tuple[Draft, int]]:
    """The draft with each visit in turn out; of those that are out already, half."""
    for v in range(len(draft.c.visits)):
        twin = draft.copy()
        if not twin.is_out(v):
            if twin.remove(v):
                yield twin, v
        elif rng.random() < 0.5:
            yield twin, v


@pytest.mark.parametrize("part", range(6))
def test_a_single_visit_gets_the_cheapest_of_all_moves(part: int) -> None:
    compared = 0
    for seed in range(30 * part, 30 * part + 30):
        draft = constructed(comparable(seed))
        for twin, v in with_one_out(draft, random.Random(seed)):
            if draft.c.visits[v].frozen:
                continue
            best = twin.best_move(v)
            least = min(single_moves(twin, v), default=None)
            assert (best.cost if best else None) == least, (seed, twin.c.visits[v].code)
            compared += least is not None
    assert compared


def side_costs(draft: Draft, call: int, lane: int) -> dict[int, list[tuple[int, Side]]]:
    """By start on the grid: what each position adds to the lane."""
    stop, day = draft.c.stops[call], draft.c.lanes[lane].day
    found: dict[int, list[tuple[int, Side]]] = {}
    for low, high in stop.ranges[day]:
        for start in range(low, high + 1, draft.c.grid):
            for position in range(len(draft.stops(lane)) + 1):
                cost = exact_cost(draft.t, draft.s, call, lane, start, position)
                if cost < at.NO:
                    found.setdefault(start, []).append((cost, Side(lane, position, start)))
    return found


def pair_moves(draft: Draft, visit: int) -> Iterator[int]:
    """What every two lanes of two workers cost, at the cheapest starts they have in common."""
    c, (one, two) = draft.c, draft.calls(visit)
    least, most = c.stops[two].least, c.stops[two].most
    for first, second in permutations(c.lanes, 2):
        if first.worker == second.worker or first.day != second.day:
            continue
        left, right = side_costs(draft, one, first.number), side_costs(draft, two, second.number)
        shared = [
            (cost + other, here, there)
            for start in left
            for moment in range(start + least, start + most + 1, c.grid)
            for cost, here in left[start]
            for other, there in right.get(moment, [])
        ]
        if shared:
            _, here, there = min(shared, key=lambda found: found[0])
            cost = tried(draft, visit, Move(0, first.day, (here, there)))
            if cost is not None:
                yield cost


@pytest.mark.parametrize("part", range(6))
def test_a_pair_gets_the_cheapest_of_all_crews(part: int) -> None:
    """Where starts are free, the starts that are tried are enough."""
    compared = 0
    for seed in range(20 * part, 20 * part + 20):
        week = plain(comparable(seed))
        pairs = sum(len(v.seats) == 2 for v in week.visits)
        if week.grid == 1 or week.weights.waiting or not pairs:
            continue
        draft = constructed(week)
        for twin, v in with_one_out(draft, random.Random(seed)):
            if len(draft.c.visits[v].seats) != 2 or draft.c.visits[v].shared:
                continue
            best = twin.best_move(v)
            cheapest = min(pair_moves(twin, v), default=None)
            assert (best.cost if best else None) == cheapest, (seed, twin.c.visits[v].code)
            compared += cheapest is not None
    assert compared


@pytest.mark.parametrize("seed", range(40))
def test_a_crew_is_never_one_that_the_judge_forbids(seed: int) -> None:
    """With resources, wishes, reserve and all: what it finds is clean and costs what it said."""
    week = random_week(seed, workers=5, tenants=5, visits=12)
    week = replace(week, duties=(), weights=replace(week.weights, largest_lateness=0))
    draft = constructed(week)
    for twin, v in with_one_out(draft, random.Random(seed)):
        best = twin.best_move(v)
        if best is not None:
            assert tried(twin, v, best) == best.cost


FULL = {
    "the lane": {"shifts": every_day((600, 690), days=1)},
    "the week": {"visiting_limit": 60},
    "the day": {"max_visits": 1},
}


@pytest.mark.parametrize("full", [*FULL, "the reserve"])
@pytest.mark.parametrize("seats", [1, 2])
def test_no_saving_makes_room_where_there_is_none(full: str, seats: int) -> None:
    """A tenant who would meet somebody new at last, but nobody has any room left."""
    crew = tuple(Seat() for _ in range(seats))
    shifts = every_day((540, 1020), days=1)
    team = tuple(worker(f"w{i}", **({"shifts": shifts} | FULL.get(full, {}))) for i in range(seats))
    week = problem(
        days=1,
        workers=team,
        tenants=tuple(tenant(f"t{i}", windows=shifts, distinct=2) for i in range(2)),
        visits=tuple(visit(f"v{i}", tenant=f"t{i}", minutes=60, seats=crew) for i in range(2)),
        reserve=(seats * 360,) if full == "the reserve" else (),
        weights=Weights(rotation=1000),
    )
    draft = empty_of(week)
    move = draft.best_move(0)
    assert move is not None
    draft.place(0, move)
    assert draft.best_move(1) is None
