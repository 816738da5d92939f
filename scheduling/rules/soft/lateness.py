"""`lateness`: minutes by which a visit starts after the time until which it is preferred."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Values, clock
from scheduling.rules.reading import Reading

NAME = "lateness"
LATE = N_("Visit %(visit)s starts %(minutes)s minutes after %(latest)s on %(day)s.")


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per visit."""
    weight = reading.problem.weights.lateness
    for code, one in reading.placed.items():
        latest = one.visit.preferred_until
        if latest is not None and one.start > latest:
            late = one.start - latest
            values: Values = {
                "visit": code,
                "minutes": late,
                "latest": clock(latest),
                "day": one.day,
            }
            yield Charge(NAME, weight * late, Sentence(LATE, values), visits=(code,), day=one.day)


RULE = SoftRule(NAME, N_("Later than preferred"), (NAME,), charges)
