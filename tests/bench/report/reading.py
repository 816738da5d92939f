"""Results by kind and by what was asked, for the sections and the bars."""

from collections.abc import Iterable
from typing import Any

from tests.bench.results import Result

Line = dict[str, Any]


class Measured:
    """Every result that stands."""

    def __init__(self, results: Iterable[Result]) -> None:
        """Keep them in their order."""
        self.results = list(results)

    def lines(self, kind: str, **asked: object) -> list[Line]:
        """Lines of a kind whose task asked for these values; what was asked is in each line too."""
        return [
            {**result.values, **result.line}
            for result in self.results
            if result.kind == kind
            and result.line is not None
            and all(result.values.get(key) == value for key, value in asked.items())
        ]

    def refusals(self, kind: str) -> list[tuple[str, str]]:
        """(task, complaint) of a kind's tasks that printed no line or failed."""
        return [(r.task, r.error) for r in self.results if r.kind == kind and r.error]

    def week(self, size: str, seed: int, limit: int) -> Line | None:
        """One synthetic week."""
        found = self.lines("week", size=size, seed=seed, limit=limit)
        return found[0] if found else None
