"""`not_backup`: without the tenant's own worker, a visit without a named back-up costs more."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule
from scheduling.rules.reading import Reading

NAME = "not_backup"
WITHOUT = N_("Visit %(visit)s goes with neither the own worker nor a back-up (%(workers)s).")


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per visit that has a primary worker and back-ups and none of them."""
    amount = reading.problem.weights.not_backup
    for code, one in reading.placed.items():
        primary, backup = one.tenant.primary, one.tenant.backup
        if primary and backup and not {primary, *backup} & set(one.codes):
            sentence = Sentence(WITHOUT, {"visit": code, "workers": tuple(sorted(backup))})
            yield Charge(
                NAME, amount, sentence, visits=(code,), tenants=(one.tenant.code,), day=one.day
            )


RULE = SoftRule(
    NAME,
    N_("Without a back-up"),
    (NAME,),
    charges,
    asks=(
        "For each placed visit with neither the `primary` nor any `backup` of a tenant who has "
        "both: `not_backup`."
    ),
    says=WITHOUT,
)
