"""`overlap`: a tenant has one visit at a time."""

from collections.abc import Iterator
from itertools import combinations

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values, clock
from scheduling.rules.reading import Reading
from scheduling.windows import overlaps

NAME = "overlap"
TWICE = N_(
    "Visits %(other_visit)s and %(visit)s of tenant %(tenant)s are at the same time, %(day)s at "
    "%(time)s."
)


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per pair of visits, from first start to last end."""
    for code, ones in reading.by_tenant.items():
        for earlier, later in combinations(ones, 2):
            if overlaps(earlier.hull, later.hull):
                values: Values = {
                    "other_visit": earlier.visit.code,
                    "visit": later.visit.code,
                    "tenant": code,
                    "day": later.day,
                    "time": clock(later.start),
                }
                yield Breach(
                    NAME,
                    Sentence(TWICE, values),
                    visits=(earlier.visit.code, later.visit.code),
                    tenants=(code,),
                    day=later.day,
                )


RULE = HardRule(
    NAME,
    N_("One visit at a time"),
    breaches,
    asks="No two visits of a tenant share a minute, each from its first start to its last end.",
    says=TWICE,
)
