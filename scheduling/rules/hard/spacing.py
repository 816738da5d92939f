"""`spacing`: visits of a tenant are so many days apart, the last one before the week too."""

from collections.abc import Iterator
from itertools import combinations

from scheduling.rules.base import N_, Breach, HardRule, Sentence, Values
from scheduling.rules.reading import Placed, Reading

NAME = "spacing"
CLOSE = N_(
    "Visits %(other_visit)s on %(other_day)s and %(visit)s on %(day)s are too close "
    "(days between: %(days)s, asked: %(needed)s)."
)
SOON = N_(
    "Visit %(visit)s on %(day)s is too soon after the last contact (days between: %(days)s, "
    "asked: "
    "%(needed)s)."
)


def breaches(reading: Reading) -> Iterator[Breach]:
    """One breach per pair of visits and one per visit too soon after the last contact.

    None where a weight makes the rule soft.
    """
    if reading.problem.weights.spacing is None:
        for _, breach in excesses(reading):
            yield breach


def excesses(reading: Reading) -> Iterator[tuple[int, Breach]]:
    """Days missing, with the breach it would be."""
    for ones in reading.by_tenant.values():
        spaced = [one for one in ones if not one.visit.exempt_from_spacing]
        for earlier, later in combinations(spaced, 2):
            days = later.day - earlier.day
            needed = max(earlier.visit.gap_days, later.visit.gap_days)
            if days < needed:
                values: Values = {
                    "other_visit": earlier.visit.code,
                    "other_day": earlier.day,
                    "visit": later.visit.code,
                    "day": later.day,
                    "days": days,
                    "needed": needed,
                }
                yield needed - days, _breach(Sentence(CLOSE, values), earlier, later)
        for one in spaced:
            yield from _too_soon(one)


def _too_soon(one: Placed) -> Iterator[tuple[int, Breach]]:
    last = one.tenant.last_contact
    if last is None or one.day - last >= one.visit.gap_days:
        return
    days, needed = one.day - last, one.visit.gap_days
    values: Values = {"visit": one.visit.code, "day": one.day, "days": days, "needed": needed}
    yield needed - days, _breach(Sentence(SOON, values), one)


def _breach(sentence: Sentence, *ones: Placed) -> Breach:
    codes, last = tuple(one.visit.code for one in ones), ones[-1]
    return Breach(NAME, sentence, visits=codes, tenants=(last.tenant.code,), day=last.day)


RULE = HardRule(
    NAME,
    N_("Days between visits"),
    breaches,
    asks=(
        "Any two visits of a tenant, neither `exempt_from_spacing`, are at least the larger of "
        "their `gap_days` apart; each is at least its `gap_days` after `last_contact`."
    ),
    says=CLOSE,
    softened_by=NAME,
)
