"""Cases of hard rules where the seats of a visit differ, or a day goes on after midnight."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from scheduling.problem import After, Problem, Resource, Seat
from tests.scheduling.factories import LUNCH, every_day, place, tenant, visit, worker
from tests.scheduling.plans import at
from tests.scheduling.rules.small import (
    PAIR,
    PLAIN,
    V1,
    V1_BOTH,
    HardCase,
    hard,
    same_tenant,
    team,
    two_visits,
)

HALF_HOUR_LATER = Seat(after=After(30, 30))


def relay(second: Seat = HALF_HOUR_LATER, **more: Any) -> Problem:
    """One visit of half an hour by w1, then by w2 as the second seat says."""
    return team(visits=(visit("v1", seats=(Seat(), second)),), **more)


def then(minutes: int = 30, start: int = 600) -> Any:
    """w1, and w2 so much later."""
    return at("v1", "w1", "w2", start=start, offsets=(0, minutes))


def night(until: int = 1500) -> Problem:
    """Work from 14:00 until so long after midnight, except on Friday."""
    late = (*every_day((840, until), days=4), ())
    return team(
        workers=(worker("w1", shifts=late), worker("w2")),
        tenants=(tenant("t1", windows=every_day((540, 1600))),),
        day_end=1600,
    )


def midnight(tenants: tuple[str, str]) -> Problem:
    """w1 works in the night to Tuesday, w2 early on Tuesday."""
    return team(
        day_end=1500,
        workers=(
            worker("w1", shifts=(*every_day((840, 1500), days=1), (), (), (), ())),
            worker("w2", shifts=((), *every_day((0, 480), days=1), (), (), ())),
        ),
        tenants=tuple(tenant(code, windows=every_day((0, 1500))) for code in sorted({*tenants})),
        visits=tuple(visit(f"v{i + 1}", tenant=code) for i, code in enumerate(tenants)),
    )


def after_cases() -> list[HardCase]:
    later = relay(Seat(after=After(30, 60)))
    return [
        hard(
            "too soon",
            later,
            good=(then(),),
            bad=(then(25),),
            lifted=relay(Seat(after=After(25, 60))),
        ),
        hard(
            "too late",
            later,
            good=(then(60),),
            bad=(then(65),),
            lifted=relay(Seat(after=After(30, 65))),
        ),
        hard(
            "together", PAIR, good=(V1_BOTH,), bad=(then(5),), lifted=relay(Seat(after=After(5, 5)))
        ),
        hard(
            "together in so many words",
            PAIR,
            good=(then(0),),
            bad=(at("v1", "w1", "w2", start=605, offsets=(-5, 0)),),
            lifted=None,
        ),
        hard(
            "a start too many",
            PLAIN,
            good=(V1,),
            bad=(at("v1", "w1", offsets=(0, 0)),),
            lifted=None,
        ),
    ]


def grid_cases() -> list[HardCase]:
    given = relay(Seat(after=After(0, 30)))
    return [
        hard("second seat", given, good=(then(),), bad=(then(28),), lifted=replace(given, grid=1))
    ]


def shift_cases() -> list[HardCase]:
    until_645 = (worker("w1", shifts=every_day((540, 645))), worker("w2"))
    morning = (worker("w1"), worker("w2", shifts=every_day((540, 665))))
    return [
        hard(
            "the second leaves too early",
            relay(workers=morning),
            good=(then(start=590),),
            bad=(then(start=610),),
            lifted=relay(),
        ),
        hard(
            "each their own minutes",
            relay(Seat(minutes=45), workers=until_645),
            good=(at("v1", "w1", "w2"),),
            bad=(at("v1", "w2", "w1", start=605),),
            lifted=relay(Seat(minutes=45)),
        ),
        hard(
            "past midnight",
            night(),
            good=(at("v1", "w1", start=1460),),
            bad=(at("v1", "w1", start=1475),),
            lifted=night(until=1515),
        ),
    ]


def window_cases() -> list[HardCase]:
    short = (tenant("t1", windows=every_day((540, 660))),)
    own = relay(Seat(minutes=60))
    return [
        hard(
            "the second is too late",
            relay(tenants=short),
            good=(then(),),
            bad=(then(start=605),),
            lifted=relay(),
        ),
        hard(
            "a longer seat",
            replace(own, visits=(replace(own.visits[0], windows=every_day((540, 660))),)),
            good=(at("v1", "w1", "w2"),),
            bad=(at("v1", "w1", "w2", start=605),),
            lifted=own,
        ),
    ]


def travel_cases() -> list[HardCase]:
    other = visit("v2", tenant="t2")
    far = two_visits(
        places=(*PLAIN.places, place("far", north=60)),
        tenants=(tenant("t1"), tenant("t2", place="far")),
        visits=(visit("v1", seats=(Seat(), HALF_HOUR_LATER)), other),
    )
    near = replace(far, tenants=two_visits().tenants)
    return [
        hard(
            "the second is free half an hour later",
            far,
            good=(then(), at("v2", "w1", start=665)),
            bad=(then(), at("v2", "w2", start=665)),
            lifted=near,
        ),
        hard(
            "back in the night",
            night(),
            good=(at("v1", "w1", start=1460),),
            bad=(at("v1", "w1", start=1465),),
            lifted=night(until=1505),
        ),
    ]


def lunch_cases() -> list[HardCase]:
    def afternoon(minutes: int | None) -> Problem:
        return relay(Seat(minutes=minutes), lunch=LUNCH)

    bad = at("v1", "w1", "w2", start=695)
    return [
        hard(
            "a long seat over noon",
            afternoon(150),
            good=(at("v1", "w1", "w2", start=560),),
            bad=(bad,),
            lifted=afternoon(None),
        )
    ]


def load_cases() -> list[HardCase]:
    limited = (worker("w1", visiting_limit=30), worker("w2", visiting_limit=45))
    return [
        hard(
            "by the minutes of the seat",
            relay(Seat(minutes=45), workers=limited),
            good=(at("v1", "w1", "w2"),),
            bad=(at("v1", "w2", "w1"),),
            lifted=relay(Seat(minutes=30), workers=limited),
        )
    ]


def reserve_cases() -> list[HardCase]:
    # 960 minutes less 30 and 45 of visit, less four times ten on the way
    given = relay(Seat(minutes=45), reserve=(846, 845, 0, 0, 0))
    return [
        hard(
            "by the minutes of the seats",
            given,
            good=(at("v1", "w1", "w2", day=1),),
            bad=(V1_BOTH,),
            lifted=replace(given, reserve=(845, 0, 0, 0, 0)),
        )
    ]


def overlap_cases() -> list[HardCase]:
    free: dict[str, Any] = {"gap_days": 0}
    chain = same_tenant({**free, "seats": (Seat(), Seat(after=After(60, 60)))}, free)
    between = at("v2", "w1", start=635)
    return [
        hard(
            "between the two workers",
            chain,
            good=(then(60), at("v2", "w1", start=690)),
            bad=(then(60), between),
            lifted=replace(
                chain,
                tenants=two_visits().tenants,
                visits=(chain.visits[0], visit("v2", tenant="t2")),
            ),
        ),
        hard(
            "after midnight and the next morning",
            midnight(("t1", "t1")),
            good=(at("v1", "w1", start=1450), at("v2", "w2", day=1, start=40)),
            bad=(at("v1", "w1", start=1450), at("v2", "w2", day=1, start=35)),
            lifted=midnight(("t1", "t2")),
        ),
    ]


def resource_cases() -> list[HardCase]:
    def cars(count: int) -> Problem:
        first = visit("v1", resources=("car",), seats=(Seat(), Seat(after=After(60, 60))))
        second = visit("v2", tenant="t2", resources=("car",))
        return two_visits(visits=(first, second), resources=(Resource(code="car", count=count),))

    return [
        hard(
            "until the last has done",
            cars(1),
            good=(then(60), at("v2", "w1", start=690)),
            bad=(then(60), at("v2", "w1", start=685)),
            lifted=cars(2),
        )
    ]


HARD_SEATS: Mapping[str, list[HardCase]] = {
    "after": after_cases(),
    "grid": grid_cases(),
    "shift": shift_cases(),
    "window": window_cases(),
    "travel": travel_cases(),
    "lunch": lunch_cases(),
    "visiting": load_cases(),
    "reserve": reserve_cases(),
    "overlap": overlap_cases(),
    "resource": resource_cases(),
}
