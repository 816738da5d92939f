"""A worker's week as a choice of what fits: visits of so many lengths within the visiting hours.

Minutes alone would let a week be filled to the brim with shares of visits. So a week is a share of
patterns, each saying how many visits of each length fit together (Gilmore and Gomory 1961): no
more of a length are placed than the patterns chosen hold.
"""

from scheduling.engine.bound_rows import Rows

MOST_PATTERNS = 300
"""Patterns of one worker above which neighbouring lengths are taken for the shorter one."""
TRIES = 10_000
"""Ways to fill a week that are looked at before that is done."""

Place = tuple[int, int]


def pattern_rows(rows: Rows, visits: dict[int, dict[int, list[Place]]], limit: int) -> None:
    """Rows for one worker; `visits[v][minutes]`: where there may be a seat of that length."""
    lengths = sorted({minutes for lasting in visits.values() for minutes in lasting})
    most = [sum(minutes in lasting for lasting in visits.values()) for minutes in lengths]
    merged = _merged(lengths, most, limit)
    if merged is None:
        return
    groups, patterns = merged
    chosen = rows.row(None, 1)
    terms: list[list[tuple[int, int]]] = [[(chosen, 1)] for _ in patterns]
    for i, group in enumerate(groups):
        row = rows.row(None, 0)
        for lasting in visits.values():
            for minutes in group:
                rows.put(row, lasting.get(minutes, []), 1)
        for pattern, mine in zip(patterns, terms, strict=True):
            if pattern[i]:
                mine.append((row, -pattern[i]))
    for mine in terms:
        rows.helper(0, 1, mine)


def _merged(
    lengths: list[int], most: list[int], limit: int
) -> tuple[list[list[int]], list[tuple[int, ...]]] | None:
    """(lengths that count as the first of them, patterns of how many of each); None: too many."""
    groups, counts = [[length] for length in lengths], list(most)
    while groups:
        patterns = maximal([group[0] for group in groups], counts, limit)
        if patterns is not None:
            return groups, patterns
        if len(groups) == 1:
            return None
        i = min(range(len(groups) - 1), key=lambda k: groups[k + 1][0] - groups[k][0])
        groups[i : i + 2] = [groups[i] + groups[i + 1]]
        counts[i : i + 2] = [counts[i] + counts[i + 1]]
    return None


def maximal(lengths: list[int], most: list[int], limit: int) -> list[tuple[int, ...]] | None:
    """How many of each length fit together, one more of none; None if there are too many ways.

    `lengths` in ascending order; of each there are so many at `most`.
    """
    found: list[tuple[int, ...]] = []
    tried = 0

    def fill(i: int, left: int, taken: tuple[int, ...]) -> bool:
        """Decide how many of length i, the longest undecided one; False when there are too many."""
        nonlocal tried
        n = min(most[i], left // lengths[i])
        if i:
            return all(fill(i - 1, left - k * lengths[i], (k, *taken)) for k in range(n, -1, -1))
        pattern, spare = (n, *taken), left - n * lengths[0]
        if not any(
            k < top and length <= spare
            for k, top, length in zip(pattern, most, lengths, strict=True)
        ):
            found.append(pattern)
        tried += 1
        return len(found) <= MOST_PATTERNS and tried <= TRIES

    return found if limit < 0 or fill(len(lengths) - 1, limit, ()) else None
