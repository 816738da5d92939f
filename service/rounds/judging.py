"""Judges a draft, made by whomever, by the planner's hard rules and by what has changed since."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from scheduling.check import Breach, check
from scheduling.on_duty import staffing
from scheduling.plan import Plan, Unplaced
from scheduling.problem import Problem
from scheduling.weeks import to_slot
from service.rounds.needs import Need
from service.rounds.problem import build_problem, has_begun, placement
from service.rounds.rows import DraftVisit
from service.rounds.types import DraftBreach
from service.rounds.week import WeekFacts

NOT_ASKED = "not_asked"
OTHER_PLACE = "other_place"


def draft_breaches(facts: WeekFacts) -> tuple[DraftBreach, ...]:
    """Every hard rule that the draft breaks from now on; what has begun is not judged any more.

    Beside the rules of `scheduling.check`: `not_asked`, a placed visit that nothing asks for any
    more (the agreement ended, the tenant left), and `other_place`, one where the tenant no
    longer stays. What another team has only drafted for a shared worker is no reason to refuse:
    whoever publishes later is judged by what is published.
    """
    found = _judged(facts)
    published = {
        code: tuple(time for time in times if time.published)
        for code, times in facts.elsewhere.items()
    }
    if found and published != facts.elsewhere:
        return _judged(replace(facts, elsewhere=published))
    return found


def _judged(facts: WeekFacts) -> tuple[DraftBreach, ...]:
    rows = {visit.need: visit for visit in facts.draft if visit.placed}
    ahead = {key for key, row in rows.items() if not has_begun(row, facts)}
    problem = _as_drafted(build_problem(facts), rows)
    known = {visit.code for visit in problem.visits}
    plan = Plan(
        problem="",
        placements=tuple(placement(rows[key], facts) for key in sorted(rows) if key in known),
        unplaced=tuple(Unplaced(visit=code, reasons=()) for code in sorted(known - set(rows))),
        duties=staffing(problem),
    )
    today = to_slot(facts.monday, facts.now)[0]
    judged = [
        _breach(breach, facts, rows)
        for breach in check(problem, plan)
        if (set(breach.visits) & ahead if breach.visits else (breach.day or 0) >= today)
    ]
    return (*judged, *_outdated(facts, rows, ahead))


def _as_drafted(problem: Problem, rows: dict[str, DraftVisit]) -> Problem:
    """The problem with placed visits as long as they were drafted, whatever the time is now."""
    visits = tuple(
        replace(visit, minutes=rows[visit.code].minutes) if visit.code in rows else visit
        for visit in problem.visits
    )
    return replace(problem, visits=visits, now=None)


def _outdated(
    facts: WeekFacts, rows: dict[str, DraftVisit], ahead: set[str]
) -> Iterator[DraftBreach]:
    needs: dict[str, Need] = {need.key: need for need in facts.needs}
    for key in sorted(ahead):
        row, need = rows[key], needs.get(key)
        if need is None:
            yield _own(NOT_ASKED, row, facts, "nothing asks for this visit any more")
        elif need.place != row.place:
            yield _own(OTHER_PLACE, row, facts, "the tenant is to be met at another place now")


def _own(rule: str, row: DraftVisit, facts: WeekFacts, detail: str) -> DraftBreach:
    day = placement(row, facts).day
    return DraftBreach(
        rule=rule,
        visits=(row.id,),
        tenants=(row.tenant_code,),
        workers=row.workers,
        day=facts.monday + timedelta(days=day),
        detail=detail,
    )


def _breach(breach: Breach, facts: WeekFacts, rows: dict[str, DraftVisit]) -> DraftBreach:
    concerned = [rows[code] for code in breach.visits if code in rows]
    return DraftBreach(
        rule=breach.rule,
        visits=tuple(row.id for row in concerned),
        tenants=breach.tenants or tuple(dict.fromkeys(row.tenant_code for row in concerned)),
        workers=breach.workers,
        day=None if breach.day is None else facts.monday + timedelta(days=breach.day),
        detail=str(breach.sentence),
    )
