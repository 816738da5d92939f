"""Which problems an order search is for, what it needs to know of one, and the way back.

It is for a single day on which visits hold each other up and starts are asked early rather than
anywhere in a window: hard windows, lanes and fixed starts, travel, lateness, and nothing that looks
at more than one visit at a time. Everything else is declined, and the general search plans it.
"""

from dataclasses import dataclass
from itertools import product

from scheduling.engine import order_layout as at
from scheduling.engine.index import visit_order, worker_order
from scheduling.engine.kernel import Array
from scheduling.engine.order_tables import DayCall, DayVisit, DayWeights, DayWorker, build
from scheduling.problem import (
    After,
    Place,
    Placement,
    Problem,
    Seat,
    Tenant,
    Visit,
    Worker,
    lanes,
    lunch_due,
    minutes_of,
)
from scheduling.travel import ProblemTravel
from scheduling.windows import Interval, union


def applies(problem: Problem) -> bool:
    """Whether a valid problem is one for an order search."""
    return (
        problem.days == 1
        and problem.weights.waiting == 0
        and problem.now is None
        and problem.published is None
        and not (problem.pins or problem.duties or any(problem.reserve))
        and all(_plain_worker(problem, worker) for worker in problem.workers)
        and all(_plain_tenant(tenant) for tenant in problem.tenants)
        and len({visit.tenant for visit in problem.visits}) == len(problem.visits)
        and all(_plain_visit(problem, visit) for visit in problem.visits)
    )


def _plain_worker(problem: Problem, worker: Worker) -> bool:
    mine = lanes(worker, 0)
    return (
        len(mine) <= 1
        and not any(lunch_due(problem.lunch, lane) for lane in mine)
        and not worker.busy
        and worker.max_visits is worker.visiting_limit is worker.overload_after is None
        and worker.may_go_alone
        and worker.counts_as_second
    )


def _plain_tenant(tenant: Tenant) -> bool:
    wishes = (tenant.languages, tenant.primary, tenant.backup, tenant.wanted, tenant.unwanted)
    return (
        not any(wishes)
        and not tenant.known
        and (tenant.gender is None or tenant.gender_hard)
        and tenant.distinct == 0
        and tenant.max_distinct is tenant.last_contact is None
    )


def _plain_visit(problem: Problem, visit: Visit) -> bool:
    tenant = next(tenant for tenant in problem.tenants if tenant.code == visit.tenant)
    return (
        not visit.resources
        and visit.preferred is None
        and (visit.fixed is not None or len(_windows(visit, tenant)) <= 1)
    )


def _windows(visit: Visit, tenant: Tenant) -> list[Interval]:
    """Where a seat may lie: inside a window of the tenant, and one of the visit's own."""
    theirs = union(tenant.windows[0])
    if visit.windows is None:
        return list(theirs)
    both = product(theirs, union(visit.windows[0]))
    spans = [Interval(max(a.start, b.start), min(a.end, b.end)) for a, b in both]
    return [span for span in spans if span.start < span.end]


@dataclass(frozen=True, slots=True)
class Day:
    """A search's array, and the visits and workers that its records stand for.

    `spent`: the price of the visits that nobody could take whatever the rest of the plan.
    """

    t: Array
    visits: tuple[Visit, ...]
    workers: tuple[Worker, ...]
    spent: int

    def placements(self) -> tuple[Placement, ...]:
        """The order in hand as placements, by code."""
        t, found = self.t, []
        for i in range(t[at.PLACED]):
            v = t[t[at.ORDER] + i]
            calls = [t[v + at.CALL] + k * at.RECORD for k in range(t[v + at.SEATS])]
            starts = [int(t[c + at.START]) for c in calls]
            offsets = tuple(start - starts[0] for start in starts)
            found.append(
                Placement(
                    visit=self.visits[t[v + at.CODE]].code,
                    day=0,
                    start=starts[0],
                    workers=tuple(
                        self.workers[t[t[c + at.WORKER] + at.NUMBER]].code for c in calls
                    ),
                    offsets=offsets if any(offsets) else (),
                )
            )
        return tuple(sorted(found, key=lambda placement: placement.visit))


def day_of(problem: Problem) -> Day:
    """The array for a problem to which an order search applies; equal however the input is
    ordered.
    """
    tenants = {tenant.code: tenant for tenant in problem.tenants}
    places = {place.code: place for place in problem.places}
    workers = [worker for worker in worker_order(problem) if lanes(worker, 0)]
    asked = [
        (visit, _visit(problem, visit, tenants[visit.tenant], workers, places))
        for visit in visit_order(problem)
    ]
    possible = [pair for pair in asked if all(call.able for call in pair[1].calls)]
    possible.sort(key=lambda pair: pair[1].calls[0].open + pair[1].calls[0].due)
    codes = sorted(places)
    number = {code: i for i, code in enumerate(codes)}
    here = [
        DayWorker(
            base=len(codes) + number[worker.base],
            mode=_modes(problem).index(worker.mode),
            start=lanes(worker, 0)[0].start,
            end=lanes(worker, 0)[0].end,
        )
        for worker in workers
    ]
    spots = [
        one._replace(
            origin=number[visit.pick_up or visit.place or tenants[visit.tenant].place],
            goal=number[visit.end_place or visit.place or tenants[visit.tenant].place],
        )
        for visit, one in possible
    ]
    prices = [one.price for _, one in asked]
    return Day(
        t=build(spots, here, _travel(problem, codes), _weights(problem, max(prices, default=0))),
        visits=tuple(visit for visit, _ in possible),
        workers=tuple(workers),
        spent=sum(prices) - sum(one.price for _, one in possible),
    )


def _modes(problem: Problem) -> list[str]:
    return sorted({worker.mode for worker in problem.workers})


def _travel(problem: Problem, codes: list[str]) -> list[list[list[int]]]:
    """Per mode the minutes between places, then the same places as bases: a lane without visits is
    not walked, so that a base is no way from itself.
    """
    ways, n = ProblemTravel(problem), len(codes)
    result = []
    for mode in sorted({worker.mode for worker in problem.workers}):
        rows = [[ways.minutes(a, b, mode) for b in codes] for a in codes]
        table = [rows[i % n] * 2 for i in range(2 * n)]
        result.append([list(row) for row in table])
        for i in range(n, 2 * n):
            result[-1][i][i] = 0
    return result or [[[0]]]


def _weights(problem: Problem, dearest: int) -> DayWeights:
    """Overrun costs more than any visit saves, so that a search does not linger there."""
    weights = problem.weights
    return DayWeights(
        way=weights.travel,
        lateness=weights.lateness,
        largest=weights.largest_lateness,
        overrun=dearest // problem.grid + 1,
    )


def _visit(
    problem: Problem,
    visit: Visit,
    tenant: Tenant,
    workers: list[Worker],
    places: dict[str, Place],
) -> DayVisit:
    """Without its places' numbers."""
    weights, never = problem.weights, problem.day_end
    price = int(getattr(weights, f"unplaced_{visit.priority}"))
    banned = set(tenant.excluded)
    for spot in (visit.place or tenant.place, visit.pick_up, visit.end_place):
        banned |= set(places[spot].excluded) if spot else set()
    spans = _windows(visit, tenant)
    calls = []
    for i, seat in enumerate(visit.seats):
        minutes = minutes_of(visit, i)
        first, last = (0, -1) if not spans else (spans[0].start, spans[0].end - minutes)
        if visit.fixed:
            first, last = (0, never) if i else (visit.fixed.start, visit.fixed.start)
        after = seat.after or After(0, 0)
        calls.append(
            DayCall(
                minutes=minutes,
                open=first,
                due=never if visit.preferred_until is None else visit.preferred_until,
                last=last,
                least=after.least,
                most=after.most,
                able=tuple(
                    w
                    for w, worker in enumerate(workers)
                    if first <= last
                    and worker.code not in banned
                    and not (visit.dogs and worker.no_dogs)
                    and (tenant.gender is None or worker.gender == tenant.gender)
                    and _fits(seat, worker)
                ),
            )
        )
    price += weights.overdue_day * visit.overdue_days
    return DayVisit(origin=0, goal=0, price=price, calls=tuple(calls))


def _fits(seat: Seat, worker: Worker) -> bool:
    return (not seat.disciplines or worker.discipline in seat.disciplines) and set(
        seat.skills
    ) <= set(worker.skills)
