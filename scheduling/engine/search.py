"""The search as Python sees it: the first plan, and cycles of ruin and recreate in short pieces.

Another beginning than the first plan is a packed one: visits that only a few lanes can take are
searched on their own, the others are added afterwards. Who is seen by a part-time psychiatrist is a
packing that a search of the whole week settles early and seldom takes up again.
"""

from collections.abc import Callable

from scheduling.engine import layout as at
from scheduling.engine.construct import construct
from scheduling.engine.draft import Draft
from scheduling.engine.gauge import Gauge
from scheduling.engine.improve import Cycle, improve
from scheduling.engine.kernel import COMPILED, Array, copy_of
from scheduling.engine.pool import Crew, Round, new_pool, read_pool, remember
from scheduling.engine.ruin import SCARCE

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
        return self._completed(self.empty.copy())

    def packs(self) -> bool:
        """Whether a packed beginning is another than the first plan.

        Never where a plan is published: what people already have is the beginning.
        """
        few = [0 < visit.options <= SCARCE for visit in self.empty.c.visits]
        return any(few) and not all(few) and not self.empty.c.problem.published

    def packed(self, cycle: Cycle, watch: Watch) -> Draft:
        """A complete plan around the best packing of the visits with few choices."""
        draft, few = self.empty.copy(), self._few()
        tools = self.tools
        construct(few, draft.s, tools.w, tools.k, tools.r)
        return self._completed(self._cycle(_Cycle(self, draft, cycle.hot, few), cycle, watch))

    @staticmethod
    def _cycle(run: "_Cycle", cycle: Cycle, watch: Watch) -> Draft:
        for first in range(0, cycle.iterations, PIECE):
            if watch(run.best):
                break
            n = min(PIECE, cycle.iterations - first)
            run.piece(n, cycle.iterations - first, cycle.iterations, falls=True)
        return run.best.copy()

    def _few(self) -> Array:
        """The tables, in which visits with many choices have none."""
        few = copy_of(self.empty.t)
        options = few[at.VISIT_OPTIONS]
        for v, visit in enumerate(self.empty.c.visits):
            if visit.options > SCARCE:
                few[options + v] = 0
        return few

    def _completed(self, draft: Draft) -> Draft:
        tools = self.tools
        construct(draft.t, draft.s, tools.w, tools.k, tools.r)
        self.remember(draft)
        return draft

    def improve(self, draft: Draft, cycle: Cycle, watch: Watch) -> Draft:
        """The best plan of a cycle that begins from a draft."""
        return self._cycle(_Cycle(self, draft, cycle.hot, self.empty.t), cycle, watch)

    def improve_until(self, draft: Draft, hot: int, pace: Pace, watch: Watch) -> Draft:
        """The same for as long as `pace` says; how far it is sets the temperature."""
        run = _Cycle(self, draft, hot, self.empty.t)
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

    def __init__(self, search: Search, draft: Draft, hot: int, tables: Array) -> None:
        self.search, self.hot, self.tables = search, hot, tables
        self.s, self.x = copy_of(draft.s), copy_of(draft.s)
        self.best = draft.copy()

    def piece(self, n: int, left: int, total: int, *, falls: bool) -> None:
        """n iterations with `left` of `total` to go."""
        search, tools = self.search, self.search.tools
        improve(
            self.tables, self.s, self.x, self.best.s, tools.w, tools.k, tools.r, search.pool,
            n, left, total, self.hot, int(falls),
        )  # fmt: skip
        search.done += n
