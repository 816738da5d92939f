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
    """One breach per worker; none where a weight makes the rule soft."""
    if reading.problem.weights.visiting is None:
        for _, breach in excesses(reading):
            yield breach


def excesses(reading: Reading) -> Iterator[tuple[int, Breach]]:
    """Minutes above a worker's limit of the week, with the breach it would be."""
    for code in reading.by_worker:
        limit = reading.workers[code].visiting_limit
        minutes = reading.load(code)
        if limit is not None and minutes > limit:
            values: Values = {"worker": code, "minutes": minutes, "limit": limit}
            yield minutes - limit, Breach(NAME, Sentence(MUCH, values), workers=(code,))


RULE = HardRule(
    NAME,
    N_("Visiting time per week"),
    breaches,
    asks=(
        "A worker's minutes of visits in the week, by the own seats, are at most `visiting_limit`."
    ),
    says=MUCH,
    softened_by=NAME,
)
