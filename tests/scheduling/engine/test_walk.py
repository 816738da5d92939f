"""The two clocks against brute force over all starts on the grid."""

import random
from dataclasses import replace
from itertools import product

import pytest

from scheduling.engine.compile import compile_problem
from scheduling.engine.compiled import Compiled, Lane
from scheduling.engine.walk import FROZEN, WIDE, Book, Route, first_at, last_at, token
from scheduling.problem import Busy, Lunch
from tests.scheduling.factories import every_day, place, problem, tenant, visit, worker


def lunch_fits(end: int, start: int, leg: int, lunch: tuple[int, int, int]) -> bool:
    """The definition in `scheduling.problem`, once more."""
    opens, closes, minutes = lunch
    return start - end >= leg + minutes and max(end, opens) + minutes <= min(start, closes)


def walkable(c: Compiled, lane: Lane, stops: list[int], starts: tuple[int, ...]) -> bool:
    """Whether these very starts can be walked in this order, lunch included."""
    here, end, fed = lane.base, lane.start, not lane.lunch
    for stop, start in [*zip(stops, starts, strict=True), (None, lane.end)]:
        leg = lane.travel[here][c.stops[stop].origin if stop is not None else lane.base]
        if start < end + leg:
            return False
        fed = fed or lunch_fits(end, start, leg, c.lunch)
        if stop is not None:
            here, end = c.stops[stop].goal, start + c.stops[stop].minutes
    return fed


def possible(c: Compiled, lane: Lane, stop: int) -> list[int]:
    return [s for low, high in c.stops[stop].ranges[lane.day] for s in range(low, high + 1, c.grid)]


def all_walks(c: Compiled, lane: Lane, stops: list[int]) -> list[tuple[int, ...]]:
    choices = product(*(possible(c, lane, stop) for stop in stops))
    return [starts for starts in choices if walkable(c, lane, stops, starts)]


def little_week(seed: int) -> Compiled:
    """One lane of one day on a coarse grid, three visits with odd windows, perhaps a meeting."""
    rng = random.Random(seed)

    def spans() -> tuple[tuple[int, int], ...]:
        a = rng.randrange(540, 900, 15)
        b = a + rng.randrange(30, 200, 15)
        late = b + rng.randrange(15, 120, 15)
        return ((a, b), (late, late + 60)) if rng.random() < 0.4 else ((a, b + 120),)

    places = [place("base"), *(place(f"p{i}", north=rng.randint(-30, 30)) for i in range(3))]
    return compile_problem(
        problem(
            days=1,
            grid=15,
            lunch=Lunch(start=690, end=840, minutes=30) if rng.random() < 0.8 else None,
            places=tuple(places),
            workers=(
                worker(
                    "w1",
                    shifts=every_day((540, rng.choice([780, 900, 1020])), days=1),
                    busy=(Busy(day=0, start=660, end=690),) if rng.random() < 0.3 else (),
                ),
            ),
            tenants=tuple(
                tenant(f"t{i}", place=f"p{i}", windows=every_day(*spans(), days=1))
                for i in range(3)
            ),
            visits=tuple(
                visit(f"v{i}", tenant=f"t{i}", minutes=rng.choice([15, 30, 60])) for i in range(3)
            ),
        )
    )


@pytest.mark.parametrize("seed", range(60))
def test_a_sequence_is_walked_exactly_if_some_starts_allow_it(seed: int) -> None:
    c = little_week(seed)
    lane = c.lanes[0]
    rng = random.Random(seed)
    stops = rng.sample(range(3), 2) + list(lane.busy)
    rng.shuffle(stops)
    route = Route(c, lane, tuple(token(stop, WIDE) for stop in stops))
    walks = all_walks(c, lane, stops)
    if route.starts is None:
        assert not walks
    else:
        assert route.starts in walks


@pytest.mark.parametrize("seed", range(60))
def test_gaps_are_exactly_the_starts_that_leave_a_walk(seed: int) -> None:
    c = little_week(seed)
    lane = c.lanes[0]
    book = Book(c)
    before = [0, *lane.busy]
    before.sort(key=lambda stop: c.stops[stop].ranges[0][0])
    route = book.route(0, tuple(token(stop, WIDE) for stop in before))
    if route is None:
        return
    offered = {
        (position, s)
        for _, position, low, high in route.gaps(c, 1, c.stops[1].ranges[0])
        for s in range(low, high + 1, c.grid)
    }
    held = {
        (position, s)
        for position in range(len(before) + 1)
        for s in possible(c, lane, 1)
        if any(
            walk[position] == s
            for walk in all_walks(c, lane, [*before[:position], 1, *before[position:]])
        )
    }
    assert offered == held


def test_cost_of_a_way_is_there_and_back_and_an_empty_lane_is_free() -> None:
    c = compile_problem(
        problem(workers=(worker("w1"),), tenants=(tenant("t1"),), visits=(visit("v1"),))
    )
    book = Book(c)
    assert book.empty(c.lanes[0]).cost == 0
    route = book.route(0, (token(0, FROZEN + 600),))
    assert route is not None
    # 1.1 km by bicycle: 10 minutes each way
    assert (route.cost, route.starts) == (20, (600,))


def test_waiting_is_neither_way_nor_lunch() -> None:
    week = problem(
        lunch=Lunch(start=690, end=840, minutes=30),
        workers=(worker("w1"),),
        tenants=(tenant("t1"),),
        visits=(visit("v1", gap_days=0), visit("v2", gap_days=0)),
    )
    c = compile_problem(replace(week, weights=replace(week.weights, travel=0, waiting=1)))
    tokens = (token(0, FROZEN + 660), token(1, FROZEN + 780))
    route = Book(c).route(0, tokens)
    assert route is not None
    # from 690 to 780 at the same home: 90 idle, 30 of them lunch; before and after are not waiting
    assert route.cost == 60


def test_lookups_in_ranges() -> None:
    ranges = ((600, 630), (700, 700))
    assert [first_at(ranges, at) for at in (0, 615, 635, 700)] == [600, 615, 700, 700]
    assert first_at(ranges, 705) > 1440
    assert [last_at(ranges, at) for at in (2000, 699, 610)] == [700, 630, 610]
    assert last_at(ranges, 599) < 0
