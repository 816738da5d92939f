"""What it would do to put one visit of a draft elsewhere: the best time of a day, breaches, cost.

Pure: a desk in, an answer out. A pin of the visit itself never speaks against moving it: whoever
moves it by hand lifts the pin and sets it anew.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import permutations

from scheduling.asking import Asked, Asker
from scheduling.check import Breach
from scheduling.desk import Answer, Desk, placement_at
from scheduling.levers import answer_of
from scheduling.part import plan_of
from scheduling.problem import Placement
from scheduling.rules import SOFT
from scheduling.rules.base import Sentence
from scheduling.rules.reading import read

MORNING, AFTERNOON = 9 * 60 + 30, 14 * 60
MOST_REASONS = 4
PAIR, MOST_OTHERS = 2, 3


@dataclass(frozen=True, slots=True)
class Reason:
    """A soft rule that costs more (or less) after the move: points, and its sentence if it has."""

    rule: str
    points: int
    sentence: Sentence | None


@dataclass(frozen=True, slots=True)
class MovePrice:
    """A move and what it would do; `here`: it is where the visit stands already."""

    placement: Placement
    answer: Answer
    reasons: tuple[Reason, ...]
    here: bool = False

    @property
    def breaks(self) -> tuple[Breach, ...]:
        """Hard rules that it breaks and that are not broken now."""
        return self.answer.breaks


class MoveDesk:
    """A desk for questions about one visit, which nothing holds where it is."""

    def __init__(self, desk: Desk, visit: str) -> None:
        """`desk` is of the draft; compiled again without the visit's own pin if it has one."""
        pins = desk.problem.pins
        if any(pin.visit == visit for pin in pins):
            loose = replace(desk.problem, pins=tuple(pin for pin in pins if pin.visit != visit))
            desk = Desk(loose, desk.plan, like=desk)
        self.desk, self.visit = desk, visit

    @cached_property
    def asker(self) -> Asker:
        """Made once: its tables have room for any list of lanes."""
        return Asker(self.desk.draft)

    def price(self, *, day: int, start: int | None, workers: tuple[str, ...]) -> MovePrice:
        """The price of standing on a day at a time, or at the best time of that day.

        `workers` in seat order; fewer than the visit needs are joined by whoever costs least.
        """
        if start is None:
            best = self._best(day, workers)
            if best is not None:
                return best
            starts: Iterable[int] = self._starts(day)
        else:
            starts = (start,)
        tried = [
            self._priced(placement_at(self.desk, self.visit, day=day, start=at, workers=crew))
            for at in starts
            for crew in self._crews(workers)
        ]
        return min(tried, key=lambda one: (len(one.breaks), one.answer.cost))

    def _best(self, day: int, workers: tuple[str, ...]) -> MovePrice | None:
        draft, v = self.desk.draft, self.asker.index.get(self.visit)
        if v is None:
            return None
        if not draft.is_out(v):
            draft = draft.copy()
            if not draft.remove(v):
                return None
        places = [
            place
            for asked in self._questions(day, workers)
            if (place := self.asker.best(asked, draft)) is not None
        ]
        if not places:
            return None
        place = min(places, key=lambda one: one.cost)
        return self.told(place.placement, answer_of(self.desk, place))

    def _questions(self, day: int, workers: tuple[str, ...]) -> Iterator[Asked]:
        c, about = self.desk.c, self.asker.about(self.visit)
        there = [lane for lane in c.lanes if lane.day == day]
        seats = c.visits[self.asker.index[self.visit]].seats
        mine = self.asker.mask(workers)
        if len(workers) >= len(seats):
            lanes = frozenset(lane.number for lane in there if mine >> lane.worker & 1)
            yield replace(about, lanes=lanes)
            return
        lanes = frozenset(lane.number for lane in there)
        for i, mask in enumerate(seats):
            if mask & mine:
                others = tuple(mask & mine if n == i else m & ~mine for n, m in enumerate(seats))
                yield replace(about, lanes=lanes, seats=others)

    def _starts(self, day: int) -> tuple[int, ...]:
        """Times to name the reason for where no time works: as now, and those people try first."""
        grid, now = self.desk.problem.grid, self.desk.placements.get(self.visit)
        asked = self.desk.visits.get(self.visit)
        tenant = next(
            (t for t in self.desk.problem.tenants if asked and t.code == asked.tenant), None
        )
        windows = (asked.windows or (tenant.windows if tenant else None)) if asked else None
        first = [one.start for one in windows[day]] if windows else []
        found = [*([now.start] if now else []), MORNING, AFTERNOON, *first]
        return tuple(dict.fromkeys(start // grid * grid for start in found))

    def _crews(self, workers: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """The same people in each order of the seats; one who is alone with some of the others."""
        asked = self.desk.visits.get(self.visit)
        if asked is not None and len(workers) < len(asked.seats) == PAIR:
            others = [w.code for w in self.desk.problem.workers if w.code not in workers]
            return tuple((*workers, other) for other in others[:MOST_OTHERS])
        return tuple(permutations(workers))

    def _priced(self, placement: Placement) -> MovePrice:
        return self.told(placement, self.desk.price(placement))

    def told(self, placement: Placement, answer: Answer) -> MovePrice:
        """The price of a move whose answer is known, with its reasons."""
        here = self.desk.placements.get(self.visit) == placement
        reasons = () if answer.breaks else tuple(self._reasons(answer))
        return MovePrice(placement, answer, reasons, here)

    def _reasons(self, answer: Answer) -> Iterator[Reason]:
        """What costs more, dearest first, each with a sentence that was not true before."""
        dearer = sorted(
            ((points, rule) for rule, points in answer.difference.costs.items() if points > 0),
            reverse=True,
        )[:MOST_REASONS]
        said = _sentences(self.desk, answer, {rule for _, rule in dearer})
        for points, rule in dearer:
            yield Reason(rule, points, said.get(rule))


def _sentences(desk: Desk, answer: Answer, rules: set[str]) -> dict[str, Sentence]:
    """The dearest new charge of each rule, in words."""
    if not rules:
        return {}
    wanted = [rule for rule in SOFT if rule.name in rules]
    codes = desk.visits.keys()
    before = read(desk.parts.problem, plan_of(desk.placements, codes))
    after = read(desk.parts.problem, plan_of({p.visit: p for p in answer.placements}, codes))
    found = {}
    for rule in wanted:
        old = {str(charge.sentence) for charge in rule.charges(before)}
        new = [one for one in rule.charges(after) if str(one.sentence) not in old and one.amount]
        if new:
            found[rule.name] = max(new, key=lambda one: one.amount).sentence
    return found


def replaced(workers: Sequence[str], *, gone: str | None, comes: str) -> tuple[str, ...]:
    """The crew with one person in another's seat; without a seat to take the crew is `comes`."""
    if gone is None or gone not in workers:
        return tuple(workers) if comes in workers else (comes,)
    return tuple(dict.fromkeys(comes if code == gone else code for code in workers))
