"""`waiting`: minutes between two stops that are neither travel nor lunch."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Values
from scheduling.rules.reading import Reading

NAME = "waiting"
MINUTES = N_("%(worker)s waits %(minutes)s minutes between stops on %(day)s.")


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per walked lane with any; the way from the base and back is not counted."""
    weight = reading.problem.weights.waiting
    for walk in reading.walks:
        values: Values = {"worker": walk.worker.code, "minutes": walk.waiting, "day": walk.day}
        yield Charge(
            NAME,
            weight * walk.waiting,
            Sentence(MINUTES, values),
            workers=(walk.worker.code,),
            day=walk.day,
        )


RULE = SoftRule(
    NAME,
    N_("Waiting between stops"),
    (NAME,),
    charges,
    asks=(
        "For each lane with a visit: `waiting` x minutes between two stops that are neither way "
        "nor lunch."
    ),
    says=MINUTES,
)
