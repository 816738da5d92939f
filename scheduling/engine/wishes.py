"""What a crew costs by who is in it: wishes as bits, and a price for each set of bits."""

from scheduling.engine import layout as at
from scheduling.problem import Problem, Tenant, Worker


def wishes_met(tenant: Tenant, worker: Worker) -> int:
    """A bit for each wish the worker meets: primary, back-up, known, language, gender, wanted."""
    return (
        (worker.code == tenant.primary)
        | (worker.code in tenant.backup) << 1
        | (worker.code in tenant.known) << 2
        | (not set(worker.languages).isdisjoint(tenant.languages)) << 3
        | (worker.gender is not None and worker.gender == tenant.gender) << 4
        | (worker.code in tenant.wanted) << 5
    )


def crew_prices(problem: Problem, tenant: Tenant) -> list[int]:
    """What a crew costs by the wishes it meets: `not_primary` to `wanted` of the weights."""
    weights = problem.weights
    apart = weights.not_primary if tenant.primary is not None else 0
    backup = weights.not_backup if tenant.primary is not None and tenant.backup else 0
    prices = (
        weights.introduction if tenant.known else 0,
        weights.language if tenant.languages else 0,
        weights.gender if tenant.gender is not None and not tenant.gender_hard else 0,
        weights.wanted if tenant.wanted else 0,
    )
    table = []
    for bits in range(at.WISHES):
        cost = 0
        if not bits & 1:
            cost += apart + (0 if bits & 2 else backup)
        cost += sum(price for i, price in enumerate(prices) if not bits >> (i + 2) & 1)
        table.append(cost)
    return table
