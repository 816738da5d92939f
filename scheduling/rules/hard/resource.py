"""`resource`: at any minute no more of a car, room or interpreter is in use than there are."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values, clock
from scheduling.rules.reading import Placed, Reading

NAME = "resource"
SHORT = N_(
    "Too many visits need %(resource)s on %(day)s at %(time)s (visits: %(count)s, there: "
    "%(available)s)."
)


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per resource and day, at the first minute of the highest need."""
    for resource in sorted(reading.problem.resources, key=lambda r: r.code):
        for day, ones in reading.by_day.items():
            users = [one for one in ones if resource.code in one.visit.resources]
            if not users:
                continue
            peak = _peak(users)
            if len(peak) > resource.count:
                values: Values = {
                    "count": len(peak),
                    "resource": resource.code,
                    "day": day,
                    "time": clock(max(one.start for one in peak)),
                    "available": resource.count,
                }
                codes = tuple(one.visit.code for one in peak)
                yield Breach(NAME, Sentence(SHORT, values), visits=codes, day=day)


def _peak(users: list[Placed]) -> list[Placed]:
    """Those who use it at the first minute of highest need, which is always somebody's start."""
    moments = [
        [one for one in users if one.interval.start <= other.start < one.interval.end]
        for other in users
    ]
    return max(moments, key=len)


RULE = HardRule(NAME, N_("Cars, rooms and interpreters"), breaches)
