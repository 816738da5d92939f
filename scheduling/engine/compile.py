"""From a problem to its integer tables: order, number everything, run the static chain."""

from collections.abc import Iterable
from dataclasses import replace

from scheduling.contradictions import slot_of
from scheduling.engine.compiled import (
    Compiled,
    CompiledStop,
    CompiledTenant,
    CompiledVisit,
    CompiledWorker,
    Lane,
    Ranges,
    Table,
)
from scheduling.engine.filters import Chain
from scheduling.engine.index import RANK, Index
from scheduling.engine.layout import LATE, NO_LIMIT
from scheduling.engine.starts import (
    cancelling,
    change_factors,
    narrowed,
    seat_minutes,
    start_costs,
    start_ranges,
)
from scheduling.engine.tables import tables_of, with_choices
from scheduling.problem import (
    Problem,
    Tenant,
    Visit,
    Worker,
    busy_stops,
    lanes,
    lunch_due,
)
from scheduling.travel import ProblemTravel


def compile_problem(problem: Problem, *, like: Compiled | None = None) -> Compiled:
    """Tables for a valid problem; equal for problems that differ in order only.

    `like`: of a problem that may differ in its pins alone, as from one question about a plan to
    the next. Then only visits whose pin is another are compiled; the result is the same.
    """
    if like is not None and replace(like.problem, pins=problem.pins) == problem:
        return _repinned(problem, like)
    index = Index.of(problem)
    ways = _travel_tables(problem, index)
    visits: list[CompiledVisit] = []
    calls: list[CompiledStop] = []
    for visit in index.visits:
        mine = _calls(problem, index, visit, len(visits))
        visits.append(_visit(problem, index, visit, len(calls), mine))
        calls += mine
    lunch = problem.lunch
    lanes_, busy = _lanes(problem, index, ways, len(calls))
    bare = Compiled(
        problem=problem,
        days=problem.days,
        grid=problem.grid,
        lunch=(lunch.start, lunch.end, lunch.minutes) if lunch else (0, 0, 0),
        places=tuple(index.places),
        workers=tuple(_worker(worker) for worker in index.workers),
        tenants=tuple(_tenant(index, tenant) for tenant in index.tenants),
        visits=tuple(visits),
        stops=tuple(calls + busy),
        calls=len(calls),
        lanes=tuple(lanes_),
        shared=tuple(count for _, count in index.shared),
        capacity=_capacity(problem),
        alone=index.mask(w.code for w in problem.workers if w.may_go_alone),
        seconds=index.mask(w.code for w in problem.workers if w.counts_as_second),
    )
    return _chained(bare, index, range(len(visits)))


def _repinned(problem: Problem, like: Compiled) -> Compiled:
    """As `like`, with those visits compiled anew whose pin is another."""
    index = Index.of(problem)
    before = {pin.visit: pin for pin in like.problem.pins}
    visits, stops = list(like.visits), list(like.stops)
    other = [
        v
        for v, visit in enumerate(index.visits)
        if before.get(visit.code) != index.pins.get(visit.code)
    ]
    for v in other:
        mine = _calls(problem, index, index.visits[v], v)
        first = visits[v].first
        visits[v] = _visit(problem, index, index.visits[v], first, mine)
        stops[first : first + len(mine)] = mine
    bare = replace(like, problem=problem, visits=tuple(visits), stops=tuple(stops))
    return _chained(bare, index, other)


def _chained(bare: Compiled, index: Index, which: Iterable[int]) -> Compiled:
    """With the tables, and with what the static chain finds for these visits: each visit's
    result is its own and owes nothing to the pins of others."""
    blank = tuple(replace(visit, lanes=(), options=0) for visit in bare.visits)
    tables = tables_of(replace(bare, visits=blank))
    chain = Chain(bare, tables, index.workers)
    visits = list(bare.visits)
    for v in which:
        visit = index.visits[v]
        table, options, reasons = chain.run(v, visit, index.tenant_of[visit.code])
        visits[v] = replace(visits[v], lanes=table, options=options, reasons=reasons)
    found = replace(bare, visits=tuple(visits))
    return replace(found, tables=with_choices(tables, found))


def _travel_tables(problem: Problem, index: Index) -> dict[str, Table]:
    travel = ProblemTravel(problem)
    return {
        mode: tuple(tuple(travel.minutes(a, b, mode) for b in index.places) for a in index.places)
        for mode in sorted({worker.mode for worker in problem.workers})
    }


def _lanes(
    problem: Problem, index: Index, tables: dict[str, Table], calls: int
) -> tuple[list[Lane], list[CompiledStop]]:
    """Lanes by worker, day and start, and the busy times numbered after the visits."""
    found: list[Lane] = []
    stops: list[CompiledStop] = []
    for w, worker in enumerate(index.workers):
        for day in range(problem.days):
            for lane in lanes(worker, day):
                mine = []
                for start, end, place in busy_stops(worker, day, lane):
                    mine.append(calls + len(stops))
                    at = index.places[place]
                    once: tuple[Ranges, ...] = tuple(
                        ((start, start),) if d == day else () for d in range(problem.days)
                    )
                    stops.append(
                        CompiledStop(
                            minutes=end - start,
                            origin=at,
                            goal=at,
                            ranges=once,
                            narrow=(None,) * problem.days,
                            start_cost=(None,) * problem.days,
                        )
                    )
                found.append(
                    Lane(
                        number=len(found),
                        worker=w,
                        day=day,
                        start=lane.start,
                        end=lane.end,
                        lunch=lunch_due(problem.lunch, lane),
                        base=index.places[worker.base],
                        travel=tables[worker.mode],
                        busy=tuple(mine),
                    )
                )
    return found, stops


def _calls(problem: Problem, index: Index, visit: Visit, number: int) -> list[CompiledStop]:
    """The calls of the visit with this number, one for each seat."""
    tenant, pin = index.tenant_of[visit.code], index.pins.get(visit.code)
    published = index.published.get(visit.code)
    home = visit.place or tenant.place
    calls = []
    for i, seat in enumerate(visit.seats):
        ranges = start_ranges(problem, visit, tenant, pin, i)
        costs = start_costs(problem, visit, tenant, published, i)
        least, most = seat.after or (0, 0)
        calls.append(
            CompiledStop(
                minutes=seat_minutes(visit, i),
                origin=index.places[visit.pick_up or home],
                goal=index.places[visit.end_place or home],
                ranges=tuple(ranges),
                narrow=tuple(
                    narrowed(r, t, problem.grid) for r, t in zip(ranges, costs, strict=True)
                ),
                start_cost=tuple(costs),
                visit=number,
                until=LATE if visit.preferred_until is None else visit.preferred_until,
                least=least,
                most=most,
            )
        )
    return calls


def _visit(
    problem: Problem, index: Index, visit: Visit, first: int, calls: list[CompiledStop]
) -> CompiledVisit:
    tenant, pin = index.tenant_of[visit.code], index.pins.get(visit.code)
    published = index.published.get(visit.code)
    names = {f"resource {code}" for code in visit.resources} | {f"tenant {tenant.code}"}
    shared = tuple(i for i, (name, _) in enumerate(index.shared) if name in names)
    price: int = getattr(problem.weights, f"unplaced_{visit.priority}")
    price += problem.weights.overdue_day * visit.overdue_days
    price += cancelling(problem, visit, published) if published else 0
    day, start = slot_of(pin, visit)
    alike = all((c.minutes, c.least, c.most) == (calls[0].minutes, 0, 0) for c in calls)
    return CompiledVisit(
        code=visit.code,
        tenant=index.tenant_number[tenant.code],
        tenant_code=tenant.code,
        first=first,
        unplaced=price,
        rank=RANK[visit.priority],
        seats=tuple(
            index.mask(
                w.code for w in index.workers
                if (not seat.disciplines or w.discipline in seat.disciplines)
                and set(seat.skills) <= set(w.skills)
            )
            for seat in visit.seats
        ),
        frozen=len(visit.seats) > 1 or bool(shared),
        alike=alike,
        held=pin is not None,
        pinned=bool(pin and pin.workers and alike and day is not None and start is not None),
        pin_mask=index.mask(pin.workers) if pin and pin.workers else index.everyone,
        published_mask=index.mask(published.workers) if published else 0,
        learners=visit.learners,
        gap=visit.gap_days,
        spaced=not visit.exempt_from_spacing,
        limited=not visit.exempt_from_limits,
        shared=shared,
        factor=change_factors(problem, visit, published),
        lanes=(),
        options=0,
        reasons=(),
    )  # fmt: skip


def _tenant(index: Index, tenant: Tenant) -> CompiledTenant:
    seen = index.mask(tenant.seen)
    return CompiledTenant(
        visits=tuple(i for i, v in enumerate(index.visits) if v.tenant == tenant.code),
        distinct=tenant.distinct,
        cap=NO_LIMIT if tenant.max_distinct is None else tenant.max_distinct,
        seen=seen,
        strangers=len(set(tenant.seen)) - seen.bit_count(),
    )


def _worker(worker: Worker) -> CompiledWorker:
    def limit(value: int | None) -> int:
        return NO_LIMIT if value is None else value

    return CompiledWorker(
        code=worker.code,
        max_visits=limit(worker.max_visits),
        visiting_limit=limit(worker.visiting_limit),
        overload_after=limit(worker.overload_after),
        carried=worker.carried if worker.overload_after is not None else 0,
    )


def _capacity(problem: Problem) -> tuple[int, ...]:
    """Per day the team's minutes that visits and ways may fill; NO_LIMIT without a reserve."""
    if not problem.reserve:
        return (NO_LIMIT,) * problem.days
    result = []
    for day in range(problem.days):
        free = -problem.reserve[day]
        for worker in problem.workers:
            for lane in lanes(worker, day):
                free += lane.end - lane.start
                free -= sum(end - start for start, end, _ in busy_stops(worker, day, lane))
                if problem.lunch and lunch_due(problem.lunch, lane):
                    free -= problem.lunch.minutes
        result.append(free)
    return tuple(result)
