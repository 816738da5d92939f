"""The two clocks against brute force over all starts on the grid."""

import random
from dataclasses import replace
from itertools import product

import pytest

from scheduling.engine import layout as at
from scheduling.engine.clocks import first_at, last_at, price, walk
from scheduling.engine.compiled import Lane
from scheduling.engine.draft import Draft
from scheduling.engine.gaps import insert_into, spans
from scheduling.problem import Busy, Lunch, Matrix, Mode, ModeMinutes, Problem
from tests.scheduling.engine.drafts import empty_of
from tests.scheduling.factories import every_day, place, problem, tenant, visit, worker

LUNCH = Lunch(start=690, end=840, minutes=30)


def lunch_fits(end: int, start: int, leg: int, lunch: tuple[int, int, int]) -> bool:
    """The definition in `scheduling.problem`, once more."""
    opens, closes, minutes = lunch
    return start - end >= leg + minutes and max(end, opens) + minutes <= min(start, closes)


def walkable(draft: Draft, lane: Lane, stops: list[int], starts: tuple[int, ...]) -> bool:
    """Whether these very starts can be walked in this order, lunch included."""
    c = draft.c
    here, end, fed = lane.base, lane.start, not lane.lunch
    for stop, start in [*zip(stops, starts, strict=True), (None, lane.end)]:
        leg = lane.travel[here][c.stops[stop].origin if stop is not None else lane.base]
        if start < end + leg:
            return False
        fed = fed or lunch_fits(end, start, leg, c.lunch)
        if stop is not None:
            here, end = c.stops[stop].goal, start + c.stops[stop].minutes
    return fed


def possible(draft: Draft, lane: Lane, stop: int) -> list[int]:
    ranges, grid = draft.c.stops[stop].ranges[lane.day], draft.c.grid
    return [s for low, high in ranges for s in range(low, high + 1, grid)]


def all_walks(draft: Draft, lane: Lane, stops: list[int]) -> list[tuple[int, ...]]:
    choices = product(*(possible(draft, lane, stop) for stop in stops))
    return [starts for starts in choices if walkable(draft, lane, stops, starts)]


def write(draft: Draft, slot: int, stops: list[int]) -> None:
    """These stops into a slot, each held at any allowed start."""
    draft.s[draft.t[at.S_LEN] + slot] = 0
    for i, stop in enumerate(stops):
        insert_into(draft.t, draft.s, slot, slot, stop, at.WIDE, i)


def starts_of(draft: Draft, slot: int, lane: Lane) -> tuple[int, ...] | None:
    """The starts that the clocks choose, None if they say that it cannot be walked."""
    if not walk(draft.t, draft.s, slot, lane.number, int(lane.lunch)):
        return None
    first = draft.t[at.S_TIME] + slot * draft.t[at.STRIDE]
    return tuple(draft.s[first : first + draft.s[draft.t[at.S_LEN] + slot]])


def little_week(seed: int) -> Draft:
    """A lane of a day or a night on a coarse grid, three visits with odd windows, two places each.

    Ways are straight or made up, asymmetric, some longer than a detour.
    """
    rng = random.Random(seed)
    late = 600 if rng.random() < 0.3 else 0

    def spans_() -> tuple[tuple[int, int], ...]:
        a = rng.randrange(540, 900, 15) + late
        b = a + rng.randrange(30, 200, 15)
        later = b + rng.randrange(15, 120, 15)
        return ((a, b), (later, later + 60)) if rng.random() < 0.4 else ((a, b + 120),)

    places = [place("base"), *(place(f"p{i}", north=rng.randint(-30, 30)) for i in range(3))]
    codes = tuple(p.code for p in places)
    week = problem(
        days=1,
        grid=15,
        day_end=2400 if late else 1440,
        lunch=LUNCH if rng.random() < 0.8 else None,
        places=tuple(places),
        workers=(
            worker(
                "w1",
                shifts=every_day((540 + late, rng.choice([780, 900, 1020]) + late), days=1),
                busy=(Busy(day=0, start=660, end=690),) if rng.random() < 0.3 else (),
            ),
        ),
        tenants=tuple(
            tenant(f"t{i}", place=f"p{i}", windows=every_day(*spans_(), days=1)) for i in range(3)
        ),
        visits=tuple(
            visit(
                f"v{i}",
                tenant=f"t{i}",
                minutes=rng.choice([15, 30, 60]),
                pick_up=rng.choice((None, "base", "p0")),
                end_place=rng.choice((None, "p2")),
            )
            for i in range(3)
        ),
    )
    return empty_of(replace(week, matrix=ways(rng, codes)) if rng.random() < 0.4 else week)


def ways(rng: random.Random, codes: tuple[str, ...]) -> Matrix:
    """Minutes that no street map has."""
    minutes = tuple(
        tuple(0 if a == b else 15 * rng.choice((0, 1, 1, 2, 6)) for b in codes) for a in codes
    )
    return Matrix(places=codes, tables=(ModeMinutes(mode=Mode.BIKE, minutes=minutes),))


@pytest.mark.parametrize("seed", range(120))
def test_a_sequence_is_walked_exactly_if_some_starts_allow_it(seed: int) -> None:
    draft = little_week(seed)
    lane = draft.c.lanes[0]
    rng = random.Random(seed)
    stops = rng.sample(range(3), 2) + list(lane.busy)
    rng.shuffle(stops)
    write(draft, len(draft.c.lanes), stops)
    chosen = starts_of(draft, len(draft.c.lanes), lane)
    walks = all_walks(draft, lane, stops)
    if chosen is None:
        assert not walks
    else:
        assert chosen in walks
        assert chosen[-1] == min(walk[-1] for walk in walks)


@pytest.mark.parametrize("seed", range(120))
def test_spans_are_exactly_the_starts_that_leave_a_walk(seed: int) -> None:
    draft = little_week(seed)
    lane, t = draft.c.lanes[0], draft.t
    before = sorted([0, *lane.busy], key=lambda stop: (possible(draft, lane, stop) or [0])[0])
    write(draft, 0, before)
    if starts_of(draft, 0, lane) is None:
        return
    w = draft.tools.w
    found = [
        tuple(w[cell : cell + at.SPAN])
        for cell in range(
            t[at.W_SPANS],
            t[at.W_SPANS] + spans(t, draft.s, w, 1, 0, 0, 0) * at.SPAN,
            at.SPAN,
        )
    ]
    offered = {
        (position, s)
        for _, _, position, low, high, _ in found
        for s in range(low, high + 1, draft.c.grid)
    }
    held = {
        (position, s)
        for position in range(len(before) + 1)
        for s in possible(draft, lane, 1)
        if any(
            one[position] == s
            for one in all_walks(draft, lane, [*before[:position], 1, *before[position:]])
        )
    }
    assert offered == held


def cost_of(week: Problem, *starts: int) -> int:
    """What a lane costs with the visits at these starts."""
    draft = empty_of(week)
    slot = len(draft.c.lanes)
    draft.s[draft.t[at.S_LEN] + slot] = 0
    for i, start in enumerate(starts):
        insert_into(draft.t, draft.s, slot, slot, i, start, i)
    assert walk(draft.t, draft.s, slot, 0, int(draft.c.lanes[0].lunch))
    return price(draft.t, draft.s, slot, 0)


def test_the_cost_of_a_way_is_there_and_back_and_an_empty_lane_is_free() -> None:
    week = problem(workers=(worker("w1"),), tenants=(tenant("t1"),), visits=(visit("v1"),))
    assert cost_of(week) == 0
    # 1.1 km by bicycle: 10 minutes each way
    assert cost_of(week, 600) == 20


def test_waiting_is_neither_way_nor_lunch() -> None:
    week = problem(
        lunch=LUNCH,
        workers=(worker("w1"),),
        tenants=(tenant("t1"),),
        visits=(visit("v1", gap_days=0), visit("v2", gap_days=0)),
    )
    waits = replace(week, weights=replace(week.weights, travel=0, waiting=1))
    # from 690 to 780 at the same home: 90 idle, 30 of them lunch; before and after are not waiting
    assert cost_of(waits, 660, 780) == 60


def test_lookups_in_ranges() -> None:
    windows = every_day((600, 660), (700, 730), days=1)
    people = (tenant("t1", windows=windows),)
    week = problem(days=1, workers=(worker("w1", shifts=windows),), tenants=people)
    draft = empty_of(replace(week, visits=(visit("v1"),)))
    t = draft.t
    firsts = [first_at(t, 0, at.WIDE, 0, moment) for moment in (0, 615, 635, 700)]
    assert firsts == [600, 615, 700, 700]
    assert first_at(t, 0, at.WIDE, 0, 705) > 1440
    lasts = [last_at(t, 0, at.WIDE, 0, moment) for moment in (2000, 699, 610)]
    assert lasts == [700, 630, 610]
    assert last_at(t, 0, at.WIDE, 0, 599) < 0
    assert (first_at(t, 0, 640, 0, 640), last_at(t, 0, 640, 0, 640)) == (640, 640)
