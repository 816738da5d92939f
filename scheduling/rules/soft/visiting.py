"""`visiting`: where a team softens it, each minute above the week's visiting limit costs."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, SoftRule, priced
from scheduling.rules.hard.visiting import MUCH, NAME, excesses
from scheduling.rules.reading import Reading

__all__ = ["MUCH", "NAME", "RULE"]


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge for each thing the hard rule would breach; none where it is hard."""
    weight = reading.problem.weights.visiting
    if weight is not None:
        for over, breach in excesses(reading):
            yield priced(breach, weight * over)


RULE = SoftRule(
    NAME,
    N_("More visiting time than the limit"),
    (NAME,),
    charges,
    asks="`visiting` x minutes above `visiting_limit`, for each worker.",
    says=MUCH,
)
