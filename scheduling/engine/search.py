"""The search as Python sees it: the first plan, and cycles of ruin and recreate in short pieces."""

from collections.abc import Callable

from scheduling.engine.construct import construct
from scheduling.engine.draft import Draft
from scheduling.engine.gauge import Gauge
from scheduling.engine.improve import Cycle, improve
from scheduling.engine.kernel import COMPILED, copy_of
from scheduling.engine.pool import Crew, Round, new_pool, read_pool, remember

PIECE = 200 if COMPILED else 4
"""Iterations between two looks at the clock; a run is the same however it is cut."""

WHOLE = 1_000_000
"""A pace of so much: the run is over."""
Watch = Callable[[Draft], bool]
"""Shown the best plan so far; True asks to stop."""
Pace = Callable[[], int]
"""How much of a run is over, 0 to WHOLE; never less than at the last call."""


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
        run = _Cycle(self, draft, cycle.hot)
        for first in range(0, cycle.iterations, PIECE):
            if watch(run.best):
                break
            n = min(PIECE, cycle.iterations - first)
            run.piece(n, cycle.iterations - first, cycle.iterations, falls=True)
        return run.best.copy()

    def improve_until(self, draft: Draft, hot: int, pace: Pace, watch: Watch) -> Draft:
        """The same for as long as `pace` says; how far it is sets the temperature."""
        run = _Cycle(self, draft, hot)
        over = pace()
        while over < WHOLE and not watch(run.best):
            run.piece(PIECE, WHOLE - over, WHOLE, falls=False)
            over = pace()
        return run.best.copy()

    def remember(self, draft: Draft) -> None:
        """Keep a plan's rounds and crews."""
        remember(draft.t, draft.s, self.pool)

    def remembered(self) -> tuple[list[tuple[int, Round]], list[tuple[int, Crew]]]:
        """Rounds and crews with the cost of the best plan they were part of, cheapest first."""
        return read_pool(self.empty.t, self.pool)


class _Cycle:
    """Three plans of a cycle: where it stands, one to try things on, the best."""

    def __init__(self, search: Search, draft: Draft, hot: int) -> None:
        self.search, self.hot = search, hot
        self.s, self.x = copy_of(draft.s), copy_of(draft.s)
        self.best = draft.copy()

    def piece(self, n: int, left: int, total: int, *, falls: bool) -> None:
        """n iterations with `left` of `total` to go."""
        search, tools = self.search, self.search.tools
        improve(
            search.empty.t, self.s, self.x, self.best.s, tools.w, tools.k, tools.r, search.pool,
            n, left, total, self.hot, int(falls),
        )  # fmt: skip
        search.done += n
