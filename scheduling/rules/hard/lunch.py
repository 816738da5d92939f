"""`lunch`: where it is due, lunch fits into a gap of the walk."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values, clock
from scheduling.rules.reading import Reading

NAME = "lunch"
MISSING = N_(
    "%(worker)s has no room for %(minutes)s minutes of lunch between %(from_time)s and "
    "%(until)s on %(day)s."
)


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per walked lane where lunch is due and fits nowhere."""
    lunch = reading.problem.lunch
    if lunch is None:
        return
    for walk in reading.walks:
        if walk.lunch_due and not walk.lunch_taken:
            values: Values = {
                "worker": walk.worker.code,
                "minutes": lunch.minutes,
                "from_time": clock(lunch.start),
                "until": clock(lunch.end),
                "day": walk.day,
            }
            yield Breach(
                NAME,
                Sentence(MISSING, values),
                visits=walk.visits,
                workers=(walk.worker.code,),
                day=walk.day,
            )


RULE = HardRule(
    NAME,
    N_("Lunch"),
    breaches,
    asks=(
        "In a lane with a visit where lunch is due (2 x lane start < L.start + L.end - "
        "L.minutes, and 2 x lane end > L.start + L.end + L.minutes) it fits into a gap beside "
        "the travel, within `[L.start, L.end)`."
    ),
    says=MISSING,
)
