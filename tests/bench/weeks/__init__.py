"""The outside judge's synthetic weeks: as problems, planned, judged from files, in one line."""

from tests.bench.outside import Bench, NotAtHand, Week, WeekPlan, find_bench
from tests.bench.weeks.adapter import plan_of, problem_of, week_plan_of

__all__ = [
    "Bench",
    "Week",
    "WeekPlan",
    "load_bench",
    "plan_of",
    "problem_of",
    "week_plan_of",
]


def load_bench() -> Bench:
    """The outside modules, for tests: skips the test, with a word, where they are not at hand."""
    import pytest  # only tests ask; the command line works without it

    try:
        return find_bench()
    except NotAtHand as missing:
        pytest.skip(str(missing))
