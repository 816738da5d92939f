"""`unplaced`: a visit left out costs by its priority and by the days it is overdue."""

from collections.abc import Iterator

from scheduling.problem import Priority, Visit
from scheduling.rules.base import N_, Charge, Sentence, SoftRule, Values
from scheduling.rules.reading import Reading
from scheduling.weights import Weights

NAME = "unplaced"
TEXTS = {
    Priority.MUST: N_("Visit %(visit)s, a must, is left out (days overdue: %(days)s)."),
    Priority.SHOULD: N_("Visit %(visit)s, a should, is left out (days overdue: %(days)s)."),
    Priority.WANT: N_("Visit %(visit)s, a want, is left out (days overdue: %(days)s)."),
}


def charges(reading: Reading) -> Iterator[Charge]:
    """One charge per visit without a readable placement."""
    for code, visit in reading.visits.items():
        if code not in reading.placed:
            amount = _price(visit.priority, reading.problem.weights) + _overdue(visit, reading)
            values: Values = {"visit": code, "days": visit.overdue_days}
            sentence = Sentence(TEXTS[visit.priority], values)
            yield Charge(NAME, amount, sentence, visits=(code,), tenants=(visit.tenant,))


def _price(priority: Priority, weights: Weights) -> int:
    return {
        Priority.MUST: weights.unplaced_must,
        Priority.SHOULD: weights.unplaced_should,
        Priority.WANT: weights.unplaced_want,
    }[priority]


def _overdue(visit: Visit, reading: Reading) -> int:
    return reading.problem.weights.overdue_day * visit.overdue_days


WEIGHTS = ("unplaced_must", "unplaced_should", "unplaced_want", "overdue_day")
RULE = SoftRule(
    NAME,
    N_("Visits left out"),
    WEIGHTS,
    charges,
    asks=(
        "For each visit left out: `unplaced_must`, `unplaced_should` or `unplaced_want` by its "
        "priority + `overdue_day` x `overdue_days`."
    ),
    says=TEXTS[Priority.SHOULD],
)
