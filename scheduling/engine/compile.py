"""From a problem to its integer tables: order, number everything, run the static chain."""

from dataclasses import dataclass, replace

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
from scheduling.engine.starts import (
    cancelling,
    change_factors,
    narrowed,
    start_costs,
    start_ranges,
)
from scheduling.problem import (
    Pin,
    Placement,
    Priority,
    Problem,
    Tenant,
    Visit,
    Worker,
    busy_stops,
    lanes,
    lunch_due,
)
from scheduling.travel import ProblemTravel

NO_LIMIT = 1 << 20
RANK = {Priority.MUST: 0, Priority.SHOULD: 1, Priority.WANT: 2}


def compile_problem(problem: Problem) -> Compiled:
    """Tables for a valid problem; equal for problems that differ in order only."""
    index = _Index.of(problem)
    tables = _travel_tables(problem, index)
    lanes_, busy = _lanes(problem, index, tables)
    visits, stops = [], []
    for visit in index.visits:
        compiled, stop = _visit(problem, index, visit)
        visits.append(compiled)
        stops.append(stop)
    weights = problem.weights
    lunch = problem.lunch
    bare = Compiled(
        problem=problem,
        days=problem.days,
        grid=problem.grid,
        lunch=(lunch.start, lunch.end, lunch.minutes) if lunch else (0, 0, 0),
        places=tuple(index.places),
        workers=tuple(_worker(worker) for worker in index.workers),
        tenants=tuple(_tenant(index, tenant) for tenant in index.tenants),
        visits=tuple(visits),
        stops=tuple(stops + busy),
        lanes=tuple(lanes_),
        shared=tuple(count for _, count in index.shared),
        capacity=_capacity(problem),
        travel_weight=weights.travel,
        waiting_weight=weights.waiting,
        rotation_weight=weights.rotation,
        overload_weight=weights.overload,
        alone=index.mask(w.code for w in problem.workers if w.may_go_alone),
        seconds=index.mask(w.code for w in problem.workers if w.counts_as_second),
    )
    chain = Chain(bare, index.workers, {place.code: place for place in problem.places})
    done = []
    for v, visit in enumerate(index.visits):
        table, options, reasons = chain.run(v, visit, index.tenant_of[visit.code])
        done.append(replace(visits[v], lanes=table, options=options, reasons=reasons))
    return replace(bare, visits=tuple(done))


def visit_order(problem: Problem) -> list[Visit]:
    """Visits by content, then by code: the order of `Compiled.visits`."""
    return sorted(
        problem.visits,
        key=lambda v: (
            RANK[v.priority],
            -v.overdue_days,
            -len(v.seats),
            -v.minutes,
            v.tenant,
            v.code,
        ),
    )


def worker_order(problem: Problem) -> list[Worker]:
    """Workers by content, then by code: the order of `Compiled.workers`."""
    return sorted(problem.workers, key=lambda w: (w.discipline, w.shifts, w.mode, w.code))


@dataclass(frozen=True, slots=True)
class _Index:
    """Positions of codes, and what belongs to what."""

    workers: list[Worker]
    tenants: list[Tenant]
    visits: list[Visit]
    places: dict[str, int]
    worker: dict[str, int]
    tenant_of: dict[str, Tenant]
    pins: dict[str, Pin]
    published: dict[str, Placement]
    shared: list[tuple[str, int]]

    @classmethod
    def of(cls, problem: Problem) -> "_Index":
        tenants = {tenant.code: tenant for tenant in problem.tenants}
        visits = visit_order(problem)
        workers = worker_order(problem)
        crowded = {
            code for code in tenants
            if sum(v.tenant == code for v in visits) > 1
            and any(v.tenant == code and (v.gap_days == 0 or v.exempt_from_spacing) for v in visits)
        }  # fmt: skip
        shared = sorted((f"resource {r.code}", r.count) for r in problem.resources)
        return cls(
            workers=workers,
            tenants=sorted(problem.tenants, key=lambda t: t.code),
            visits=visits,
            places={code: i for i, code in enumerate(sorted(p.code for p in problem.places))},
            worker={worker.code: i for i, worker in enumerate(workers)},
            tenant_of={visit.code: tenants[visit.tenant] for visit in visits},
            pins={pin.visit: pin for pin in problem.pins},
            published={p.visit: p for p in problem.published or ()},
            shared=shared + [(f"tenant {code}", 1) for code in sorted(crowded)],
        )

    def mask(self, codes: object) -> int:
        """Bit mask of those of the codes who are workers here."""
        assert hasattr(codes, "__iter__")
        return sum(1 << self.worker[code] for code in set(codes) if code in self.worker)


def _travel_tables(problem: Problem, index: _Index) -> dict[str, Table]:
    travel = ProblemTravel(problem)
    return {
        mode: tuple(tuple(travel.minutes(a, b, mode) for b in index.places) for a in index.places)
        for mode in sorted({worker.mode for worker in problem.workers})
    }


def _lanes(
    problem: Problem, index: _Index, tables: dict[str, Table]
) -> tuple[list[Lane], list[CompiledStop]]:
    """Lanes by worker, day and start, and the busy times numbered after the visits."""
    found: list[Lane] = []
    stops: list[CompiledStop] = []
    for w, worker in enumerate(index.workers):
        for day in range(problem.days):
            for lane in lanes(worker, day):
                mine = []
                for start, end, place in busy_stops(worker, day, lane):
                    mine.append(len(problem.visits) + len(stops))
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


def _visit(problem: Problem, index: _Index, visit: Visit) -> tuple[CompiledVisit, CompiledStop]:
    tenant, pin = index.tenant_of[visit.code], index.pins.get(visit.code)
    published = index.published.get(visit.code)
    names = {f"resource {code}" for code in visit.resources} | {f"tenant {tenant.code}"}
    shared = tuple(i for i, (name, _) in enumerate(index.shared) if name in names)
    ranges = start_ranges(problem, visit, tenant, pin)
    costs = start_costs(problem, visit, published)
    price = getattr(problem.weights, f"unplaced_{visit.priority}")
    price += problem.weights.overdue_day * visit.overdue_days
    price += cancelling(problem, visit, published) if published else 0
    day, start = slot_of(pin, visit)
    everyone = (1 << len(index.workers)) - 1
    compiled = CompiledVisit(
        code=visit.code,
        tenant=next(i for i, t in enumerate(index.tenants) if t.code == tenant.code),
        minutes=visit.minutes,
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
        held=pin is not None,
        pinned=bool(pin and pin.workers and day is not None and start is not None),
        pin_mask=index.mask(pin.workers) if pin and pin.workers else everyone,
        published_mask=index.mask(published.workers) if published else 0,
        published_gone=len(set(published.workers) - set(index.worker)) if published else 0,
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
    home = visit.place or tenant.place
    stop = CompiledStop(
        minutes=visit.minutes,
        origin=index.places[visit.pick_up or home],
        goal=index.places[visit.end_place or home],
        ranges=tuple(ranges),
        narrow=tuple(narrowed(r, t, problem.grid) for r, t in zip(ranges, costs, strict=True)),
        start_cost=tuple(costs),
    )
    return compiled, stop


def _tenant(index: _Index, tenant: Tenant) -> CompiledTenant:
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
