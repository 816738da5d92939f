"""A problem cut into parts that share nobody and nothing: several teams in one file.

Whoever works for two teams, a car of both, or a reserve of all joins them: then they are one part,
and shared people are placed together with everybody else.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from scheduling.problem import Problem, Visit

SMALLEST = 40
"""Visits of a part at least: smaller ones stay together, for nothing is gained by cutting them."""

Member = tuple[str, str]
"""Somebody or something that visits have in common: its kind and its code."""


def components(problem: Problem, *, smallest: int = SMALLEST) -> tuple[Problem, ...]:
    """The parts in the order of their first visits; the problem itself where there is one.

    Costs of the parts add up to that of the whole, for every soft rule looks at one worker, one
    tenant or one visit; where a rule looks at everybody (a reserve, the largest lateness), there is
    one part. Duties must have been made busy times: parts have none.
    """
    tied = any(problem.reserve) or problem.weights.largest_lateness
    if tied or len(problem.visits) < 2 * smallest:
        return (problem,)
    joined = _joined(problem)
    roots = [joined.root(_tenant(visit)) for visit in problem.visits]
    numbers = _numbers(roots, smallest)
    if len(set(numbers.values())) == 1:
        return (problem,)
    parts = {visit.code: numbers[root] for visit, root in zip(problem.visits, roots, strict=True)}

    def part(kind: str, code: str) -> int:
        """Whoever no visit asks for, and what names no visit, is the first part's."""
        return numbers.get(joined.root((kind, code)), 0)

    return tuple(
        _reached(
            replace(
                problem,
                workers=tuple(w for w in problem.workers if part("worker", w.code) == number),
                tenants=tuple(t for t in problem.tenants if part("tenant", t.code) == number),
                visits=tuple(v for v in problem.visits if parts[v.code] == number),
                duties=(),
                pins=tuple(pin for pin in problem.pins if parts.get(pin.visit, 0) == number),
                published=None
                if problem.published is None
                else tuple(p for p in problem.published if parts.get(p.visit, 0) == number),
            )
        )
        for number in sorted(set(numbers.values()))
    )


def _reached(part: Problem) -> Problem:
    """A part with the places that somebody of it could be at."""
    used = {worker.base for worker in part.workers} | {one.place for one in part.tenants}
    used |= {busy.place for worker in part.workers for busy in worker.busy if busy.place}
    for visit in part.visits:
        used |= {code for code in (visit.place, visit.pick_up, visit.end_place) if code}
    return replace(part, places=tuple(one for one in part.places if one.code in used))


def _tenant(visit: Visit) -> Member:
    return ("tenant", visit.tenant)


def _joined(problem: Problem) -> "_Joined":
    """Tenants, workers and resources; those that a visit could need together are one set."""
    joined = _Joined()
    tenant_of = {visit.code: _tenant(visit) for visit in problem.visits}
    fitting: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Member]] = {}
    for visit in problem.visits:
        for seat in visit.seats:
            asked = seat.disciplines, seat.skills
            if asked not in fitting:
                fitting[asked] = [
                    ("worker", worker.code)
                    for worker in problem.workers
                    if (not seat.disciplines or worker.discipline in seat.disciplines)
                    and set(seat.skills) <= set(worker.skills)
                ]
            joined.join(_tenant(visit), fitting[asked])
        joined.join(_tenant(visit), (("resource", code) for code in visit.resources))
    named = [(pin.visit, pin.workers or ()) for pin in problem.pins]
    named += [(placement.visit, placement.workers) for placement in problem.published or ()]
    for code, workers in named:
        if code in tenant_of:
            joined.join(tenant_of[code], (("worker", worker) for worker in workers))
    return joined


def _numbers(roots: list[Member], smallest: int) -> dict[Member, int]:
    """Part of each set of visits, counted from 0; a small set goes with the next, or the last."""
    sizes, numbers = Counter(roots), dict[Member, int]()
    number = size = 0
    left = len(roots)
    for root in dict.fromkeys(roots):
        if size >= smallest and left >= smallest:
            number, size = number + 1, 0
        numbers[root] = number
        size += sizes[root]
        left -= sizes[root]
    return numbers


class _Joined:
    """Disjoint sets, each known by one of its members."""

    def __init__(self) -> None:
        self.above: dict[Member, Member] = {}

    def root(self, one: Member) -> Member:
        """The member that stands for its set."""
        above = self.above.setdefault(one, one)
        while above != self.above[above]:
            above = self.above[above]
        self.above[one] = above
        return above

    def join(self, one: Member, others: Iterable[Member]) -> None:
        """Make one set of all."""
        for other in others:
            self.above[self.root(other)] = self.root(one)
