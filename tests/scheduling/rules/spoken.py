"""All that the judge says of the cases, as text: `python -m tests.scheduling.rules.spoken`.

Its golden copy is `tests/scheduling/golden/sentences.txt`: read a changed line before keeping it.
"""

import sys
from collections.abc import Iterator

from scheduling.check import check
from scheduling.rules import HARD, SOFT
from scheduling.rules.base import Breach, Charge
from scheduling.score import score
from tests.scheduling.rules.hard_cases import HARD_CASES
from tests.scheduling.rules.soft_cases import SOFT_CASES


def spoken() -> Iterator[str]:
    """A heading per rule and case, then a line per breach of `bad` or charge of this rule."""
    for hard in HARD:
        for case in HARD_CASES[hard.name]:
            yield f"hard {hard.name}: {case.name}"
            for breach in check(case.problem, case.bad):
                yield f"    {breach.sentence} [{_where(breach)}]"
    for soft in SOFT:
        for one in SOFT_CASES[soft.name]:
            yield f"soft {soft.name}: {one.name}"
            for charge in score(one.problem, one.bad).charges:
                if charge.rule == soft.name:
                    yield f"    {charge.amount}: {charge.sentence} [{_where(charge)}]"


def _where(found: Breach | Charge) -> str:
    parts = [*found.visits, *found.workers, *found.tenants]
    return " ".join(parts if found.day is None else [*parts, f"day {found.day}"])


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in spoken()))
