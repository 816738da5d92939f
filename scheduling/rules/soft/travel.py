"""`travel`: minutes on the way, from the base and back."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Values
from scheduling.rules.reading import Reading

NAME = "travel"
MINUTES = N_("%(worker)s is %(minutes)s minutes on the way on %(day)s.")


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per walked lane."""
    weight = reading.problem.weights.travel
    for walk in reading.walks:
        values: Values = {"worker": walk.worker.code, "minutes": walk.travel, "day": walk.day}
        yield Charge(
            NAME,
            weight * walk.travel,
            Sentence(MINUTES, values),
            workers=(walk.worker.code,),
            day=walk.day,
        )


RULE = SoftRule(
    NAME,
    N_("Travel"),
    (NAME,),
    charges,
    asks=(
        "For each lane with a visit: `travel` x minutes of all ways, from and back to the base "
        "included."
    ),
    says=MINUTES,
)
