"""`visiting`: a worker's minutes of visits in the week stay within the limit."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values
from scheduling.rules.reading import Reading

NAME = "visiting"
MUCH = N_(
    "%(worker)s has too many minutes of visits this week (minutes: %(minutes)s, allowed: "
    "%(limit)s)."
)


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per worker."""
    for code, ones in reading.by_worker.items():
        limit = reading.workers[code].visiting_limit
        minutes = sum(one.visit.minutes for one in ones)
        if limit is not None and minutes > limit:
            values: Values = {"worker": code, "minutes": minutes, "limit": limit}
            yield Breach(NAME, Sentence(MUCH, values), workers=(code,))


RULE = HardRule(NAME, N_("Visiting time per week"), breaches)
