"""`gender`: where a tenant's wish for a gender is hard, every worker has it."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values
from scheduling.rules.reading import Reading

NAME = "gender"
OTHER = N_("Tenant %(tenant)s of visit %(visit)s asks another gender than that of %(worker)s.")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per visit and worker."""
    for code, one in reading.placed.items():
        tenant = one.tenant
        if not (tenant.gender_hard and tenant.gender):
            continue
        for worker in one.workers:
            if worker.gender != tenant.gender:
                values: Values = {"tenant": tenant.code, "visit": code, "worker": worker.code}
                yield Breach(
                    NAME,
                    Sentence(OTHER, values),
                    visits=(code,),
                    workers=(worker.code,),
                    tenants=(tenant.code,),
                    day=one.day,
                )


RULE = HardRule(
    NAME,
    N_("Gender asked"),
    breaches,
    asks="With `gender_hard`, every worker of the visit has the tenant's `gender`.",
    says=OTHER,
)
