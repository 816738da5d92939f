"""`distinct`: a tenant who cannot bear many faces meets at most so many workers."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values
from scheduling.rules.reading import Reading

NAME = "distinct"
MANY = N_("Tenant %(tenant)s would meet too many workers (workers: %(count)s, allowed: %(limit)s).")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per tenant; workers seen lately may always come back."""
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
            yield Breach(
                NAME, Sentence(MANY, values), visits=visits, workers=workers, tenants=(code,)
            )


RULE = HardRule(NAME, N_("Workers per tenant"), breaches)
