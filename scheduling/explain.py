"""Questions about one plan: why is a visit left out, and who could go?"""

from scheduling.engine.compile import compile_problem
from scheduling.engine.draft import Draft
from scheduling.engine.reasons import reasons_for
from scheduling.engine.solve import empty_draft
from scheduling.instances import canonical, validated
from scheduling.on_duty import busied
from scheduling.plan import Placement, Plan, Unplaced
from scheduling.problem import Problem

__all__ = ["draft_of", "explain", "who_could_go"]


def explain(problem: Problem, plan: Plan) -> tuple[Unplaced, ...]:
    """Reasons for each visit of the problem that the plan leaves out, by code.

    Works for hand-made plans too; placements that cannot be walked as they stand are not counted
    as taking up room. InvalidProblem if the problem contradicts itself.
    """
    draft = draft_of(busied(problem, plan.duties), plan.placements)
    visits = draft.c.visits
    placed = {placement.visit for placement in plan.placements}
    return tuple(
        Unplaced(visit=visits[v].code, reasons=reasons_for(draft, v))
        for v in sorted(range(len(visits)), key=lambda v: visits[v].code)
        if visits[v].code not in placed
    )


def who_could_go(problem: Problem) -> dict[str, tuple[tuple[str, int], ...]]:
    """By visit, the (worker, day) choices that pass the whole static chain, in code order."""
    c = compile_problem(canonical(validated(problem)))
    return {
        visit.code: tuple(
            sorted(
                {
                    (c.workers[c.lanes[n].worker].code, day)
                    for day, numbers in enumerate(visit.lanes)
                    for n in numbers
                }
            )
        )
        for visit in c.visits
    }


def draft_of(problem: Problem, placements: tuple[Placement, ...]) -> Draft:
    """A draft that holds these placements at their minutes, as far as they can be walked."""
    draft = empty_draft(canonical(validated(problem)))
    index = {visit.code: v for v, visit in enumerate(draft.c.visits)}
    for placement in sorted(placements, key=lambda p: (p.day, p.start, p.visit)):
        v = index.get(placement.visit)
        if v is not None and draft.is_out(v) and 0 <= placement.day < problem.days:
            draft.keep(v, placement)
    return draft
