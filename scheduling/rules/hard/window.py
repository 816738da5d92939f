"""`window`: a visit lies inside the tenant's windows and its own, unless a person arranged it."""

from collections.abc import Iterator

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values, clock
from scheduling.rules.reading import Placed, Reading
from scheduling.windows import Interval, contains, union

NAME = "window"
TENANT = N_("Tenant %(tenant)s cannot have visit %(visit)s on %(day)s from %(time)s to %(until)s.")
VISIT = N_("Visit %(visit)s cannot be on %(day)s from %(time)s to %(until)s.")


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per visit and set of windows, at the first seat that is outside.

    None for fixed visits and those with a pinned day and start.
    """
    for code, one in reading.placed.items():
        if one.visit.fixed is None and not reading.arranged(one.visit):
            for text, when in _outside(one):
                values: Values = {
                    "tenant": one.tenant.code,
                    "visit": code,
                    "day": one.day,
                    "time": clock(when.start),
                    "until": clock(when.end),
                }
                yield Breach(
                    NAME,
                    Sentence(text, values),
                    visits=(code,),
                    tenants=(one.tenant.code,),
                    day=one.day,
                )


def _outside(one: Placed) -> Iterator[tuple[str, Interval]]:
    own = one.visit.windows
    for text, windows in ((TENANT, one.tenant.windows), (VISIT, own)):
        if windows is not None:
            open_ = union(windows[one.day])
            outside = [when for when in one.intervals if not contains(open_, when)]
            yield from ((text, when) for when in outside[:1])


RULE = HardRule(
    NAME,
    N_("Tenant's and visit's hours"),
    breaches,
    asks=(
        "Each seat lies wholly inside a window of the tenant and, where the visit has "
        "`windows`, inside one of those. Not asked of a `fixed` visit, nor of one pinned with "
        "day and start."
    ),
    says=TENANT,
)
