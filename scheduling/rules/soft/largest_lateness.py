"""`largest_lateness`: the longest that anybody waits after the time until which it is preferred."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Values, clock
from scheduling.rules.reading import Reading

NAME = "largest_lateness"
LATEST = N_(
    "No visit is later than visit %(visit)s on %(day)s: %(minutes)s minutes after %(latest)s."
)


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge for the plan, at the first of the latest visits; none where nothing is late."""
    late = [
        (interval.start - one.visit.preferred_until, one)
        for one in reading.placed.values()
        if one.visit.preferred_until is not None
        for interval in one.intervals
    ]
    minutes, one = max(late, key=lambda found: found[0], default=(0, None))
    if one is None or minutes <= 0:
        return
    code, latest = one.visit.code, one.visit.preferred_until or 0
    values: Values = {"visit": code, "minutes": minutes, "latest": clock(latest), "day": one.day}
    amount = reading.problem.weights.largest_lateness * minutes
    yield Charge(NAME, amount, Sentence(LATEST, values), visits=(code,), day=one.day)


RULE = SoftRule(
    NAME,
    N_("The latest of all"),
    (NAME,),
    charges,
    asks=(
        "`largest_lateness` x the largest number of minutes by which any seat of a placed visit "
        "starts after `preferred_until`."
    ),
    says=LATEST,
)
