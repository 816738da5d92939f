"""`unwanted`: a tenant asked not to have certain workers and they come."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Values
from scheduling.rules.reading import Reading

NAME = "unwanted"
COMES = N_("%(worker)s comes to visit %(visit)s; tenant %(tenant)s would rather not.")


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per visit and worker."""
    amount = reading.problem.weights.unwanted
    for code, one in reading.placed.items():
        for worker in one.workers:
            if worker.code in one.tenant.unwanted:
                values: Values = {"worker": worker.code, "visit": code, "tenant": one.tenant.code}
                yield Charge(
                    NAME,
                    amount,
                    Sentence(COMES, values),
                    visits=(code,),
                    workers=(worker.code,),
                    tenants=(one.tenant.code,),
                    day=one.day,
                )


RULE = SoftRule(
    NAME,
    N_("Workers not wanted"),
    (NAME,),
    charges,
    asks="For each worker at a placed visit who is in the tenant's `unwanted`: `unwanted`.",
    says=COMES,
)
