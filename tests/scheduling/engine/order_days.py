"""Invented single days of the sort an order search is for, small enough to reason about."""

import random

from scheduling.problem import (
    After,
    Matrix,
    Mode,
    ModeMinutes,
    Place,
    Priority,
    Problem,
    Seat,
    Slot,
    Tenant,
    Visit,
    Worker,
)
from scheduling.weights import Weights
from scheduling.windows import Interval
from tests.scheduling.factories import MONDAY

SKILLS = ("wash", "wound", "talk")


def random_day(seed: int, *, visits: int = 9, workers: int = 3, tight: bool = True) -> Problem:
    """A valid day: asymmetric travel in two modes, pairs, gaps, wishes that are hard; where it is
    tight, hard ends that leave visits out.
    """
    dice = random.Random(seed)
    places = [f"p{i}" for i in range(visits + 2)]
    team = tuple(_worker(dice, i, tight=tight) for i in range(workers))
    return Problem(
        week=MONDAY,
        days=1,
        grid=5,
        places=tuple(
            Place(code=code, lat=0, lon=0, excluded=("w0",) if dice.random() < 0.1 else ())
            for code in places
        ),
        workers=team,
        tenants=tuple(_tenant(dice, i, tight=tight) for i in range(visits)),
        visits=tuple(_visit(dice, i, places, tight=tight) for i in range(visits)),
        matrix=Matrix(
            places=tuple(places),
            tables=tuple(
                ModeMinutes(mode=mode, minutes=_minutes(dice, len(places), most))
                for mode, most in ((Mode.CAR, 8), (Mode.WALK, 12))
            ),
        ),
        weights=Weights(travel=dice.choice((1, 2)), lateness=2, largest_lateness=3),
    )


def _minutes(dice: random.Random, n: int, most: int) -> tuple[tuple[int, ...], ...]:
    return tuple(
        tuple(0 if i == j else 5 * dice.randint(1, most) for j in range(n)) for i in range(n)
    )


def _worker(dice: random.Random, i: int, *, tight: bool) -> Worker:
    start = 5 * dice.randint(90, 110)
    end = start + 5 * dice.randint(50, 80) if tight else 1440
    return Worker(
        code=f"w{i}",
        discipline=dice.choice(("nurse", "social")),
        base=f"p{i % 2}",
        shifts=((Interval(start, end),) if i or not tight else (Interval(540, 900),),),
        mode=dice.choice((Mode.CAR, Mode.WALK)),
        skills=tuple(skill for skill in SKILLS if dice.random() < 0.7),
        gender=dice.choice(("f", "m")),
        no_dogs=dice.random() < 0.2,
    )


def _tenant(dice: random.Random, i: int, *, tight: bool) -> Tenant:
    start = 5 * dice.randint(96, 160)
    end = start + 5 * dice.randint(20, 40) if tight else 1440
    gender = dice.choice(("f", "m")) if dice.random() < 0.1 else None
    return Tenant(
        code=f"t{i}",
        place=f"p{i + 2}",
        windows=((Interval(start, end),),),
        gender=gender,
        gender_hard=gender is not None,
        excluded=("w1",) if dice.random() < 0.1 else (),
    )


def _visit(dice: random.Random, i: int, places: list[str], *, tight: bool) -> Visit:
    after, least = dice.choice((None, None, 10, 20)), dice.choice((0, 15))
    seats = [Seat(skills=(dice.choice(SKILLS),) if dice.random() < 0.5 else ())]
    if dice.random() < 0.4:
        gap = None if after is None else After(least, least + after)
        seats.append(Seat(disciplines=("nurse",), minutes=5 * dice.randint(1, 6), after=gap))
    return Visit(
        code=f"v{i}",
        tenant=f"t{i}",
        minutes=5 * dice.randint(2, 8),
        priority=dice.choice(tuple(Priority)),
        overdue_days=dice.randint(0, 3),
        seats=tuple(seats),
        end_place=dice.choice(places) if dice.random() < 0.1 else None,
        fixed=Slot(0, 5 * dice.randint(110, 150)) if tight and dice.random() < 0.15 else None,
        preferred_until=5 * dice.randint(100, 180) if dice.random() < 0.8 else None,
        dogs=dice.random() < 0.1,
    )
