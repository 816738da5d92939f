"""Cases of hard rules about when."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scheduling.problem import (
    Pin,
    Slot,
)
from scheduling.windows import Interval
from tests.scheduling.factories import LUNCH, every_day, visit, worker
from tests.scheduling.plans import at
from tests.scheduling.rules.small import (
    PLAIN,
    V1,
    V1_TUESDAY,
    HardCase,
    hard,
    same_tenant,
    team,
    two_visits,
    with_tenant,
    with_visit,
    with_worker,
)


def grid_cases() -> list[HardCase]:
    bad = (at("v1", "w1", start=602),)
    return [hard("two past", PLAIN, good=(V1,), bad=bad, lifted=replace(PLAIN, grid=1))]


def shift_cases() -> list[HardCase]:
    monday_off = every_day((540, 1020))[1:]
    away = ((Interval(0, 1440),), (), (), (), ())
    noon = ((Interval(615, 640),), (), (), (), ())
    return [
        hard(
            "no shift",
            with_worker(shifts=((), *monday_off)),
            good=(V1_TUESDAY,),
            bad=(V1,),
            lifted=PLAIN,
        ),
        hard("absent", with_worker(absences=away), good=(V1_TUESDAY,), bad=(V1,), lifted=PLAIN),
        hard(
            "absence inside",
            with_worker(absences=noon),
            good=(at("v1", "w1", start=700),),
            bad=(V1,),
            lifted=PLAIN,
        ),
        hard(
            "from one lane into the next",
            with_worker(shifts=every_day((540, 620), (625, 1020))),
            good=(at("v1", "w1", start=635),),
            bad=(V1,),
            lifted=with_worker(shifts=every_day((540, 620), (620, 1020))),
        ),
    ]


def lunch_cases() -> list[HardCase]:
    long = team(visits=(visit("v1", minutes=180),), lunch=LUNCH)
    noon = at("v1", "w1", start=680)
    until_780, until_800 = every_day((540, 780)), every_day((540, 800))
    return [
        hard(
            "a long visit over noon",
            long,
            good=(at("v1", "w1", start=755),),
            bad=(noon,),
            lifted=replace(long, lunch=None),
        ),
        hard(
            "none is due in a lane until 13:00",
            replace(long, workers=(worker("w1", shifts=until_800),)),
            good=(at("v1", "w1", start=550),),
            bad=(at("v1", "w1", start=590),),
            lifted=replace(long, workers=(worker("w1", shifts=until_780),)),
        ),
    ]


def window_cases() -> list[HardCase]:
    late = every_day((780, 1020))
    halves = every_day((540, 615), (615, 1020))
    return [
        hard(
            "tenant's",
            with_tenant(windows=late),
            good=(at("v1", "w1", start=780),),
            bad=(V1,),
            lifted=with_tenant(windows=halves),
        ),
        hard(
            "visit's own",
            with_visit(windows=late),
            good=(at("v1", "w1", start=780),),
            bad=(V1,),
            lifted=with_visit(windows=halves),
        ),
        hard(
            "arranged by a person",
            replace(with_tenant(windows=late), pins=(Pin(visit="v1", day=0),)),
            good=(at("v1", "w1", start=780),),
            bad=(V1,),
            lifted=replace(with_tenant(windows=late), pins=(Pin(visit="v1", day=0, start=600),)),
        ),
        hard(
            "an appointment from outside",
            with_tenant(windows=late),
            good=(at("v1", "w1", start=780),),
            bad=(V1,),
            lifted=replace(with_tenant(windows=late), visits=with_visit(fixed=Slot(0, 600)).visits),
        ),
    ]


def fixed_cases() -> list[HardCase]:
    return [
        hard(
            "slot",
            with_visit(fixed=Slot(0, 600)),
            good=(V1,),
            bad=(at("v1", "w1", start=605),),
            lifted=PLAIN,
        ),
        hard("day", with_visit(fixed_day=1), good=(V1_TUESDAY,), bad=(V1,), lifted=PLAIN),
    ]


def past_cases() -> list[HardCase]:
    now = team(now=660)
    pinned = replace(now, pins=(Pin(visit="v1", day=0, start=600),))
    return [
        hard("before now", now, good=(at("v1", "w1", start=660),), bad=(V1,), lifted=PLAIN),
        hard("a pin keeps it", now, good=(V1_TUESDAY,), bad=(V1,), lifted=pinned),
    ]


def spacing_cases() -> list[HardCase]:
    next_day, third_day = at("v2", "w1", day=1), at("v2", "w1", day=2)
    seen_sunday = with_tenant(last_contact=-1)
    return [
        hard(
            "gap of the later visit",
            same_tenant({}, {"gap_days": 2}),
            good=(V1, third_day),
            bad=(V1, next_day),
            lifted=same_tenant({}, {}),
        ),
        hard(
            "gap of the earlier visit",
            same_tenant({"gap_days": 2}, {"gap_days": 0}),
            good=(V1, third_day),
            bad=(V1, next_day),
            lifted=same_tenant({"gap_days": 2, "exempt_from_spacing": True}, {}),
        ),
        hard(
            "two a day",
            same_tenant({"gap_days": 1}, {"gap_days": 0}),
            good=(V1, next_day),
            bad=(V1, at("v2", "w1", start=700)),
            lifted=same_tenant({"gap_days": 0}, {"gap_days": 0}),
        ),
        hard(
            "since the last contact",
            replace(seen_sunday, visits=(visit("v1", gap_days=2),)),
            good=(V1_TUESDAY,),
            bad=(V1,),
            lifted=seen_sunday,
        ),
    ]


def overlap_cases() -> list[HardCase]:
    free: dict[str, Any] = {"gap_days": 0}
    at_once = at("v2", "w2", start=615)
    return [
        hard(
            "two at once",
            same_tenant(free, free),
            good=(V1, at("v2", "w2", start=630)),
            bad=(V1, at_once),
            lifted=two_visits(),
        )
    ]


HARD_TIME: Mapping[str, list[HardCase]] = {
    "grid": grid_cases(),
    "shift": shift_cases(),
    "lunch": lunch_cases(),
    "window": window_cases(),
    "fixed": fixed_cases(),
    "past": past_cases(),
    "spacing": spacing_cases(),
    "overlap": overlap_cases(),
}
