"""`lateness`: minutes by which people start after the time until which a visit is preferred."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Values, clock
from scheduling.rules.reading import Reading

NAME = "lateness"
LATE = N_("Visit %(visit)s starts %(minutes)s minutes after %(latest)s on %(day)s.")


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per visit and seat."""
    weight = reading.problem.weights.lateness
    for code, one in reading.placed.items():
        latest = one.visit.preferred_until
        if latest is None:
            continue
        for interval in one.intervals:
            late = interval.start - latest
            if late > 0:
                values: Values = {
                    "visit": code,
                    "minutes": late,
                    "latest": clock(latest),
                    "day": one.day,
                }
                sentence = Sentence(LATE, values)
                yield Charge(NAME, weight * late, sentence, visits=(code,), day=one.day)


RULE = SoftRule(
    NAME,
    N_("Later than preferred"),
    (NAME,),
    charges,
    asks=(
        "For each seat of a placed visit: `lateness` x minutes by which it starts after "
        "`preferred_until`."
    ),
    says=LATE,
)
