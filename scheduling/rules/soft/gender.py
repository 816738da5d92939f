"""`gender`: where a tenant's wish for a gender is not hard, a visit without anybody of it costs."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule
from scheduling.rules.reading import Reading

NAME = "gender"
NOBODY = N_("Nobody at visit %(visit)s has the gender tenant %(tenant)s wishes.")


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per visit."""
    amount = reading.problem.weights.gender
    for code, one in reading.placed.items():
        tenant = one.tenant
        if not tenant.gender or tenant.gender_hard:
            continue
        if all(worker.gender != tenant.gender for worker in one.workers):
            sentence = Sentence(NOBODY, {"visit": code, "tenant": tenant.code})
            yield Charge(
                NAME, amount, sentence, visits=(code,), tenants=(tenant.code,), day=one.day
            )


RULE = SoftRule(
    NAME,
    N_("Gender wished"),
    (NAME,),
    charges,
    asks=(
        "For each placed visit where nobody has the `gender` the tenant wishes, and the wish is "
        "not hard: `gender`."
    ),
    says=NOBODY,
)
