"""What a plan run may change: the whole week, one day of it, or one worker's own visits.

Everything outside the scope is held where the draft has it, as if a person had pinned it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from scheduling.problem import Pin, Problem, Visit, Windows
from scheduling.weeks import to_slot
from service.rounds.problem import build_problem
from service.rounds.rows import DraftVisit
from service.rounds.week import WeekFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """At most one of `day` and `worker` (a code); neither: the whole week."""

    day: date | None = None
    worker: str | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is held but what people pinned."""
        return self.day is None and self.worker is None


def scoped_problem(facts: WeekFacts, scope: Scope) -> Problem:
    """The week's problem, with what is outside the scope held.

    Of a day: its visits stay on it or are left out; what waits may come onto it. Of a worker: their
    visits without a colleague stay theirs; what waits, and asks for one, may come to them. What
    waits and cannot come into the scope keeps waiting (`kept_waiting`).
    """
    if scope.whole:
        return build_problem(facts)
    held = tuple(_held(row, facts, scope) for row in facts.draft)
    problem = build_problem(replace(facts, draft=held))
    pinned = {pin.visit for pin in problem.pins}
    out = kept_waiting(facts, problem, scope)
    hours = {tenant.code: tenant.windows for tenant in problem.tenants}
    visits = tuple(
        visit if visit.code in pinned else _inside(visit, facts, scope, hours, out)
        for visit in problem.visits
    )
    theirs = [
        Pin(visit=visit.code, workers=(scope.worker,))
        for visit in problem.visits
        if scope.worker is not None and visit.code not in pinned and visit.code not in out
    ]
    return replace(problem, visits=visits, pins=(*problem.pins, *theirs))


def _inside(
    visit: Visit,
    facts: WeekFacts,
    scope: Scope,
    hours: Mapping[str, Windows],
    out: frozenset[str],
) -> Visit:
    """A visit that may stand in the scope alone, or nowhere: by its hours, which clash with none.

    An appointment keeps its time.
    """
    if visit.code in out:
        never: Windows = ((),) * len(hours[visit.tenant])
        return replace(visit, windows=never, fixed=None, fixed_day=None)
    if scope.day is None or visit.fixed is not None:
        return visit
    only = (scope.day - facts.monday).days
    mine = visit.windows or hours[visit.tenant]
    return replace(
        visit, windows=tuple(part if day == only else () for day, part in enumerate(mine))
    )


def kept_waiting(facts: WeekFacts, problem: Problem, scope: Scope) -> frozenset[str]:
    """Codes of visits that wait and cannot come into the scope."""
    if scope.whole:
        return frozenset()
    placed = {row.need for row in facts.draft if row.placed}
    return frozenset(
        visit.code
        for visit in problem.visits
        if visit.code not in placed and not _may_come(visit, facts, scope)
    )


def _may_come(visit: Visit, facts: WeekFacts, scope: Scope) -> bool:
    if scope.day is not None:
        day = (scope.day - facts.monday).days
        return visit.fixed is None or visit.fixed.day == day
    return len(visit.seats) == 1 and visit.fixed is None


def _held(row: DraftVisit, facts: WeekFacts, scope: Scope) -> DraftVisit:
    """The draft's row, pinned if it stands outside the scope."""
    if not row.placed or row.starts_at is None:
        return row
    day = to_slot(facts.monday, row.starts_at)[0]
    if scope.day is not None:
        inside = day == (scope.day - facts.monday).days
    else:
        inside = row.workers == (scope.worker,)
    return row if inside else replace(row, pinned=True)
