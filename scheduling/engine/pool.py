"""Rounds worth remembering: those of plans near the best, the material of the master.

A table of sets of four entries, addressed by a hash of what an entry holds; in a full set the one
of the dearest plan makes way. An entry: hash, cost of the best plan it was part of, lane (or LANES
+ visit for a crew), length, then pairs: stop and how it is held for a round, lane and how for the
seats of a crew.
"""

from scheduling.engine import layout as at
from scheduling.engine.kernel import Array, array, compiled

SETS, WAYS = 2048, 4
MARGIN = 80
"""Points above the best plan within which a plan's rounds are kept."""
POOL_HEAD = 2
ENTRY = 4
HASH_MASK = (1 << 40) - 1


def new_pool(t: Array) -> Array:
    """An empty pool: its first cell is the cost of the best plan seen."""
    p = array(POOL_HEAD + SETS * WAYS * entry_cells_of(t))
    p[0] = at.NO
    return p


def entry_cells_of(t: Array) -> int:
    """Cells of one entry."""
    return int(ENTRY + 2 * max(t[at.CAP] + 1, t[at.MOST_SEATS]))


@compiled
def entry_cells(t: Array) -> int:
    """Cells of one entry."""
    return ENTRY + 2 * max(t[at.CAP] + 1, t[at.MOST_SEATS])


@compiled
def mix(h: int, x: int) -> int:
    """One more number in a hash of 40 bits."""
    return ((h ^ (x + 0x9E37)) * 0x5BD1E5 + (h >> 21)) & HASH_MASK


@compiled
def slot_for(p: Array, cells: int, key: int, cost: int) -> int:
    """Where an entry with this hash goes; -1 if it is there, cheaper or as cheap, or too dear."""
    base = POOL_HEAD + (key % SETS) * WAYS * cells
    worst, dearest = -1, cost
    for way in range(WAYS):
        entry = base + way * cells
        if p[entry] == key:
            p[entry + 1] = min(p[entry + 1], cost)
            return -1
        if p[entry] == 0:
            if dearest < at.NO:
                worst, dearest = entry, at.NO
        elif p[entry + 1] > dearest:
            worst, dearest = entry, p[entry + 1]
    return worst


@compiled
def remember(t: Array, s: Array, p: Array) -> None:
    """Keep a plan's rounds and crews if its cost is near the best seen."""
    cost = s[at.COST]
    if cost > p[0] + MARGIN:
        return
    p[0] = min(p[0], cost)
    cells = entry_cells(t)
    for lane in range(t[at.LANES]):
        if not s[t[at.S_VISITS] + lane]:
            continue
        row, n, key = lane * t[at.STRIDE], s[t[at.S_LEN] + lane], mix(1, lane)
        for i in range(n):
            key = mix(mix(key, s[t[at.S_SEQ] + row + i]), s[t[at.S_HOW] + row + i] + 2)
        entry = slot_for(p, cells, key + 1, cost)
        if entry < 0:
            continue
        p[entry], p[entry + 1], p[entry + 2], p[entry + 3] = key + 1, cost, lane, n
        for i in range(n):
            p[entry + ENTRY + 2 * i] = s[t[at.S_SEQ] + row + i]
            p[entry + ENTRY + 2 * i + 1] = s[t[at.S_HOW] + row + i]
    for visit in range(t[at.VISITS]):
        if t[t[at.VISIT_FROZEN] + visit] and s[t[at.S_DAY] + visit] != at.OUT:
            remember_crew(t, s, p, visit, cells)


@compiled
def remember_crew(t: Array, s: Array, p: Array, visit: int, cells: int) -> None:
    """Keep who takes which seat of a frozen visit from when."""
    first, cost = t[t[at.VISIT_CALL] + visit], s[at.COST]
    seats, key = t[t[at.VISIT_CALL] + visit + 1] - first, mix(2, visit)
    for i in range(seats):
        key = mix(mix(key, s[t[at.S_LANE] + first + i]), s[t[at.S_AT] + first + i])
    entry = slot_for(p, cells, key + 1, cost)
    if entry < 0:
        return
    p[entry], p[entry + 1], p[entry + 2], p[entry + 3] = key + 1, cost, t[at.LANES] + visit, seats
    for i in range(seats):
        p[entry + ENTRY + 2 * i] = s[t[at.S_LANE] + first + i]
        p[entry + ENTRY + 2 * i + 1] = s[t[at.S_AT] + first + i]


Round = tuple[int, tuple[tuple[int, int], ...]]
"""A lane, and its stops in order: (stop, how it is held)."""
Crew = tuple[int, tuple[tuple[int, int], ...]]
"""A frozen visit, and for each seat: (lane, start)."""


def read_pool(t: Array, p: Array) -> tuple[list[tuple[int, Round]], list[tuple[int, Crew]]]:
    """(rounds, crews), each with its cost, those of the best plans first; ties by content."""
    cells, lanes = entry_cells_of(t), int(t[at.LANES])
    rounds, crews = [], []
    for entry in range(POOL_HEAD, POOL_HEAD + SETS * WAYS * cells, cells):
        if not p[entry]:
            continue
        n, what = int(p[entry + 3]), int(p[entry + 2])
        body = [int(cell) for cell in p[entry + ENTRY : entry + ENTRY + 2 * n]]
        pairs = tuple(zip(body[::2], body[1::2], strict=True))
        if what < lanes:
            rounds.append((int(p[entry + 1]), (what, pairs)))
        else:
            crews.append((int(p[entry + 1]), (what - lanes, pairs)))
    return sorted(rounds), sorted(crews)
