"""`introduction`: a visit where the tenant knows nobody costs; a known colleague introduces."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Values
from scheduling.rules.reading import Reading

NAME = "introduction"
STRANGERS = N_("Tenant %(tenant)s knows nobody at visit %(visit)s (%(workers)s).")


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per visit; none for a tenant who has met nobody yet."""
    amount = reading.problem.weights.introduction
    for code, one in reading.placed.items():
        known = one.tenant.known
        if known and not set(known) & set(one.codes):
            values: Values = {"tenant": one.tenant.code, "visit": code, "workers": one.codes}
            yield Charge(
                NAME,
                amount,
                Sentence(STRANGERS, values),
                visits=(code,),
                tenants=(one.tenant.code,),
                day=one.day,
            )


RULE = SoftRule(
    NAME,
    N_("First meeting without a known colleague"),
    (NAME,),
    charges,
    asks=(
        "For each placed visit with nobody in the tenant's `known`, where that is not empty: "
        "`introduction`."
    ),
    says=STRANGERS,
)
