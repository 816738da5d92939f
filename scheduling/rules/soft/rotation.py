"""`rotation`: a tenant of a shared caseload should meet so many different workers."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Values
from scheduling.rules.reading import Reading

NAME = "rotation"
FEW = N_("Tenant %(tenant)s will have met too few workers (workers: %(count)s, meant: %(needed)s).")


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per tenant with any visit in the problem; workers met lately count."""
    weight = reading.problem.weights.rotation
    for code, ones in reading.by_tenant.items():
        tenant = reading.tenants[code]
        met = len({*tenant.seen, *(worker.code for one in ones for worker in one.workers)})
        if met < tenant.distinct:
            values: Values = {"tenant": code, "count": met, "needed": tenant.distinct}
            amount = weight * (tenant.distinct - met)
            yield Charge(NAME, amount, Sentence(FEW, values), tenants=(code,))


RULE = SoftRule(
    NAME,
    N_("Different workers"),
    (NAME,),
    charges,
    asks=(
        "For each tenant with a visit: `rotation` x max(0, `distinct` - size of (`seen` united "
        "with all workers placed))."
    ),
    says=FEW,
)
