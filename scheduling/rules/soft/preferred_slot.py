"""`preferred_slot`: the first seat of a visit with preferred windows lies in none of them."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Values, clock
from scheduling.rules.reading import Reading
from scheduling.windows import contains, union

NAME = "preferred_slot"
OUTSIDE = N_("Visit %(visit)s on %(day)s at %(time)s is not at a preferred time.")


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per visit; windows that are all empty ask nothing."""
    amount = reading.problem.weights.preferred_slot
    for code, one in reading.placed.items():
        preferred = [union(day) for day in one.visit.preferred or ()]
        if any(preferred) and not contains(preferred[one.day], one.intervals[0]):
            values: Values = {"visit": code, "day": one.day, "time": clock(one.start)}
            yield Charge(NAME, amount, Sentence(OUTSIDE, values), visits=(code,), day=one.day)


RULE = SoftRule(
    NAME,
    N_("Preferred times"),
    (NAME,),
    charges,
    asks=(
        "For each placed visit with `preferred` windows whose first seat lies in none of them: "
        "`preferred_slot`."
    ),
    says=OUTSIDE,
)
