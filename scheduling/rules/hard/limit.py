"""`limit`: a worker has at most so many visits a day; exempt visits are not counted."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values
from scheduling.rules.reading import Reading

NAME = "limit"
MANY = N_("%(worker)s has too many visits on %(day)s (visits: %(count)s, allowed: %(limit)s).")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per worker and day; none where a weight makes the rule soft."""
    if reading.problem.weights.limit is None:
        for _, breach in excesses(reading):
            yield breach


def excesses(reading: Reading) -> Iterator[tuple[int, Breach]]:
    """Visits above a worker's limit of the day, with the breach it would be."""
    for code, ones in reading.by_worker.items():
        limit = reading.workers[code].max_visits
        if limit is None:
            continue
        counted = [one for one in ones if not one.visit.exempt_from_limits]
        for day in sorted({one.day for one in counted}):
            visits = tuple(one.visit.code for one in counted if one.day == day)
            if len(visits) > limit:
                values: Values = {"worker": code, "count": len(visits), "day": day, "limit": limit}
                sentence, over = Sentence(MANY, values), len(visits) - limit
                yield over, Breach(NAME, sentence, visits=visits, workers=(code,), day=day)


RULE = HardRule(
    NAME,
    N_("Visits per day"),
    breaches,
    asks=(
        "On each day a worker has at most `max_visits` visits; those `exempt_from_limits` do "
        "not count."
    ),
    says=MANY,
    softened_by=NAME,
)
