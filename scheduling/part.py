"""The difference that a few changed visits make, from the judge's own rules, on their part of it.

A visit's change is felt by its workers, its tenant, the users of what it needs, and where a reserve
is kept by its days. The rules are asked about the visits of these alone, before and after; whatever
they say of others is said twice and falls out. `largest_lateness` alone looks at every visit.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from scheduling.check import Breach, breaches
from scheduling.plan import Plan, Unplaced
from scheduling.problem import Placement, Problem
from scheduling.rules.reading import read
from scheduling.score import score_reading

Placements = Mapping[str, Placement]
"""Placed visits by code; a visit that is not there is left out."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What changes: points by rule (those that differ), breaches that come and that go."""

    costs: Mapping[str, int]
    breaks: tuple[Breach, ...]
    mends: tuple[Breach, ...]

    @property
    def cost(self) -> int:
        """Points more, or fewer where negative."""
        return sum(self.costs.values())


class Parts:
    """Asks the judge about parts of one week."""

    def __init__(self, problem: Problem) -> None:
        """`problem` is valid; the workers of its duties are busy already (`busied`)."""
        self.problem = replace(problem, duties=())
        self.visits = {visit.code: visit for visit in problem.visits}

    def difference(
        self, before: Placements, after: Placements, *, relaxed: Problem | None = None
    ) -> Difference:
        """What `after` costs and breaks more than `before`, judged by `relaxed` if it is given.

        `relaxed`: the same week with fields changed of the visits that change, of their tenants or
        workers, of their days, or of what they need.
        """
        changed = [c for c in {*before, *after} if before.get(c) != after.get(c)]
        touched = self._touched(changed, before, after)
        was, were = self._judged(self.problem, before, touched)
        after_problem = replace(relaxed, duties=()) if relaxed is not None else self.problem
        now, are = self._judged(after_problem, after, touched)
        costs = {rule: cost - was[rule] for rule, cost in now.items() if cost != was[rule]}
        return Difference(costs, _less(are, were), _less(were, are))

    def _touched(
        self, changed: Iterable[str], before: Placements, after: Placements
    ) -> frozenset[str]:
        """Codes of all visits whose rules could say something else."""
        asked = [self.visits[code] for code in changed if code in self.visits]
        places = [side[v.code] for v in asked for side in (before, after) if v.code in side]
        if self.problem.weights.largest_lateness:
            return frozenset(self.visits)
        workers = {worker for place in places for worker in place.workers}
        days = {place.day for place in places} if self.problem.reserve else set()
        tenants = {visit.tenant for visit in asked}
        needed = {resource for visit in asked for resource in visit.resources}
        found = {visit.code for visit in asked}
        for side in (before, after):
            for code, place in side.items():
                if place.day in days or not workers.isdisjoint(place.workers):
                    found.add(code)
        for visit in self.problem.visits:
            if visit.tenant in tenants or not needed.isdisjoint(visit.resources):
                found.add(visit.code)
        return frozenset(found)

    def _judged(
        self, problem: Problem, placements: Placements, touched: frozenset[str]
    ) -> tuple[Mapping[str, int], tuple[Breach, ...]]:
        part = replace(
            problem,
            visits=tuple(v for v in problem.visits if v.code in touched),
            pins=tuple(pin for pin in problem.pins if pin.visit in touched),
            published=None
            if problem.published is None
            else tuple(p for p in problem.published if p.visit in touched),
        )
        reading = read(part, plan_of(placements, touched))
        return score_reading(reading).costs, breaches(reading)


def plan_of(placements: Placements, codes: Iterable[str]) -> Plan:
    """A bare plan of these visits: those with a placement stand there, the others are left out."""
    ordered = sorted(codes)
    return Plan(
        problem="",
        placements=tuple(placements[code] for code in ordered if code in placements),
        unplaced=tuple(Unplaced(visit=c, reasons=()) for c in ordered if c not in placements),
    )


def _less(these: Iterable[Breach], those: Iterable[Breach]) -> tuple[Breach, ...]:
    """Those of these breaches that are not said among those."""
    left = Counter((breach.rule, str(breach.sentence)) for breach in those)
    found = []
    for breach in these:
        key = breach.rule, str(breach.sentence)
        if left[key]:
            left[key] -= 1
        else:
            found.append(breach)
    return tuple(found)
