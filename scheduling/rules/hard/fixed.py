"""`fixed`: an appointment from outside is exactly there; a fixed day is kept."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values, clock
from scheduling.rules.reading import Reading

NAME = "fixed"
SLOT = N_(
    "Visit %(visit)s is fixed on %(other_day)s at %(time)s and is on %(day)s at %(from_time)s."
)
DAY = N_("Visit %(visit)s has a fixed day, %(other_day)s, and is on %(day)s.")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per visit and kind of fixture."""
    for code, one in reading.placed.items():
        fixed, day = one.visit.fixed, one.visit.fixed_day
        if fixed is not None and (one.day, one.start) != tuple(fixed):
            values: Values = {
                "visit": code,
                "other_day": fixed.day,
                "time": clock(fixed.start),
                "day": one.day,
                "from_time": clock(one.start),
            }
            yield Breach(NAME, Sentence(SLOT, values), visits=(code,), day=one.day)
        if day is not None and one.day != day:
            yield Breach(
                NAME,
                Sentence(DAY, {"visit": code, "other_day": day, "day": one.day}),
                visits=(code,),
                day=one.day,
            )


RULE = HardRule(
    NAME,
    N_("Fixed times and days"),
    breaches,
    asks=(
        "A `fixed` visit has its first start exactly there; one with a `fixed_day` is on that day."
    ),
    says=SLOT,
)
