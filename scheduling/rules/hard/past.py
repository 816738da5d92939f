"""`past`: nothing starts before the moment of planning, unless a person pinned it there."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values, clock
from scheduling.rules.reading import Reading
from scheduling.weeks import DAY_MINUTES

NAME = "past"
OVER = N_("Visit %(visit)s would start on %(day)s at %(time)s, which is past.")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per visit."""
    now = reading.problem.now
    if now is None:
        return
    for code, one in reading.placed.items():
        if one.day * DAY_MINUTES + one.start < now and not reading.arranged(one.visit):
            values: Values = {"visit": code, "day": one.day, "time": clock(one.start)}
            yield Breach(NAME, Sentence(OVER, values), visits=(code,), day=one.day)


RULE = HardRule(
    NAME,
    N_("Not in the past"),
    breaches,
    asks="day x 1440 + start >= `now`, except for a visit pinned with day and start.",
    says=OVER,
)
