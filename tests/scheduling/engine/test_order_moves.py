"""The moves of an order search: each can be taken back; decoding a part is decoding the whole."""

from collections.abc import Iterator
from typing import Any

import pytest

from scheduling.engine import order_anneal
from scheduling.engine import order_layout as at
from scheduling.engine.kernel import copy_of, seeded
from scheduling.engine.order_anneal import anneal, make, undo
from scheduling.engine.order_day import Day, day_of
from scheduling.engine.order_decode import begin, cost, decode, keep, load
from scheduling.engine.order_start import construct
from tests.scheduling.engine.order_days import random_day

KINDS = [
    "RELOCATE",
    "HAND_OVER",
    "SWAP",
    "EXCHANGE",
    "CROSS",
    "SPLICE",
    "PASS_ON",
    "DROP",
    "ADD",
    "REPLACE",
]
TOTALS = (at.WAY, at.LATENESS, at.LARGEST, at.OVERRUN, at.LEFT_OUT, at.PLACED, at.OUT)
CALL = (at.PREV, at.NEXT, at.START, at.LATE, at.OVER, at.WORKER)


def days() -> Iterator[Day]:
    for seed in range(8):
        day = day_of(random_day(seed, visits=12, workers=4, tight=seed % 2 > 0))
        construct(day.t)
        yield day


def calls(t: Any) -> range:
    first = t[at.FIRST_CALL]
    return range(first, first + t[at.CALLS] * at.RECORD, at.RECORD)


def state(t: Any) -> tuple[Any, ...]:
    """All that a plan is, in comparable form; calls that are left out have no links."""
    placed = [int(t[t[at.ORDER] + i]) for i in range(t[at.PLACED])]
    out = {int(t[t[at.OUTSIDE] + i]) for i in range(t[at.OUT])}
    records = [
        tuple(int(t[c + field]) for field in CALL) for c in calls(t) if t[c + at.VISIT] not in out
    ]
    bases = [
        tuple(int(t[t[at.FIRST_BASE] + i * at.RECORD + field]) for field in CALL[:2])
        for i in range(t[at.WORKERS])
    ]
    return placed, out, records, bases, [int(t[field]) for field in TOTALS]


def afresh(t: Any) -> Any:
    """The order in hand decoded from nothing, in a copy."""
    copy = copy_of(t)
    keep(copy)
    load(copy)
    return copy


@pytest.mark.parametrize("kind", KINDS)
def test_a_move_can_be_taken_back(kind: str) -> None:
    made = 0
    number = getattr(order_anneal, kind)
    for day in days():
        t, dice = day.t, seeded(3)
        for i in range(60):
            anneal(t, dice, 200_000, 5)
            if number in (order_anneal.ADD, order_anneal.REPLACE) and t[at.OUT] == 0:
                continue
            if t[at.PLACED] == 0:
                continue
            before = state(t)
            begin(t)
            if make(t, dice, number) == 0:
                assert state(t) == before
                continue
            made += 1
            if i % 3:
                decode(t)
            undo(t, number)
            assert state(t) == before
    assert made > 20


@pytest.mark.parametrize("kind", KINDS)
def test_decoding_what_a_move_touched_is_decoding_everything(kind: str) -> None:
    changed = 0
    number = getattr(order_anneal, kind)
    for day in days():
        t, dice = day.t, seeded(4)
        for _ in range(40):
            anneal(t, dice, 200_000, 5)
            if number in (order_anneal.ADD, order_anneal.REPLACE) and t[at.OUT] == 0:
                continue
            if t[at.PLACED] == 0:
                continue
            begin(t)
            if make(t, dice, number) == 0:
                continue
            decode(t)
            whole = afresh(t)
            changed += t[at.LOGGED] > 0
            assert state(t)[:4] == state(whole)[:4]
            assert state(t)[4] == state(whole)[4]
            t[at.COST] = cost(t)
    assert changed > 10


def test_cost_in_hand_is_never_out_of_step() -> None:
    for day in days():
        dice = seeded(9)
        for heat in (2_000_000, 100_000, 1000):
            anneal(day.t, dice, heat, 400)
            assert day.t[at.COST] == cost(day.t)
            assert state(day.t) == state(afresh(day.t))


def test_best_is_without_overrun() -> None:
    for day in days():
        anneal(day.t, seeded(2), 100_000, 2000)
        load(day.t)
        assert day.t[at.OVERRUN] == 0
        assert cost(day.t) == day.t[at.BEST_COST]
