"""A week as a vehicle routing problem: one vehicle a worker and day, one job a seat, one clock.

The clock counts minutes from Monday midnight (day * 1440 + minute), so that a start says the day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product

from tests.bench.outside import Bench, Week, WeekPlan

DAY = 1440


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


def shared_days(week: Week) -> dict[str, set[int]]:
    """Days of each visit such that any choice among them keeps a tenant's visits far enough apart.

    For planners that cannot say 'at least two days between': a tenant's open days are cut into as
    many blocks as there are visits, as evenly as possible. A visit for which no block is left gets
    no days.
    """
    found: dict[str, set[int]] = {}
    for tenant in week["tenants"]:
        visits = [visit for visit in week["visits"] if visit["tenant"] == tenant["id"]]
        open_days = {day for day, windows in enumerate(tenant["avail"]) if windows}
        for number in range(len(visits), 0, -1):
            blocks = _blocks(visits[:number], open_days, week["days"])
            if blocks:
                break
        else:
            blocks = []
        for position, visit in enumerate(visits):
            found[visit["id"]] = blocks[position] if position < len(blocks) else set()
    return found


def _blocks(visits: list[Week], open_days: set[int], days: int) -> list[set[int]]:
    """The block of each visit, or nothing if they cannot all have one."""
    spans = [(first, last) for first in range(days) for last in range(first, days)]
    choices = []
    for visit in visits:
        fixed = visit["fixed"]
        choices.append(
            [(fixed[0], fixed[0])] if fixed else [s for s in spans if open_days & _span(s)]
        )
    best, most = [], 0
    gap = max((visit["gap"] for visit in visits), default=1)
    for chosen in product(*choices):
        ordered = sorted(chosen)
        if any(b[0] - a[1] < gap for a, b in pairwise(ordered)):
            continue
        sets = [
            _span(s) if v["fixed"] else _span(s) & open_days
            for s, v in zip(chosen, visits, strict=True)
        ]
        worth = 1
        for days_of_one in sets:
            worth *= len(days_of_one)
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
