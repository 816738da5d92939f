"""`resource`: at any minute no more of a car, room or interpreter is in use than there are."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values, clock
from scheduling.rules.reading import Placed, Reading

NAME = "resource"
SHORT = N_("%(count)s visits need %(resource)s on %(day)s at %(time)s; there: %(available)s.")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per resource and day, at the first minute of the highest need."""
    for resource in sorted(reading.problem.resources, key=lambda r: r.code):
        for day, ones in reading.by_day.items():
            users = [one for one in ones if resource.code in one.visit.resources]
            if not users:
                continue
            need, minute = _peak(users)
            if need > resource.count:
                values: Values = {
                    "count": need,
                    "resource": resource.code,
                    "day": day,
                    "time": clock(minute),
                    "available": resource.count,
                }
                yield Breach(NAME, Sentence(SHORT, values), day=day)


def _peak(users: list[Placed]) -> tuple[int, int]:
    """The highest number in use at once and the first minute of it, which is always some start."""
    needs = [
        (sum(o.interval.start <= one.start < o.interval.end for o in users), -one.start)
        for one in users
    ]
    need, minute = max(needs)
    return need, -minute


RULE = HardRule(NAME, N_("Cars, rooms and interpreters"), breaches)
