"""Which one visit, taken out, would make room for one that is left out; and who just misses whom.

Only visits of equal or lower priority are asked to give way, and none that is pinned or has begun.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from scheduling.asking import Asker, Found
from scheduling.desk import Answer, Desk
from scheduling.engine import layout as at
from scheduling.engine.gaps import spans
from scheduling.problem import Placement
from scheduling.weeks import DAY_MINUTES

MOST_JUDGED = 4
"""Candidates, the cheapest first, that the judge is asked about."""


@dataclass(frozen=True, slots=True)
class GivesWay:
    """`visit` leaves its place, for `elsewhere` or (None) for the waiting list; then there is room.

    `answer`: what both together cost by rule, and which others slide.
    """

    visit: str
    elsewhere: Placement | None
    placement: Placement
    answer: Answer

    @property
    def cost(self) -> int:
        """Points more than the plan costs now."""
        return self.answer.cost


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Two workers who could both come on a day, but not at once: each one's possible starts.

    `minutes` apart.
    """

    day: int
    workers: tuple[str, str]
    starts: tuple[tuple[int, int], tuple[int, int]]
    minutes: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    cost: int
    visit: str
    place: Found
    elsewhere: Found | None


def gives_way(desk: Desk, code: str, asker: Asker | None = None) -> tuple[GivesWay, ...]:
    """The visits that could make room, each alone, cheapest first; at most a few."""
    asker = asker or Asker(desk.draft)
    candidates = sorted(_candidates(desk, asker, code), key=lambda c: (c.cost, c.visit))
    found = []
    for one in candidates[:MOST_JUDGED]:
        answer = _answer(desk, one)
        if answer.works:
            elsewhere = one.elsewhere.placement if one.elsewhere else None
            found.append(GivesWay(one.visit, elsewhere, one.place.placement, answer))
    return tuple(sorted(found, key=lambda one: (one.cost, one.visit)))


def _candidates(desk: Desk, asker: Asker, code: str) -> Iterator[_Candidate]:
    draft, v = desk.draft, asker.index[code]
    about = asker.about(code)
    rank = desk.c.visits[v].rank
    lanes = {n for day in range(desk.c.days) for n in asker.lanes_of(about, day)}
    workers = {desk.c.lanes[n].worker for n in lanes}
    for u, other in enumerate(desk.c.visits):
        if draft.is_out(u) or other.rank < rank or other.held or _begun(desk, other.code):
            continue
        theirs = {desk.c.lanes[draft.lane_of(call)].worker for call in draft.calls(u)}
        related = other.tenant == desk.c.visits[v].tenant or not set(other.shared).isdisjoint(
            desk.c.visits[v].shared
        )
        if not related and workers.isdisjoint(theirs) and not any(desk.week.reserve):
            continue
        one = draft.copy()
        if not one.remove(u):
            continue
        move = one.best_move(v)
        if move is None:
            continue
        place = asker.found(one, v, move)
        one.place(v, move)
        away = one.best_move(u)
        elsewhere = None
        if away is not None and away.cost < other.unplaced:
            elsewhere = asker.found(one, u, away)
            one.place(u, away)
        yield _Candidate(one.cost - draft.cost, other.code, place, elsewhere)


def _answer(desk: Desk, one: _Candidate) -> Answer:
    after = {c: p for c, p in desk.placements.items() if c != one.visit}
    moved, orders = {one.place.placement.visit}, {**one.place.orders}
    after[one.place.placement.visit] = one.place.placement
    settled = desk.slider.settled(after, frozenset(moved), orders)
    if one.elsewhere is not None:
        after = {**settled, one.visit: one.elsewhere.placement}
        moved.add(one.visit)
        settled = desk.slider.settled(after, frozenset({one.visit}), one.elsewhere.orders)
    return desk.answer(settled, moved=moved)


def _begun(desk: Desk, code: str) -> bool:
    now, place = desk.week.now, desk.placements.get(code)
    return now is not None and place is not None and place.day * DAY_MINUTES + place.start < now


def near_miss(desk: Desk, code: str, asker: Asker | None = None) -> NearMiss | None:
    """For a visit of several workers: the two who come nearest to meeting, if any two could come.

    None where some two could meet (then it is not their hours that keep the visit out).
    """
    asker = asker or Asker(desk.draft)
    about, v = asker.about(code), asker.index[code]
    if len(about.visit.seats) < 2:
        return None
    first, second = desk.draft.calls(v)[:2]
    after = about.visit.seats[1].after
    least, most = (after.least, after.most) if after else (0, 0)
    best: NearMiss | None = None
    for day in range(desk.c.days):
        lanes = asker.lanes_of(about, day)
        ones = [(n, span) for n in lanes for span in _spans(desk, first, n)]
        twos = [(n, span) for n in lanes for span in _spans(desk, second, n)]
        for one, (low, high) in ones:
            for two, (low2, high2) in twos:
                a, b = (desk.c.lanes[n].worker for n in (one, two))
                if a == b:
                    continue
                apart = max(0, low2 - (high + most), (low + least) - high2)
                if not apart:
                    return None
                if best is None or apart < best.minutes:
                    names = (desk.c.workers[a].code, desk.c.workers[b].code)
                    best = NearMiss(day, names, ((low, high), (low2, high2)), apart)
    return best


def _spans(desk: Desk, call: int, lane: int) -> list[tuple[int, int]]:
    """First and last starts of one seat in a lane of the plan as it stands."""
    draft, stop = desk.draft, desk.c.stops[call]
    worker = desk.c.lanes[lane].worker
    t, w = draft.t, draft.tools.w
    if not t[t[at.CALL_OK] + call * len(desk.c.workers) + worker] or not stop.ranges:
        return []
    n = spans(t, draft.s, w, call, lane, 0, 0)
    cells = range(t[at.W_SPANS], t[at.W_SPANS] + n * at.SPAN, at.SPAN)
    return [(int(w[cell + 3]), int(w[cell + 4])) for cell in cells]
