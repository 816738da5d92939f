"""A week as a vehicle routing problem: one vehicle a worker and day, one job a seat, one clock.

The clock counts minutes from Monday midnight (day * 1440 + minute), so that a start says the day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod

from tests.bench.outside import Bench, Week, WeekPlan

DAY = 1440
ORDER = {"must": 0, "should": 1, "want": 2}


@dataclass(frozen=True)
class Vehicle:
    """One worker on one day, from base to base. `point` and the travel tables share an index."""

    worker: str
    day: int
    point: int
    mode: str
    opens: int
    closes: int
    most: int
    lunch: bool


@dataclass(frozen=True)
class Job:
    """One seat of a visit: who may take it, and the minutes at which it may begin, both inclusive.

    `price`: what leaving out the whole visit costs, shared between its seats.
    """

    visit: str
    tenant: str
    seat: int
    seats: int
    point: int
    minutes: int
    allowed: frozenset[str]
    starts: tuple[tuple[int, int], ...]
    price: int
    gap: int


@dataclass(frozen=True)
class Routing:
    """The whole week. `travel[mode][i][j]`: minutes; `wishes[worker, visit]`: soft costs there."""

    vehicles: tuple[Vehicle, ...]
    jobs: tuple[Job, ...]
    travel: dict[str, list[list[int]]]
    lunch: dict[str, int]
    wishes: dict[tuple[str, str], int]


def routing_of(
    bench: Bench,
    week: Week,
    *,
    days: dict[str, set[int]] | None = None,
    held: WeekPlan | None = None,
) -> Routing:
    """The week's vehicles and jobs.

    `days`: on which days a visit may be, all where it is not named. `held`: visits (of several
    seats) that stay at this day and start with these workers.
    """
    points = {tuple(team["base"]): 0 for team in week["teams"]}
    points |= {tuple(visit["loc"]): 0 for visit in week["visits"]}
    points = {point: number for number, point in enumerate(points)}
    modes = sorted({worker["mode"] for worker in week["workers"]})
    go = bench.generator.travel
    return Routing(
        vehicles=tuple(_vehicles(week, points)),
        jobs=tuple(_jobs(bench, week, points, days or {}, held or {})),
        travel={mode: [[go(a, b, mode) for b in points] for a in points] for mode in modes},
        lunch=week["lunch"],
        wishes=_wishes(bench, week),
    )


def shared_days(bench: Bench, week: Week) -> dict[str, set[int]]:
    """Days of each visit such that any choice among them keeps a tenant's visits far enough apart.

    For planners that cannot say 'at least two days between': the days are cut into as many blocks
    as the tenant has visits, so that each has as many days as can be on which somebody could go. A
    visit for which no block is left gets no days.
    """
    found: dict[str, set[int]] = {visit["id"]: set() for visit in week["visits"]}
    for tenant in week["tenants"]:
        visits = [visit for visit in week["visits"] if visit["tenant"] == tenant["id"]]
        usable = {visit["id"]: _usable(bench, week, tenant, visit) for visit in visits}
        visits = [visit for visit in visits if usable[visit["id"]]]
        visits.sort(key=lambda visit: ORDER[visit["prio"]])
        for number in range(len(visits), 0, -1):
            gap = max(visit["gap"] for visit in visits)
            some = [visit["id"] for visit in visits[:number]]
            blocks = _blocks([usable[code] for code in some], gap, week["days"])
            if blocks:
                found |= zip(some, blocks, strict=True)
                break
    return found


def _usable(bench: Bench, week: Week, tenant: Week, visit: Week) -> set[int]:
    """Days on which the tenant is there and each seat has somebody at work."""
    days = {day for day, windows in enumerate(tenant["avail"]) if windows}
    if visit["fixed"]:
        days = {visit["fixed"][0]}
    team = [worker for worker in week["workers"] if worker["team"] == visit["team"]]
    for role in visit["need"]:
        able = [worker for worker in team if bench.evaluator.allowed(worker, tenant, role)]
        days = {day for day in days if any(worker["shifts"][day] for worker in able)}
    return days


def _blocks(usable: list[set[int]], gap: int, days: int) -> list[set[int]]:
    """A block of days for each visit, `gap` days between blocks; nothing if there is none."""
    spans = [(first, last) for first in range(days) for last in range(first, days)]
    choices = [[span for span in spans if wanted & _span(span)] for wanted in usable]
    best, most = list[set[int]](), 0
    for chosen in product(*choices):
        if any(b[0] - a[1] < gap for a, b in pairwise(sorted(chosen))):
            continue
        sets = [_span(span) & wanted for span, wanted in zip(chosen, usable, strict=True)]
        worth = prod(len(one) for one in sets)
        if worth > most:
            best, most = sets, worth
    return best


def _span(span: tuple[int, int]) -> set[int]:
    return set(range(span[0], span[1] + 1))


def _vehicles(week: Week, points: dict[tuple[float, ...], int]) -> Iterable[Vehicle]:
    bases = {team["id"]: points[tuple(team["base"])] for team in week["teams"]}
    for worker in week["workers"]:
        for day, shift in enumerate(worker["shifts"]):
            if shift:
                yield Vehicle(
                    worker=worker["id"],
                    day=day,
                    point=bases[worker["team"]],
                    mode=worker["mode"],
                    opens=DAY * day + shift[0],
                    closes=DAY * day + shift[1],
                    most=worker["max_visits"],
                    lunch=shift[0] < 750 and shift[1] > 780,
                )


def _jobs(
    bench: Bench,
    week: Week,
    points: dict[tuple[float, ...], int],
    days: dict[str, set[int]],
    held: WeekPlan,
) -> Iterable[Job]:
    tenants = {tenant["id"]: tenant for tenant in week["tenants"]}
    prices = bench.evaluator.WEIGHTS["unplaced"]
    for visit in week["visits"]:
        tenant, hold = tenants[visit["tenant"]], held.get(visit["id"])
        starts = _starts(visit, tenant, days.get(visit["id"], set(range(week["days"]))))
        if hold:
            starts = ((DAY * hold["day"] + hold["start"],) * 2,)
        for seat, role in enumerate(visit["need"]):
            allowed = frozenset(
                worker["id"]
                for worker in week["workers"]
                if worker["team"] == visit["team"] and bench.evaluator.allowed(worker, tenant, role)
            )
            yield Job(
                visit=visit["id"],
                tenant=visit["tenant"],
                seat=seat,
                seats=len(visit["need"]),
                point=points[tuple(visit["loc"])],
                minutes=visit["dur"],
                allowed=frozenset([hold["workers"][seat]]) if hold else allowed,
                starts=starts,
                price=prices[visit["prio"]] // len(visit["need"]),
                gap=visit["gap"],
            )


def _starts(visit: Week, tenant: Week, days: set[int]) -> tuple[tuple[int, int], ...]:
    if visit["fixed"]:
        day, start = visit["fixed"]
        return ((DAY * day + start,) * 2,) if day in days else ()
    return tuple(
        (DAY * day + opens, DAY * day + closes - visit["dur"])
        for day, windows in enumerate(tenant["avail"])
        for opens, closes in windows
        if day in days and closes - opens >= visit["dur"]
    )


def _wishes(bench: Bench, week: Week) -> dict[tuple[str, str], int]:
    """Language, gender and own worker for visits of one seat: what a worker's going costs."""
    weights = bench.evaluator.WEIGHTS
    tenants = {tenant["id"]: tenant for tenant in week["tenants"]}
    found = {}
    for visit in week["visits"]:
        tenant = tenants[visit["tenant"]]
        for worker in week["workers"]:
            if worker["team"] != visit["team"] or len(visit["need"]) > 1:
                continue
            cost = 0
            if tenant["primary"] and tenant["primary"] != worker["id"]:
                cost += weights["not_primary"]
            if tenant["lang"] not in worker["langs"]:
                cost += weights["language"]
            if tenant["gender"] and not tenant["gender_hard"]:
                cost += weights["gender"] * (worker["gender"] != tenant["gender"])
            if cost:
                found[worker["id"], visit["id"]] = cost
    return found
