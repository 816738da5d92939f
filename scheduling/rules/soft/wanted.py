"""`wanted`: a tenant asked for certain workers and none of them comes."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Values
from scheduling.rules.reading import Reading

NAME = "wanted"
NONE = N_("None of the workers tenant %(tenant)s wants (%(workers)s) comes to visit %(visit)s.")


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per visit."""
    amount = reading.problem.weights.wanted
    for code, one in reading.placed.items():
        wanted = one.tenant.wanted
        if wanted and not set(wanted) & set(one.codes):
            values: Values = {
                "tenant": one.tenant.code,
                "workers": tuple(sorted(wanted)),
                "visit": code,
            }
            yield Charge(
                NAME,
                amount,
                Sentence(NONE, values),
                visits=(code,),
                tenants=(one.tenant.code,),
                day=one.day,
            )


RULE = SoftRule(
    NAME,
    N_("Workers wanted"),
    (NAME,),
    charges,
    asks="For each placed visit with none of the tenant's `wanted` workers: `wanted`.",
    says=NONE,
)
