"""The search as Python sees it: the first plan, and cycles of ruin and recreate in short pieces."""

from collections.abc import Callable

from scheduling.engine import layout as at
from scheduling.engine.construct import construct
from scheduling.engine.draft import Draft
from scheduling.engine.gauge import Gauge
from scheduling.engine.improve import Cycle, improve
from scheduling.engine.kernel import COMPILED, copy_of
from scheduling.engine.pool import Crew, Round, new_pool, read_pool, remember

PIECE = 200 if COMPILED else 4
"""Iterations between two looks at the clock; a run is the same however it is cut."""

Watch = Callable[[Draft], bool]
"""Shown the best plan so far; True asks to stop."""


class Search:
    """What a run searches with: paper, memory, dice, and the pool of rounds."""

    def __init__(self, empty: Draft) -> None:
        """For a draft with every visit left out."""
        self.empty, self.tools = empty, empty.tools
        self.pool = new_pool(empty.t)
        self.gauge = Gauge(empty.tools)
        self.done = 0

    def first(self) -> Draft:
        """The first complete plan."""
        tools, draft = self.tools, self.empty.copy()
        construct(draft.t, draft.s, tools.w, tools.k, tools.r)
        self.remember(draft)
        return draft

    def improve(self, draft: Draft, cycle: Cycle, watch: Watch) -> Draft:
        """The best plan of a cycle that begins from a draft."""
        tools, t = self.tools, self.empty.t
        s, x, b = copy_of(draft.s), copy_of(draft.s), copy_of(draft.s)
        best = Draft(tools, b)
        for first in range(0, cycle.iterations, PIECE):
            if watch(best):
                break
            last = min(cycle.iterations, first + PIECE)
            improve(
                t, s, x, b, tools.w, tools.k, tools.r, self.pool,
                first, last, cycle.iterations, cycle.hot,
            )  # fmt: skip
            self.done += last - first
        return best.copy()

    def remember(self, draft: Draft) -> None:
        """Keep a plan's rounds and crews."""
        remember(draft.t, draft.s, self.pool)

    def remembered(self) -> tuple[list[tuple[int, Round]], list[tuple[int, Crew]]]:
        """Rounds and crews with the cost of the best plan they were part of, cheapest first."""
        return read_pool(self.empty.t, self.pool)

    def left(self, draft: Draft) -> int:
        """How many visits a draft leaves out."""
        return sum(draft.s[draft.t[at.S_DAY] + v] == at.OUT for v in range(len(draft.c.visits)))
