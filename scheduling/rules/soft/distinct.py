"""`distinct`: where a team softens it, each worker too many for a tenant costs."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, SoftRule, priced
from scheduling.rules.hard.distinct import MANY, NAME, excesses
from scheduling.rules.reading import Reading

__all__ = ["MANY", "NAME", "RULE"]


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge for each thing the hard rule would breach; none where it is hard."""
    weight = reading.problem.weights.distinct
    if weight is not None:
        for over, breach in excesses(reading):
            yield priced(breach, weight * over)


RULE = SoftRule(
    NAME,
    N_("Too many workers for a tenant"),
    (NAME,),
    charges,
    asks=(
        "`distinct` x workers above `max_distinct`, for each tenant with whom anybody not in "
        "`seen` is placed."
    ),
    says=MANY,
)
