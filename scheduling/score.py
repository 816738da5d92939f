"""What a plan costs: the sum of the soft rules' charges, in integers, with no solver."""

from collections.abc import Mapping
from dataclasses import dataclass

from scheduling.plan import Plan
from scheduling.problem import Problem
from scheduling.rules import SOFT
from scheduling.rules.base import Charge
from scheduling.rules.reading import Reading, read

__all__ = ["Charge", "Score", "score", "score_reading"]


@dataclass(frozen=True, slots=True)
class Score:
    """`total` is the sum of `costs`, one for each soft rule; `charges` say where they come from."""

    total: int
    costs: Mapping[str, int]
    charges: tuple[Charge, ...]


def score(problem: Problem, plan: Plan) -> Score:
    """Price any plan, also one that breaks hard rules.

    A placement that cannot be read (breach `unknown`) counts as left out; a visit outside its
    workers' lanes (breach `shift`) is not walked and costs no travel.
    """
    return score_reading(read(problem, plan))


def score_reading(reading: Reading) -> Score:
    """The same for a plan already read."""
    charges = tuple(charge for rule in SOFT for charge in rule.charges(reading) if charge.amount)
    costs = {rule.name: 0 for rule in SOFT}
    for charge in charges:
        costs[charge.rule] += charge.amount
    return Score(sum(costs.values()), costs, charges)
