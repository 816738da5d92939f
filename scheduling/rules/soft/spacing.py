"""`spacing`: where a team softens it, each day missing between two visits costs."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, SoftRule, priced
from scheduling.rules.hard.spacing import CLOSE, NAME, SOON, excesses
from scheduling.rules.reading import Reading

__all__ = ["CLOSE", "NAME", "RULE", "SOON"]


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge for each thing the hard rule would breach; none where it is hard."""
    weight = reading.problem.weights.spacing
    if weight is not None:
        for over, breach in excesses(reading):
            yield priced(breach, weight * over)


RULE = SoftRule(
    NAME,
    N_("Visits too close"),
    (NAME,),
    charges,
    asks=(
        "`spacing` x days missing, over all pairs of a tenant's visits and since `last_contact`."
    ),
    says=CLOSE,
)
