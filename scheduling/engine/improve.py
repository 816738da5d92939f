"""Ruin and recreate with simulated annealing: take a few visits out, put them back, keep or not.

The temperature follows the iteration count and acceptance is in integers, so that a run depends on
nothing but the problem, the seed and the number of iterations. A run goes in cycles that each begin
from the best plan so far.
"""

from collections.abc import Callable
from dataclasses import dataclass

from scheduling.engine import ruin
from scheduling.engine.construct import hardness, insert
from scheduling.engine.options import NO_JITTER
from scheduling.engine.rng import Rng
from scheduling.engine.state import OUT, State

Watch = Callable[[int, State], bool]
"""Told (iteration, best state) after every iteration; True asks to stop."""

HOT = 30
"""First temperature, in points of cost: what a detour or a missed wish costs."""

NOISE = (0, 7, 15, 31)
"""How far prices may be blurred in one recreation, in points (powers of two less one)."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """So many iterations from a temperature (in points) down to zero."""

    iterations: int
    hot: int = HOT


def improve(
    state: State,
    rng: Rng,
    *,
    cycles: tuple[Cycle, ...],
    watch: Watch,
    keep: Callable[[State], None],
) -> tuple[State, int, bool]:
    """(best state, iterations done, whether all were done). `keep` sees every accepted state."""
    best, done = state, 0
    held = [v for v, visit in enumerate(state.c.visits) if visit.held and state.day[v] != OUT]
    order_key = [hardness(state.c, v) for v in range(len(state.c.visits))]
    for cycle in cycles:
        current = best.copy()
        for i in range(cycle.iterations):
            trial = current.copy()
            if _ruin_and_recreate(trial, rng, order_key):
                left = cycle.iterations - i
                heat = cycle.hot * left * left * rng.exponential() // cycle.iterations**2
                if trial.cost * 1000 <= current.cost * 1000 + heat and keeps_pins(trial, held):
                    current = trial
                    keep(current)
                    if current.cost < best.cost:
                        best = current
            done += 1
            if watch(done, best):
                return best, done, False
    return best, done, True


def keeps_pins(state: State, held: list[int]) -> bool:
    """Whether visits that people pinned are still placed, whatever leaving them out would save."""
    return all(state.day[v] != OUT for v in held)


def _ruin_and_recreate(state: State, rng: Rng, order_key: list[tuple[int, ...]]) -> bool:
    """One step on the state in place; False if there was nothing to do."""
    most = 2 + rng.below(max(3, min(14, len(state.c.visits) // 4)))
    chosen = ruin.choose(rng)(state, rng, most)
    first = chosen[0] if chosen and state.day[chosen[0]] == OUT else None
    removed = [v for v in chosen if state.day[v] != OUT and state.remove(v)]
    waiting = ruin.unplaced(state)
    if len(waiting) > len(removed) + 8:
        rng.shuffle(waiting)
        kept = set(removed)
        waiting = [v for v in waiting if v in kept] + [v for v in waiting if v not in kept][:8]
        waiting.sort()
    if not waiting:
        return False
    _sort(state, rng, waiting, order_key)
    if first is not None and first in waiting:
        waiting.remove(first)
        waiting.insert(0, first)
    noise = NOISE[rng.below(len(NOISE))]
    for v in waiting:
        insert(state, v, (rng.below(1 << 31) * 2 + 1, noise) if noise else NO_JITTER)
    return True


def _sort(state: State, rng: Rng, visits: list[int], order_key: list[tuple[int, ...]]) -> None:
    """One of five orders: random, hardest, dearest if left out, longest, pairs then random."""
    rng.shuffle(visits)
    kind = rng.below(5)
    compiled = state.c.visits
    if kind == 1:
        visits.sort(key=lambda v: order_key[v])
    elif kind == 2:
        visits.sort(key=lambda v: -compiled[v].unplaced)
    elif kind == 3:
        visits.sort(key=lambda v: -compiled[v].minutes * len(compiled[v].seats))
    elif kind == 4:
        visits.sort(key=lambda v: -len(compiled[v].seats))
