"""`distinct`: a tenant who cannot bear many faces meets at most so many workers."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values
from scheduling.rules.reading import Reading

NAME = "distinct"
MANY = N_("Tenant %(tenant)s would meet too many workers (workers: %(count)s, allowed: %(limit)s).")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per tenant; none where a weight makes the rule soft.

    Workers seen lately may always come back.
    """
    if reading.problem.weights.distinct is None:
        for _, breach in excesses(reading):
            yield breach


def excesses(reading: Reading) -> Iterator[tuple[int, Breach]]:
    """Workers above a tenant's limit, with the breach it would be."""
    for code, ones in reading.by_tenant.items():
        tenant = reading.tenants[code]
        seen = set(tenant.seen)
        met = seen | {worker.code for one in ones for worker in one.workers}
        limit = tenant.max_distinct
        if limit is not None and met != seen and len(met) > limit:
            values: Values = {"tenant": code, "count": len(met), "limit": limit}
            new = [one for one in ones if not seen.issuperset(one.codes)]
            visits = tuple(one.visit.code for one in new)
            workers = tuple(sorted(met - seen))
            sentence = Sentence(MANY, values)
            breach = Breach(NAME, sentence, visits=visits, workers=workers, tenants=(code,))
            yield len(met) - limit, breach


RULE = HardRule(
    NAME,
    N_("Workers per tenant"),
    breaches,
    asks=(
        "Where anybody not in `seen` is placed with the tenant: size of (`seen` united with all "
        "workers placed) <= `max_distinct`."
    ),
    says=MANY,
    softened_by=NAME,
)
