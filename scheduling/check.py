"""The judge: every hard rule on any plan, with no solver; what it finds is the specification."""

from scheduling.plan import Plan
from scheduling.problem import Problem
from scheduling.rules import HARD
from scheduling.rules.base import Breach
from scheduling.rules.reading import Reading, read

__all__ = ["Breach", "breaches", "check"]


def check(problem: Problem, plan: Plan) -> tuple[Breach, ...]:
    """Everything the plan breaks, in the registry's order; empty for a plan that may be used.

    Judges hand-made and malformed plans too and raises for none; the problem must be valid. The
    order of the input does not matter.
    """
    return breaches(read(problem, plan))


def breaches(reading: Reading) -> tuple[Breach, ...]:
    """The same for a plan already read."""
    return tuple(breach for rule in HARD for breach in rule.breaches(reading))
