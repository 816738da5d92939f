"""`language`: nobody present speaks a language of the tenant."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Values
from scheduling.rules.reading import Reading

NAME = "language"
NONE = N_("Nobody at visit %(visit)s speaks a language of tenant %(tenant)s (%(languages)s).")


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per visit."""
    amount = reading.problem.weights.language
    for code, one in reading.placed.items():
        asked = one.tenant.languages
        spoken = {language for worker in one.workers for language in worker.languages}
        if asked and not spoken & set(asked):
            values: Values = {
                "visit": code,
                "tenant": one.tenant.code,
                "languages": ", ".join(sorted(asked)),
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
    N_("Tenant's language"),
    (NAME,),
    charges,
    asks="For each placed visit where nobody speaks any of the tenant's `languages`: `language`.",
    says=NONE,
)
