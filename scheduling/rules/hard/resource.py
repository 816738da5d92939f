"""`resource`: at any minute no more of a car, room or interpreter is in use than there are."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values, clock
from scheduling.rules.reading import Placed, Reading
from scheduling.weeks import DAY_MINUTES

NAME = "resource"
SHORT = N_(
    "Too many visits need %(resource)s on %(day)s at %(time)s (visits: %(count)s, there: "
    "%(available)s)."
)


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per resource and day, at the first minute of the highest need."""
    for resource in sorted(reading.problem.resources, key=lambda r: r.code):
        for day, ones in reading.by_day.items():
            near = (reading.by_day.get(d, ()) for d in (day - 1, day, day + 1))
            users = [one for some in near for one in some if resource.code in one.visit.resources]
            moment, peak = _peak(users, [one.hull.start for one in ones if one in users])
            if len(peak) > resource.count:
                values: Values = {
                    "count": len(peak),
                    "resource": resource.code,
                    "day": day,
                    "time": clock(moment - day * DAY_MINUTES),
                    "available": resource.count,
                }
                codes = tuple(one.visit.code for one in peak)
                yield Breach(NAME, Sentence(SHORT, values), visits=codes, day=day)


def _peak(users: list[Placed], starts: list[int]) -> tuple[int, list[Placed]]:
    """The first of these moments (since Monday 0:00) of highest need, and who uses it then.

    The need is always highest at somebody's start.
    """
    moments = [
        (start, [one for one in users if one.hull.start <= start < one.hull.end])
        for start in starts
    ]
    return max(moments, key=lambda moment: len(moment[1]), default=(0, []))


RULE = HardRule(
    NAME,
    N_("Cars, rooms and interpreters"),
    breaches,
    asks=(
        "At any minute at most `count` placed visits need the resource, each from its first "
        "start to its last end."
    ),
    says=SHORT,
)
