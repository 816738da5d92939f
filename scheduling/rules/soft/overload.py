"""`overload`: minutes of visits above a worker's fair share, with what earlier weeks left."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Values
from scheduling.rules.reading import Reading

NAME = "overload"
STEP = 5
"""The weight is the price of so many minutes; the remainder of a worker's week is dropped."""

MUCH = N_(
    "%(worker)s has %(minutes)s minutes of visits and %(carried)s carried over; the fair share "
    "is %(share)s."
)


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per worker above the share."""
    weight = reading.problem.weights.overload
    for code in reading.by_worker:
        worker = reading.workers[code]
        load = reading.load(code)
        share = worker.overload_after
        if share is not None and worker.carried + load > share:
            values: Values = {
                "worker": code,
                "minutes": load,
                "carried": worker.carried,
                "share": share,
            }
            amount = weight * (worker.carried + load - share) // STEP
            yield Charge(NAME, amount, Sentence(MUCH, values), workers=(code,))


RULE = SoftRule(
    NAME,
    N_("Fair share of visits"),
    (NAME,),
    charges,
    asks=(
        "For each worker with `overload_after`: `overload` x max(0, `carried` + minutes of "
        "visits - `overload_after`) // 5."
    ),
    says=MUCH,
)
