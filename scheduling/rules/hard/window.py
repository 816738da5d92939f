"""`window`: a visit lies inside the tenant's windows and its own, unless a person arranged it."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values, clock
from scheduling.rules.reading import Placed, Reading
from scheduling.windows import contains, union

NAME = "window"
TENANT = N_("Tenant %(tenant)s cannot have visit %(visit)s on %(day)s from %(time)s to %(until)s.")
VISIT = N_("Visit %(visit)s cannot be on %(day)s from %(time)s to %(until)s.")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per visit and set of windows; none for fixed visits or a pinned day and start."""
    for code, one in reading.placed.items():
        if one.visit.fixed is None and not reading.arranged(one.visit):
            for text in _outside(one):
                values: Values = {
                    "tenant": one.tenant.code,
                    "visit": code,
                    "day": one.day,
                    "time": clock(one.interval.start),
                    "until": clock(one.interval.end),
                }
                yield Breach(
                    NAME,
                    Sentence(text, values),
                    visits=(code,),
                    tenants=(one.tenant.code,),
                    day=one.day,
                )


def _outside(one: Placed) -> Iterator[str]:
    if not contains(union(one.tenant.windows[one.day]), one.interval):
        yield TENANT
    own = one.visit.windows
    if own is not None and not contains(union(own[one.day]), one.interval):
        yield VISIT


RULE = HardRule(NAME, N_("Tenant's and visit's hours"), breaches)
