"""`reserve`: where a team softens it, each minute taken from the reserve costs."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, SoftRule, priced
from scheduling.rules.hard.reserve import LITTLE, NAME, excesses
from scheduling.rules.reading import Reading

__all__ = ["LITTLE", "NAME", "RULE"]


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge for each thing the hard rule would breach; none where it is hard."""
    weight = reading.problem.weights.reserve
    if weight is not None:
        for over, breach in excesses(reading):
            yield priced(breach, weight * over)


RULE = SoftRule(
    NAME,
    N_("Reserve used up"),
    (NAME,),
    charges,
    asks="`reserve` x minutes that the day's reserve lacks, for each day with a visit.",
    says=LITTLE,
)
