"""A problem put in order and numbered, so that a plan depends on its content alone."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from scheduling.engine.starts import DAY
from scheduling.problem import Pin, Placement, Priority, Problem, Tenant, Visit, Worker

RANK = {Priority.MUST: 0, Priority.SHOULD: 1, Priority.WANT: 2}


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
class Index:
    """Positions of codes, and what belongs to what."""

    workers: list[Worker]
    tenants: list[Tenant]
    visits: list[Visit]
    places: dict[str, int]
    worker: dict[str, int]
    tenant_of: dict[str, Tenant]
    tenant_number: dict[str, int]
    pins: dict[str, Pin]
    published: dict[str, Placement]
    shared: list[tuple[str, int]]

    @classmethod
    def of(cls, problem: Problem) -> "Index":
        tenants = {tenant.code: tenant for tenant in problem.tenants}
        visits = visit_order(problem)
        workers = worker_order(problem)
        several = Counter(visit.tenant for visit in visits)
        close = {v.tenant for v in visits if v.gap_days == 0 or v.exempt_from_spacing}
        if problem.weights.spacing is not None or problem.day_end > DAY:
            close = set(several)
        crowded = {code for code in close if several[code] > 1}
        shared = sorted((f"resource {r.code}", r.count) for r in problem.resources)
        return cls(
            workers=workers,
            tenants=sorted(problem.tenants, key=lambda t: t.code),
            visits=visits,
            places={code: i for i, code in enumerate(sorted(p.code for p in problem.places))},
            worker={worker.code: i for i, worker in enumerate(workers)},
            tenant_of={visit.code: tenants[visit.tenant] for visit in visits},
            tenant_number={code: i for i, code in enumerate(sorted(tenants))},
            pins={pin.visit: pin for pin in problem.pins},
            published={p.visit: p for p in problem.published or ()},
            shared=shared + [(f"tenant {code}", 1) for code in sorted(crowded)],
        )

    @property
    def everyone(self) -> int:
        """All workers."""
        return (1 << len(self.workers)) - 1

    def mask(self, codes: Iterable[str]) -> int:
        """Bit mask of those of the codes who are workers here."""
        return sum(1 << self.worker[code] for code in set(codes) if code in self.worker)
