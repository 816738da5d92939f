"""`limit`: where a team softens it, each visit above a worker's limit of the day costs."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, SoftRule, priced
from scheduling.rules.hard.limit import MANY, NAME, excesses
from scheduling.rules.reading import Reading

__all__ = ["MANY", "NAME", "RULE"]


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge for each thing the hard rule would breach; none where it is hard."""
    weight = reading.problem.weights.limit
    if weight is not None:
        for over, breach in excesses(reading):
            yield priced(breach, weight * over)


RULE = SoftRule(
    NAME,
    N_("More visits than a day's limit"),
    (NAME,),
    charges,
    asks="`limit` x visits above `max_visits`, for each worker and day.",
    says=MANY,
)
