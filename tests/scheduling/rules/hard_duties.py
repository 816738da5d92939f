"""Cases of hard rules about duty and rest, and changes of the clean week that break them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from scheduling.plan import Plan
from scheduling.problem import Busy, Duty, Problem, Staffed, Worker
from scheduling.windows import Interval
from tests.scheduling.factories import every_day, place, worker
from tests.scheduling.plans import plan
from tests.scheduling.rules.small import HardCase, team

EVENING = Duty(code="d1", day=1, start=1020, end=1320, kind="evening")
NIGHT = Duty(code="d2", day=1, start=1320, end=1860, kind="standby")
NOON = Duty(code="d3", day=1, start=660, end=780, kind="phone")
MONDAY_ONLY = (every_day((540, 1020))[0], (), (), (), ())


def on(*duties: Duty, **more: Any) -> Problem:
    """The smallest team with duties."""
    return team(duties=duties, **more)


def given(problem: Problem, *pairs: tuple[str, str]) -> Plan:
    """No visit placed; (duty, worker) each."""
    duties = tuple(Staffed(duty=duty, worker=who) for duty, who in pairs)
    return replace(plan(problem), duties=duties)


def case(
    name: str,
    problem: Problem,
    *,
    good: tuple[tuple[str, str], ...],
    bad: tuple[tuple[str, str], ...],
    lifted: Problem | None,
) -> HardCase:
    return HardCase(name, problem, given(problem, *good), given(problem, *bad), lifted)


def one(*others: Worker, **more: Any) -> tuple[Worker, ...]:
    """w1 made special, w2 plain."""
    return (worker("w1", **more), worker("w2"), *others)


def duty_cases() -> list[HardCase]:
    plain = on(EVENING)
    nurses = one(discipline="nurse", skills=("injection",))
    kept_out = (place("base"), place("home", north=10), place("hall", excluded=("w1",)))
    hall = (place("base"), place("home", north=10), place("hall"))
    in_hall = replace(EVENING, place="hall")
    away = one(absences=((), (Interval(1200, 1440),), (), (), ()))
    meeting = one(busy=(Busy(day=1, start=720, end=750),))
    late = one(shifts=every_day((660, 1140)))
    taken = one(outside=(Busy(day=1, start=1080, end=1140),))
    w1, w2 = (("d1", "w1"),), (("d1", "w2"),)
    return [
        case("duty", plain, good=w1, bad=(("d9", "w1"),), lifted=on(replace(EVENING, code="d9"))),
        case("worker", plain, good=w1, bad=(("d1", "w9"),), lifted=on(EVENING, workers=_w9())),
        case("twice", plain, good=w1, bad=(*w1, *w2), lifted=None),
        case(
            "discipline",
            on(replace(EVENING, disciplines=("nurse",)), workers=nurses),
            good=w1,
            bad=w2,
            lifted=plain,
        ),
        case(
            "skill",
            on(replace(EVENING, skills=("injection",)), workers=nurses),
            good=w1,
            bad=w2,
            lifted=plain,
        ),
        case(
            "place", on(in_hall, places=kept_out), good=w2, bad=w1, lifted=on(in_hall, places=hall)
        ),
        case("away", on(EVENING, workers=away), good=w2, bad=w1, lifted=plain),
        case("half at work", on(EVENING, workers=late), good=w2, bad=w1, lifted=plain),
        case(
            "in a meeting",
            on(NOON, workers=meeting),
            good=(("d3", "w2"),),
            bad=(("d3", "w1"),),
            lifted=on(replace(NOON, visits=True), workers=meeting),
        ),
        case("for another team", on(EVENING, workers=taken), good=w2, bad=w1, lifted=plain),
        case(
            "two at once",
            on(NOON, replace(NOON, code="d4", start=720)),
            good=(("d3", "w1"), ("d4", "w2")),
            bad=(("d3", "w1"), ("d4", "w1")),
            lifted=on(NOON, replace(NOON, code="d4", start=780, end=800)),
        ),
        case(
            "what has begun stands",
            on(EVENING, workers=away, now=1440 + 1000),
            good=w2,
            bad=w1,
            lifted=on(EVENING, workers=away, now=1440 + 1025),
        ),
    ]


def _w9() -> tuple[Worker, ...]:
    return (worker("w1"), worker("w2"), worker("w9"))


def rest_cases() -> list[HardCase]:
    until_2205 = replace(EVENING, end=1325)
    early = one(shifts=every_day((480, 960)))
    monday_only = one(shifts=MONDAY_ONLY)
    w1, w2 = (("d1", "w1"),), (("d1", "w2"),)
    sunday = replace(EVENING, code="d1", day=0, start=480, end=540)
    evening_before = one(outside=(Busy(day=-1, start=1200, end=1320),))
    both = (replace(NIGHT, day=2, end=1440), replace(EVENING, day=3, start=600, end=665))
    idle = one(shifts=((),) * 5)
    return [
        case(
            "thirteen hours to the minute",
            on(until_2205, workers=monday_only),
            good=w1,
            bad=w2,
            lifted=on(EVENING, workers=monday_only),
        ),
        case("early the next day", on(EVENING, workers=early), good=w2, bad=w1, lifted=on(EVENING)),
        case(
            "after the week before",
            on(sunday, workers=evening_before),
            good=w2,
            bad=w1,
            lifted=on(sunday),
        ),
        case(
            "between two duties",
            on(*both, workers=idle),
            good=(("d2", "w1"),),
            bad=(("d1", "w1"), ("d2", "w1")),
            lifted=on(both[0], replace(both[1], start=660, end=720), workers=idle),
        ),
    ]


HARD_DUTIES: Mapping[str, list[HardCase]] = {"duty": duty_cases(), "rest": rest_cases()}

WEEK_DUTIES = (
    Duty(code="d1", day=2, start=1020, end=1320, kind="evening", disciplines=("nurse",)),
    Duty(code="d2", day=3, start=1020, end=1380, kind="evening"),
)
WEEK_STAFFED = (Staffed(duty="d1", worker="w2"), Staffed(duty="d2", worker="w6"))
"""w6 works on Thursday from 13:00 only; whoever else has d2 would be at work for 14 hours."""


def to_duty(*pairs: tuple[str, str]) -> Callable[[Problem, Plan], Plan]:
    """Give duties anew."""
    return lambda _, old: replace(
        old, duties=tuple(Staffed(duty=duty, worker=who) for duty, who in pairs)
    )


DUTY_MUTATIONS: Mapping[str, list[Callable[[Problem, Plan], Plan]]] = {
    "duty": [
        to_duty(("d1", "w3")),
        to_duty(("d1", "w77")),
        to_duty(("d77", "w2")),
        to_duty(("d1", "w2"), ("d1", "w2")),
    ],
    "rest": [to_duty(("d2", "w3")), to_duty(("d1", "w2"), ("d2", "w2"))],
}
