"""Who may form a visit's crew, in which seats, and what that crew costs wherever it goes."""

from scheduling.engine.compiled import Compiled, CompiledVisit
from scheduling.problem import Problem, Tenant


def seated(c: Compiled, visit: CompiledVisit, workers: tuple[int, ...]) -> tuple[int, ...] | None:
    """The workers in seat order (first fit in the given order), None if they are no crew.

    Seats, going alone, learners and the pin are asked; the tenant's cap is the state's business.
    """
    mask = 0
    for worker in workers:
        mask |= 1 << worker
    if mask & ~visit.pin_mask or len(workers) != len(visit.seats) or not mask & c.alone:
        return None
    if len(workers) > 1 and (mask & ~c.seconds).bit_count() > visit.learners:
        return None
    return _fill(visit.seats, workers)


def _fill(seats: tuple[int, ...], workers: tuple[int, ...]) -> tuple[int, ...] | None:
    """Depth-first: the first seat takes the first worker who leaves the others seatable."""
    if not seats:
        return ()
    for i, worker in enumerate(workers):
        if seats[0] >> worker & 1:
            rest = _fill(seats[1:], workers[:i] + workers[i + 1 :])
            if rest is not None:
                return (worker, *rest)
    return None


class CrewCosts:
    """The soft rules that look at who is present, for any set of workers; remembered per visit."""

    def __init__(self, problem: Problem, tenants: tuple[Tenant, ...], codes: list[str]) -> None:
        """`tenants[v]`: the tenant of the v-th visit; `codes[w]`: the w-th worker's code."""
        self.weights = problem.weights
        team = {w.code: w for w in problem.workers}
        self._people = [team[code] for code in codes]
        self._tenants = tenants
        self._codes = codes
        self._known: list[dict[int, int]] = [{} for _ in tenants]

    def cost(self, visit: int, mask: int) -> int:
        """Sum of the rules of `by_rule` for a crew given as a bit mask."""
        known = self._known[visit]
        if mask not in known:
            known[mask] = sum(self.by_rule(visit, mask).values())
        return known[mask]

    def by_rule(self, visit: int, mask: int) -> dict[str, int]:
        """Cost by rule: not_primary to unwanted, in the order of `COST_RULES`."""
        weights, tenant = self.weights, self._tenants[visit]
        crew = [worker for i, worker in enumerate(self._people) if mask >> i & 1]
        codes = {worker.code for worker in crew}
        apart = tenant.primary is not None and tenant.primary not in codes
        spoken = {language for worker in crew for language in worker.languages}
        wish = tenant.gender if not tenant.gender_hard else None
        failed = {
            "not_primary": apart,
            "not_backup": apart and bool(tenant.backup) and codes.isdisjoint(tenant.backup),
            "introduction": bool(tenant.known) and codes.isdisjoint(tenant.known),
            "language": bool(tenant.languages) and spoken.isdisjoint(tenant.languages),
            "gender": wish is not None and all(worker.gender != wish for worker in crew),
            "wanted": bool(tenant.wanted) and codes.isdisjoint(tenant.wanted),
            "unwanted": len(codes.intersection(tenant.unwanted)),
        }
        return {rule: getattr(weights, rule) * times for rule, times in failed.items()}
