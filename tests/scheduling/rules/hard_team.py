"""Cases of hard rules about the way and about what the team has."""

from collections.abc import Mapping
from dataclasses import replace

from scheduling.problem import (
    Busy,
    Matrix,
    Mode,
    ModeMinutes,
    Problem,
    Resource,
)
from tests.scheduling.factories import LUNCH, every_day, place, tenant, visit, worker
from tests.scheduling.plans import at
from tests.scheduling.rules.small import (
    PAIR,
    PLAIN,
    V1,
    V1_BOTH,
    V1_TUESDAY,
    HardCase,
    hard,
    team,
    two_visits,
    with_worker,
)


def travel_cases() -> list[HardCase]:
    busy = with_worker(busy=(Busy(day=0, start=660, end=690),))
    apart = two_visits(
        places=(*PLAIN.places, place("far", north=60)),
        tenants=(tenant("t1"), tenant("t2", place="far")),
    )
    abut = (V1, at("v2", "w1", start=630))
    return [
        hard(
            "between stops",
            apart,
            good=(V1, at("v2", "w1", start=665)),
            bad=abut,
            lifted=two_visits(),
        ),
        hard(
            "from the base",
            with_worker(),
            good=(at("v1", "w1", start=550),),
            bad=(at("v1", "w1", start=545),),
            lifted=with_worker(shifts=every_day((535, 1020))),
        ),
        hard(
            "back to the base",
            PLAIN,
            good=(at("v1", "w1", start=980),),
            bad=(at("v1", "w1", start=985),),
            lifted=with_worker(shifts=every_day((540, 1025))),
        ),
        hard(
            "to a meeting",
            busy,
            good=(at("v1", "w1", start=620),),
            bad=(at("v1", "w1", start=625),),
            lifted=PLAIN,
        ),
        *ways_cases(),
    ]


def ways_cases() -> list[HardCase]:
    """Travel that is not simply from home to home."""
    far = (*PLAIN.places, place("far", north=60))
    split = every_day((540, 720), (780, 1020))
    touching = every_day((540, 720), (720, 1020))
    soon, later = at("v2", "w1", start=640), at("v2", "w1", start=670)

    def ending(where: str) -> Problem:
        visits = (visit("v1", end_place=where), visit("v2", tenant="t2"))
        return two_visits(places=far, visits=visits)

    def picking_up(where: str) -> Problem:
        return two_visits(places=far, visits=(visit("v1"), visit("v2", tenant="t2", pick_up=where)))

    return [
        hard(
            "from the end place",
            ending("far"),
            good=(V1, later),
            bad=(V1, soon),
            lifted=ending("home"),
        ),
        hard(
            "to the pick-up place",
            picking_up("far"),
            good=(V1, later),
            bad=(V1, soon),
            lifted=picking_up("home"),
        ),
        hard(
            "back at the base at the end of each lane",
            with_worker(shifts=split),
            good=(at("v1", "w1", start=680),),
            bad=(at("v1", "w1", start=685),),
            lifted=with_worker(shifts=touching),
        ),
        hard(
            "from the base at the start of each lane",
            with_worker(shifts=split),
            good=(at("v1", "w1", start=790),),
            bad=(at("v1", "w1", start=785),),
            lifted=PLAIN,
        ),
        hard(
            "the longer way back",
            replace(PLAIN, matrix=one_way(there=10, back=30)),
            good=(at("v1", "w1", start=960),),
            bad=(at("v1", "w1", start=965),),
            lifted=replace(PLAIN, matrix=one_way(there=30, back=10)),
        ),
    ]


def one_way(*, there: int, back: int) -> Matrix:
    """Minutes from the base to 'home' and from there to the base."""
    table = ModeMinutes(mode=Mode.BIKE, minutes=((0, there), (back, 0)))
    return Matrix(places=("base", "home"), tables=(table,))


def limit_cases() -> list[HardCase]:
    one_a_day = (worker("w1", max_visits=1), worker("w2"))
    both = (V1, at("v2", "w1", start=630))
    return [
        hard(
            "two on one day",
            two_visits(workers=one_a_day),
            good=(V1, at("v2", "w1", day=1)),
            bad=both,
            lifted=two_visits(workers=(worker("w1", max_visits=2), worker("w2"))),
        ),
        hard(
            "exempt visits",
            two_visits(workers=one_a_day),
            good=(V1, at("v2", "w2")),
            bad=both,
            lifted=two_visits({"exempt_from_limits": True}, workers=one_a_day),
        ),
    ]


def visiting_cases() -> list[HardCase]:
    return [
        hard(
            "an hour a week",
            two_visits(workers=(worker("w1", visiting_limit=55), worker("w2"))),
            good=(V1, at("v2", "w2", day=1)),
            bad=(V1, at("v2", "w1", day=1)),
            lifted=two_visits(workers=(worker("w1", visiting_limit=60), worker("w2"))),
        )
    ]


def reserve_cases() -> list[HardCase]:
    # two workers of 480 minutes, half an hour of visit and twice ten minutes on the way: 910 left
    morning = (worker("w1"), worker("w2", shifts=every_day((540, 770))))
    meeting = (worker("w1"), worker("w2", busy=(Busy(day=0, start=540, end=600),)))
    return [
        hard(
            "to the minute",
            team(reserve=(911, 910, 0, 0, 0)),
            good=(V1_TUESDAY,),
            bad=(V1,),
            lifted=team(reserve=(910, 0, 0, 0, 0)),
        ),
        hard(
            "meetings and lunch are not free",
            team(reserve=(791,) + (790,) * 4, workers=meeting, lunch=LUNCH),
            good=(V1_TUESDAY,),
            bad=(V1,),
            lifted=team(reserve=(790,) * 5, workers=meeting, lunch=LUNCH),
        ),
        hard(
            "no lunch is due in a morning",
            team(reserve=(631, 630, 0, 0, 0), workers=morning, lunch=LUNCH),
            good=(V1_TUESDAY,),
            bad=(V1,),
            lifted=team(reserve=(630, 0, 0, 0, 0), workers=morning, lunch=LUNCH),
        ),
        hard(
            "a pair takes twice the time",
            replace(PAIR, reserve=(861, 860, 0, 0, 0)),
            good=(at("v1", "w1", "w2", day=1),),
            bad=(V1_BOTH,),
            lifted=replace(PAIR, reserve=(860, 0, 0, 0, 0)),
        ),
    ]


def resource_cases() -> list[HardCase]:
    def cars(count: int) -> Problem:
        car = (Resource(code="car", count=count),)
        return two_visits({"resources": ("car",)}, resources=car)

    return [
        hard(
            "one car",
            cars(1),
            good=(V1, at("v2", "w2", start=630)),
            bad=(V1, at("v2", "w2", start=625)),
            lifted=cars(2),
        ),
        hard(
            "no car",
            cars(0),
            good=(),
            bad=(V1,),
            lifted=cars(1),
        ),
    ]


HARD_TEAM: Mapping[str, list[HardCase]] = {
    "travel": travel_cases(),
    "limit": limit_cases(),
    "visiting": visiting_cases(),
    "reserve": reserve_cases(),
    "resource": resource_cases(),
}
