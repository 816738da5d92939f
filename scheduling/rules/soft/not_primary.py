"""`not_primary`: a visit without the tenant's own worker costs."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule
from scheduling.rules.reading import Reading

NAME = "not_primary"
WITHOUT = N_("Visit %(visit)s goes without %(worker)s, the tenant's own worker.")


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per visit."""
    amount = reading.problem.weights.not_primary
    for code, one in reading.placed.items():
        primary = one.tenant.primary
        if primary and primary not in one.codes:
            sentence = Sentence(WITHOUT, {"visit": code, "worker": primary})
            yield Charge(
                NAME, amount, sentence, visits=(code,), tenants=(one.tenant.code,), day=one.day
            )


RULE = SoftRule(
    NAME,
    N_("Without the own worker"),
    (NAME,),
    charges,
    asks="For each placed visit without the tenant's `primary`: `not_primary`.",
    says=WITHOUT,
)
