"""`reserve`: on a day with visits the team keeps so many minutes unplanned for what comes up."""

from collections.abc import Iterator

from scheduling.problem import busy_stops, lunch_due
from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values
from scheduling.rules.reading import Reading

NAME = "reserve"
LITTLE = N_("The team has %(minutes)s unplanned minutes left on %(day)s; %(needed)s are kept free.")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per day; none where a weight makes the rule soft."""
    if reading.problem.weights.reserve is None:
        for _, breach in excesses(reading):
            yield breach


def excesses(reading: Reading) -> Iterator[tuple[int, Breach]]:
    """Minutes that a day's reserve lacks, with the breach it would be."""
    if not reading.problem.reserve:
        return
    for day in reading.by_day:
        needed, left = reading.problem.reserve[day], unplanned(reading, day)
        if left < needed:
            values: Values = {"minutes": left, "day": day, "needed": needed}
            yield needed - left, Breach(NAME, Sentence(LITTLE, values), day=day)


def unplanned(reading: Reading, day: int) -> int:
    """Minutes of all lanes of the day less busy times, lunches due, visits and travel."""
    visits = sum(
        end - start
        for one in reading.by_day.get(day, ())
        for start, end in (one.when(worker) for worker in one.workers)
    )
    travel = sum(walk.travel for walk in reading.walks if walk.day == day)
    return _available(reading, day) - visits - travel


def _available(reading: Reading, day: int) -> int:
    lunch, total = reading.problem.lunch, 0
    for worker in reading.workers.values():
        for lane in reading.lanes(worker, day):
            busy = sum(end - start for start, end, _ in busy_stops(worker, day, lane))
            rest = lunch.minutes if lunch and lunch_due(lunch, lane) else 0
            total += lane.end - lane.start - busy - rest
    return total


RULE = HardRule(
    NAME,
    N_("Team's reserve"),
    breaches,
    asks=(
        "On each day with a visit: minutes of all lanes - busy times - lunches due - minutes of "
        "seats - travel >= `reserve` of the day."
    ),
    says=LITTLE,
    softened_by=NAME,
)
